package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/client/catalog"
	"provkeys/tui/style"
)

// rows are the lines of the output of the last run.
func (f *fixture) rows() []string {
	return strings.Split(strings.TrimSuffix(f.out.String(), "\n"), "\n")
}

func TestColumnsAreWrittenInTheOrderGiven(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.set(okKey, "maxUsage", "60")
	for format, want := range map[string]string{
		"tsv":   "AP East 1\tap-east-1-asg\t60\n",
		"csv":   "\"group\",\"name\",\"max_uses\"\r\n\"AP East 1\",\"ap-east-1-asg\",\"60\"\r\n",
		"json":  "[\n  {\n    \"group\": \"AP East 1\",\n    \"name\": \"ap-east-1-asg\",\n    \"max_uses\": 60\n  }\n]\n",
		"yaml":  "- group: \"AP East 1\"\n  name: \"ap-east-1-asg\"\n  max_uses: 60\n",
		"table": "GROUP      NAME           MAX\nAP East 1  ap-east-1-asg   60\n",
	} {
		f.mustRun(exitDone, "list", "--filter", "name:"+okKey, "--columns", "group, NAME,max", "-o", format)
		if diff := cmp.Diff(want, f.out.String()); diff != "" {
			t.Errorf("%s differs (-want +got):\n%s", format, diff)
		}
	}
}

func TestNothingStandsBehindTheLastText(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustRun(exitDone, "list", "--filter", "name:"+okKey, "--columns", "name,expires,addresses", "-o", "table")
	if want := "NAME           EXPIRES  ADDRESSES\n" + okKey + "\n"; f.out.String() != want {
		t.Errorf("the table is %q, want %q", f.out.String(), want)
	}
}

func TestColumnsThatCannotBeWrittenAreRefusedBeforeAnythingIsAsked(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, tt := range []struct{ args, want string }{
		{"--columns|name,colour", `there is no column "colour"`},
		{"--columns|name,,group", `there is no column ""`},
		{"--columns|max,max_uses", "max_uses stands in --columns twice"},
		{"--columns| ", "--columns is empty"},
		{"--columns|name|-o|name", "-o name has no columns"},
		{"--limit|0", "--limit 0 leaves nothing"},
		{"--limit|-3", "--limit -3 leaves nothing"},
		{"--sort|enabled", `there is no column "enabled" to sort by`},
		{"--sort|key", `there is no column "key" to sort by`},
	} {
		f.mustRun(exitUsage, append([]string{"list"}, strings.Split(tt.args, "|")...)...)
		if got := f.err.String(); !strings.Contains(got, tt.want) || !strings.Contains(got, "hint: ") {
			t.Errorf("%s: %s", tt.args, got)
		}
	}
	f.mustRun(exitUsage, "list", "--columns", "colour")
	for _, name := range fieldNames() {
		if !strings.Contains(f.err.String(), name) {
			t.Errorf("the hint does not name %s: %s", name, f.err.String())
		}
	}
	if asked := len(f.mock.Requests()); asked > 0 {
		t.Errorf("%d requests were made", asked)
	}
}

func TestSortTakesFieldsThatMeanTheSame(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for field, word := range map[string]string{
		"max_uses": "max", "modified_by": "by", "allowed_addresses": "addresses", "certificate_valid_to": "certificate", "cert": "certificate",
	} {
		f.mustRun(exitDone, "list", "--sort", word, "-o", "name")
		want := f.out.String()
		f.mustRun(exitDone, "list", "--sort", field, "-o", "name")
		if f.out.String() != want {
			t.Errorf("--sort %s is not --sort %s", field, word)
		}
	}
}

func TestLimitIsOfTheSortedRows(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustRun(exitDone, "list", "--sort", "left", "-o", "name")
	all := f.rows()

	f.mustRun(exitDone, "list", "--sort", "left", "-o", "name", "--limit", "3")
	if diff := cmp.Diff(all[:3], f.rows()); diff != "" || f.err.Len() > 0 {
		t.Errorf("the first three differ (-want +got):\n%s%s", diff, f.err.String())
	}
	f.mustRun(exitDone, "list", "--sort", "left", "-o", "name", "--limit", "999")
	if diff := cmp.Diff(all, f.rows()); diff != "" {
		t.Errorf("a limit that nothing reaches cuts:\n%s", diff)
	}
	f.terminals[stdout], f.cells = true, 80
	f.mustRun(exitDone, "list", "--limit", "3")
	if want := fmt.Sprintf("3 of %d shown", len(all)); !strings.Contains(f.err.String(), want) {
		t.Errorf("stderr is %q, want %q", f.err.String(), want)
	}
}

func TestReverseTurnsTheOrderRound(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	writeViews(t, f.home, "views:\n  turned: {filter: 'name:ap-east-1', sort: left, reverse: true}\n")
	least, most := "app-connector/"+usedUpKey, "app-connector/"+okKey
	for args, want := range map[string][]string{
		"--filter|name:ap-east-1|--sort|left":           {least, most},
		"--filter|name:ap-east-1|--sort|left|--reverse": {most, least},
		"--view|turned":                 {most, least},
		"--view|turned|--reverse=false": {least, most},
		"--view|turned|--sort|left":     {least, most},
	} {
		f.mustRun(exitDone, append([]string{"list", "-o", "name"}, strings.Split(args, "|")...)...)
		if diff := cmp.Diff(want, f.rows()); diff != "" {
			t.Errorf("%s differs (-want +got):\n%s", args, diff)
		}
	}
}

func TestViewBringsItsColumnsToPeopleAlone(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	writeViews(t, f.home, "views:\n  short: {filter: 'name:ap-east-1', columns: [max, name=8, certificate]}\n")
	f.set(okKey, "maxUsage", "60")

	f.mustRun(exitDone, "list", "--view", "short")
	if got := strings.Split(f.rows()[0], "\t"); len(got) != 3 || got[0] != "60" || got[1] != okKey || !strings.HasSuffix(got[2], "d") {
		t.Errorf("TSV has %q", got)
	}
	f.mustRun(exitDone, "list", "--view", "short", "-o", "table")
	if got := f.rows(); !strings.HasPrefix(got[0], "MAX  NAME       ") || !strings.HasPrefix(got[1], " 60  ap-east…  ") {
		t.Errorf("the table is %q", got)
	}
	f.mustRun(exitDone, "list", "--view", "short", "-o", "csv")
	if rows, err := csv.NewReader(strings.NewReader(f.out.String())).ReadAll(); err != nil || !slices.Equal(rows[0], fieldNames()) {
		t.Errorf("CSV has %q, %v", rows[0], err)
	}
	f.mustRun(exitDone, "list", "--view", "short", "--columns", "name")
	if got := f.rows()[0]; got != okKey {
		t.Errorf("--columns over the view gives %q", got)
	}
}

// Whoever adds a column to the console adds it here.
func TestEveryColumnOfTheConsoleIsInTheSheet(t *testing.T) {
	t.Parallel()
	for _, c := range catalog.AllColumns() {
		if got := choiceOf(catalog.Layout{{Column: c}}).columns; len(got) != 1 {
			t.Errorf("%s is %v", c, got)
		}
		if sorted, err := catalog.ParseSort(keySheet().sortWord(c.String())); c.Sortable() && (err != nil || sorted != c) {
			t.Errorf("--sort %s sorts by %s: %v", c, sorted, err)
		}
	}
	for _, name := range fieldNames() {
		if got, _ := keySheet().find(name); got.name != name {
			t.Errorf("%s is taken for %s", name, got.name)
		}
	}
}

func TestNothingToListIsSaidToPeopleAlone(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		format, out, err string
	}{
		{"table", "", "provkeys: no service edge key fits nothing-like-it\n"},
		{"tsv", "", "provkeys: no service edge key fits nothing-like-it\n"},
		{"json", "[]\n", ""},
		{"yaml", "[]\n", ""},
	} {
		f := newFixture(t)
		args := []string{"list", "--filter", "nothing-like-it", "--kind", "service-edge", "-o", tt.format}
		f.mustRun(exitDone, args...)
		if f.out.String() != tt.out || f.err.Len() > 0 {
			t.Errorf("%s in a pipe: %q, %q", tt.format, f.out.String(), f.err.String())
		}
		f.terminals[stdout], f.cells = true, 80
		f.mustRun(exitDone, args...)
		if f.out.String() != tt.out || f.err.String() != tt.err {
			t.Errorf("%s on a terminal: %q, %q", tt.format, f.out.String(), f.err.String())
		}
	}
}

func TestTextsThatAreNotWrittenAreNotJournalled(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustRun(exitDone, "list", "--with-secrets", "--filter", "name:"+okKey, "--columns", "name,state")
	f.mustRun(exitDone, "get", okKey, "--with-secrets", "-o", "name")
	if deeds := f.journalled(); len(deeds) > 0 {
		t.Errorf("the journal says %+v", deeds)
	}
	f.mustRun(exitDone, "list", "--with-secrets", "--filter", "name:"+okKey, "--columns", "name,key")
	if deeds := f.journalled(); len(deeds) != 1 || f.out.String() != okKey+"\t"+f.text(okKey)+"\n" {
		t.Errorf("the journal says %+v", deeds)
	}
}

func TestChosenColumnsWithoutRoomAreSaid(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.terminals[stdout], f.cells = true, 40
	f.mustRun(exitDone, "list", "--filter", "name:"+okKey, "--columns", "name,created,modified,left")
	if got := f.err.String(); !strings.Contains(got, "no room for CREATED, MODIFIED") || !strings.Contains(f.out.String(), "LEFT") {
		t.Errorf("stderr is %q under\n%s", got, f.out.String())
	}
	f.mustRun(exitDone, "list", "--filter", "name:"+okKey)
	if f.err.Len() > 0 {
		t.Errorf("of the usual columns stderr says %q", f.err.String())
	}
}

func TestAnyColumnsFitEveryTerminal(t *testing.T) {
	t.Parallel()
	keys := hostileKeys()
	all := keySheet().columns
	for from := range all {
		cols := append(slices.Clone(all[from:]), all[:from]...)
		cols[0].width = 30
		for width := 1; width <= 300; width += 7 {
			text, _ := table(cols, keys, view{now: noon}, tableLook{width: width})
			for line := range strings.SplitSeq(text, "\n") {
				if style.Width(line) > width {
					t.Fatalf("%q is wider than %d", line, width)
				}
			}
			if head, _, _ := strings.Cut(text, "\n"); head == "" {
				t.Fatalf("nothing shows at %d", width)
			}
		}
	}
}

func TestReadmeNamesTheFields(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for of, fields := range map[string][]string{
		"`list`, `get`": keySheet().fields(),
		"`groups`":      groupSheet().fields(),
		"`connectors`":  connectorSheet().fields(),
		"`certs`":       certificateSheet().fields(),
	} {
		row := "| " + of + " | `" + strings.Join(fields, "`, `") + "` |\n"
		if !strings.Contains(string(page), row) {
			t.Errorf("README.md has not the row\n%s", row)
		}
	}
}

// A thousand rows cost a thousand times one, whatever the format.
func BenchmarkList(b *testing.B) {
	keys := make([]client.Key, 10000)
	for i := range keys {
		keys[i] = sampleKey()
		keys[i].Name = fmt.Sprint("eu-west-1-asg-", i)
	}
	for _, f := range formats() {
		b.Run(string(f), func(b *testing.B) {
			b.ReportAllocs()
			a := &app{out: io.Discard, isTerminal: func(stream) bool { return false }}
			a.global.output = f
			for b.Loop() {
				if err := writeRows(a, keySheet(), keys, view{now: noon}, choice{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
