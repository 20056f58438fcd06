package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
)

// sheet writes a file of keys.
func (f *fixture) sheet(name string, lines ...string) string {
	f.t.Helper()
	path := filepath.Join(f.home, name)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		f.t.Fatal(err)
	}
	return path
}

const sheetHead = "name,kind,group,max_uses"

// fifty are the lines of a file of that many keys.
func fifty() []string {
	lines := []string{sheetHead}
	for i := range 50 {
		lines = append(lines, fmt.Sprintf("many-%02d,app-connector,Tokyo,10", i))
	}
	return lines
}

// named counts the keys of the tenant whose names begin so.
func (f *fixture) named(prefix string) int {
	n := 0
	for _, name := range f.mock.KeyNames() {
		if strings.HasPrefix(name, prefix) {
			n++
		}
	}
	return n
}

func TestAFileCutOffInTheMiddleIsFinishedWithoutOneKeyTwice(t *testing.T) {
	t.Parallel()
	// The backend dies before the 21st key is made, or after it and before that is
	// known.
	for _, made := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			f := newFixture(t)
			path := f.sheet("keys.csv", fifty()...)
			posts, dead := 0, false
			next := f.mock.Transport()
			f.transport = roundTripper(func(r *http.Request) (*http.Response, error) {
				if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/provisioningKey") {
					posts++
				}
				if posts == 21 && !dead {
					dead = true
					if made {
						if resp, err := next.RoundTrip(r); err == nil {
							_ = resp.Body.Close()
						}
					}
				}
				if dead {
					return nil, errors.New("connection reset by peer")
				}
				return next.RoundTrip(r)
			})

			f.mustRun(exitUnavailable, "create", "--from", path, "--yes", "-o", "json")
			count := map[string]int{}
			for _, result := range outcomes(decode[[]outcomeLine](t, f.out.Bytes())) {
				count[result]++
			}
			if count["done"] != 20 || count["failed"] != 1 || count["not reached"] != 29 || !strings.Contains(f.err.String(), "run it again") {
				t.Errorf("results are %v, stderr %s", count, f.err.String())
			}

			dead, posts = false, 1000
			f.mustRun(exitDone, "create", "--from", path, "--yes")
			if n := f.named("many-"); n != 50 {
				t.Errorf("the tenant has %d of 50 keys", n)
			}
			want := map[bool]string{false: "30 of 50 keys were created, 20 there already", true: "29 of 50 keys were created, 21 there already"}[made]
			if !strings.Contains(f.err.String(), want) {
				t.Errorf("stderr is %q, want %q", f.err.String(), want)
			}
			f.mustRun(exitDone, "create", "--from", path) // nothing is left to ask about
			if n := f.named("many-"); n != 50 {
				t.Errorf("the tenant has %d of 50 keys", n)
			}
		})
	}
}

func TestAFaultyFileSendsNothing(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, c := range []struct {
		says  string
		lines []string
	}{
		{`line 1: there is no column "grp"`, []string{"name,kind,grp,max_uses", "a,app-connector,Tokyo,1"}},
		{"line 3: there are more or fewer cells", []string{sheetHead, "a,app-connector,Tokyo,1", "b"}},
		{"the file has no keys", []string{sheetHead}},
		{`line 3: "a" stands in line 2 already`, []string{sheetHead, "a,app-connector,Tokyo,1", "a,app-connector,London,1"}},
		{"line 2: kind is missing; line 2: max_uses is missing", []string{sheetHead, "a,,Tokyo,"}},
		{`line 2: there is no kind "edge"`, []string{sheetHead, "a,edge,Tokyo,1"}},
		{`line 3: "ten" is no number of uses`, []string{sheetHead, "a,app-connector,Tokyo,1", "b,app-connector,Tokyo,ten"}},
		{"line 2: name cannot hold '|'", []string{sheetHead, "a|b,app-connector,Tokyo,1"}},
		{`line 2: hidden is true or false, not "perhaps"`, []string{sheetHead + ",hidden", "a,app-connector,Tokyo,1,perhaps"}},
		{"line 2: expiry is in the past", []string{sheetHead + ",expires", "a,app-connector,Tokyo,1,2001-01-01"}},
		{"line 2: allowed addresses cannot hold", []string{sheetHead + ",allowed_addresses", "a,app-connector,Tokyo,1,here"}},
		{`line 2: there is no app connector group "Nowhere"; line 3: the certificate "Root" cannot sign`, []string{sheetHead + ",certificate", "a,app-connector,Nowhere,1,", "b,app-connector,Tokyo,1,Root"}},
		{`is there already, with group AP East 1, not Tokyo`, []string{sheetHead, "fine,app-connector,Tokyo,1", okKey + ",app-connector,Tokyo,25"}},
		{`is there already, with max uses 25, not 24`, []string{sheetHead, okKey + ",app-connector,AP East 1,24"}},
		{`is there already, with signing certificate Connector, not 7012`, []string{sheetHead + ",certificate", okKey + ",app-connector,AP East 1,25,7012"}},
		{`line 2: "a" is to be hidden`, []string{sheetHead + ",hidden", "a,app-connector,Tokyo,1,true"}},
	} {
		f.mustRun(exitUsage, "create", "--from", f.sheet("keys.csv", c.lines...), "--yes")
		if !strings.Contains(f.err.String(), c.says) {
			t.Errorf("stderr is %q, want %q", f.err.String(), c.says)
		}
	}
	f.mustRun(exitUsage, "create", "--from", f.sheet("keys.csv", sheetHead, "a,app-connector,Tokyo,1"), "--yes", "--with-secrets")
	f.mustRun(exitRefused, "create", "--from", f.sheet("keys.csv", sheetHead, "a,app-connector,Tokyo,1"))
	if f.writes() != nil {
		t.Errorf("writes were sent: %v", f.writes())
	}
}

func TestAYAMLFileFromStandardInputHasEveryField(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.in = "- name: full\n  kind: app-connector\n  group: Tokyo\n  certificate: 7012\n  max_uses: 3\n  hidden: true\n  disabled: true\n" +
		"  expires: 2099-01-31T12:00:00Z\n  allowed_addresses: [192.0.2.0/24, 198.51.100.7]\n"

	f.mustRun(exitDone, "create", "--from", "-", "--format", "yaml", "--yes", "--with-secrets", "-o", "yaml")

	for field, want := range map[string]any{
		"maxUsage": "3", "enrollmentCertId": "7012", "enabled": false, "exportable": false, "expirationInEpochSec": "4073544000",
	} {
		if got := f.field("full", field); got != want {
			t.Errorf("the tenant holds %s = %v, want %v", field, got, want)
		}
	}
	if got := fmt.Sprint(f.field("full", "ipAcl")); got != "[192.0.2.0/24 198.51.100.7]" {
		t.Errorf("the tenant holds the addresses %s", got)
	}
	if !strings.Contains(f.out.String(), `key: "`+f.text("full")+`"`) {
		t.Errorf("stdout lacks the text: %s", f.out.String())
	}
}

// sink takes what is written until it is full.
type sink struct {
	bytes.Buffer
	room int
}

func (s *sink) Write(b []byte) (int, error) {
	if s.Len()+len(b) > s.room {
		return 0, errors.New("no space left on device")
	}
	return s.Buffer.Write(b)
}

func TestEachTextIsWrittenBeforeTheNextKeyIsMade(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"json", "yaml", "csv"} {
		f := newFixture(t)
		path := f.sheet("keys.csv", sheetHead+",hidden", "a-1,app-connector,Tokyo,1,true", "a-2,app-connector,Tokyo,1,true", "a-3,app-connector,Tokyo,1,true")
		f.intercept(func(r *http.Request) *http.Response {
			if r.Method == http.MethodPost && f.exists("a-1") && !strings.Contains(f.out.String(), f.text("a-1")) {
				t.Errorf("%s: the next key is made while the text of the first is in memory alone", format)
			}
			return nil
		})
		f.mustRun(exitDone, "create", "--from", path, "--yes", "--with-secrets", "-o", format)
		for _, name := range []string{"a-1", "a-2", "a-3"} {
			if !strings.Contains(f.out.String(), f.text(name)) {
				t.Errorf("%s lacks the text of %s", format, name)
			}
		}
	}
}

func TestAnOutputThatIsFullEndsTheCreating(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	path := f.sheet("keys.csv", sheetHead+",hidden", "a-1,app-connector,Tokyo,1,true", "a-2,app-connector,Tokyo,1,true", "a-3,app-connector,Tokyo,1,true")
	f.stdout = &sink{room: 800}

	f.mustRun(exitError, "create", "--from", path, "--yes", "--with-secrets", "-o", "yaml")

	if !f.exists("a-2") || f.exists("a-3") || !strings.Contains(f.err.String(), `"a-2" was created, and its text is lost for good`) {
		t.Errorf("stderr is %q", f.err.String())
	}
}

func TestARefusedRowLeavesTheOthersAndAnInterruptStopsBetweenTwo(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	ctx, interrupt := context.WithCancel(t.Context())
	f.ctx = ctx
	path := f.sheet("keys.csv", sheetHead, "a-1,app-connector,Tokyo,1", "a-2,app-connector,Tokyo,1", "a-3,app-connector,Tokyo,1", "a-4,app-connector,Tokyo,1")
	posts := 0
	f.intercept(func(r *http.Request) *http.Response {
		if r.Method != http.MethodPost || !strings.HasSuffix(r.URL.Path, "/provisioningKey") {
			return nil
		}
		posts++
		switch posts {
		case 2:
			return response(http.StatusBadRequest, `{"id":"invalid.resource.argument","reason":"not this \u001b[2Jone","params":["name"]}`)
		case 3:
			interrupt()
		}
		return nil
	})

	f.mustRun(exitInterrupted, "create", "--from", path, "--yes")

	want := []string{"a-1: created (", "a-2: failed: the API answered 400", "a-3: created (", "a-4: not reached"}
	lines := strings.Split(strings.TrimSpace(f.out.String()), "\n")
	for i, line := range lines {
		if len(lines) != len(want) || !strings.HasPrefix(line, want[i]) {
			t.Fatalf("stdout is %s", f.out.String())
		}
	}
	if strings.Contains(f.out.String()+f.err.String(), "\x1b") || f.exists("a-4") || !f.exists("a-3") {
		t.Errorf("stdout is %q, stderr %q", f.out.String(), f.err.String())
	}
}

func TestAPersonIsAskedAboutAFile(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	path := f.sheet("keys.csv", sheetHead, "a-1,app-connector,Tokyo,1", okKey+",app-connector,AP East 1,25")
	f.attended("n")
	f.mustRun(exitRefused, "create", "--from", path)
	f.attended("y")
	f.mustRun(exitDone, "create", "--from", path)

	if want := "1 key to be created (1 there already):\n  a-1  app-connector      Tokyo, max uses 1\nCreate 1 key? [y/N] "; f.tty.String() != want {
		t.Errorf("the terminal shows %q, want %q", f.tty.String(), want)
	}
	if !f.exists("a-1") || len(f.writes()) != 1 {
		t.Errorf("writes are %v", f.writes())
	}
}

func TestAHostileGroupActsOnNoTerminal(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	group, _ := f.field("R&amp;D &lt;lab&gt;", "zcomponentId").(string)
	path := f.sheet("keys.csv", sheetHead, "a-1,app-connector,"+group+",1")
	f.attended("y")
	var said strings.Builder
	for _, args := range [][]string{
		{"create", "--from", path, "--dry-run"}, {"create", "--from", path}, {"create", "--from", path, "-o", "csv"},
		{"create", "a-2", "--like", "a-1"}, {"create", "a-3", "--like", "a-1", "--dry-run"}, {"create", "a-4", "--like", okKey, "--group", "x"},
		{"edit", "a-1", "--disable", "--dry-run"}, {"delete", "a-1", "--yes"},
	} {
		f.run(args...)
		said.WriteString(f.out.String() + f.err.String())
	}
	said.WriteString(f.tty.String())
	if shown := said.String(); strings.ContainsAny(shown, "\x1b\u009b\u202e") || !strings.Contains(shown, `Lab & Test \x1b[7m`) {
		t.Errorf("a name acts, or the test is blind: %q", shown)
	}
}
