package headroom

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
)

func TestTextOfAPlugIn(t *testing.T) {
	t.Parallel()
	totals := func(ok, warning, critical int, uses, most, left, least int64) string {
		return fmt.Sprintf(" | 'keys'=%d;;;0 'ok'=%d;;;0 'warning'=%d;;;0 'critical'=%d;;;0 'uses'=%d;;;0;%d 'max'=%d;;;0 'left'=%d;;;0 'least left'=%d;;;0",
			ok+warning+critical, ok, warning, critical, uses, most, most, left, least)
	}
	near, gone, fine := key("near", 8, 10), key("gone", 10, 10), key("fine", 1, 20)
	denied := Lack{Part: "cloud-controller", Denied: true, Why: "the API answered 403"}
	failed := Lack{Part: "service-edge", Why: "the API answered 500: a | b"}
	for name, tc := range map[string]struct {
		keys   []client.Key
		lacks  []Lack
		perKey bool
		want   string
	}{
		"ok": {
			keys: []client.Key{fine, key("other", 0, 30)},
			want: "PROVKEYS OK - 2 keys, fine has the least left: 19 (1/20)" + totals(2, 0, 0, 1, 50, 49, 19) + "\n",
		},
		"warning": {
			keys: []client.Key{fine, near},
			want: "PROVKEYS WARNING - 1 of 2 keys: near 2 left (8/10)" + totals(1, 1, 0, 9, 30, 21, 2) + "\n",
		},
		"one key": {
			keys: []client.Key{gone}, perKey: true,
			want: "PROVKEYS CRITICAL - 1 of 1 key: gone used up (10/10)" + totals(0, 0, 1, 10, 10, 0, 0) + " 'app-connector/gone'=10;7;9;0;10\n",
		},
		"further keys": {
			keys: []client.Key{near, near, gone, gone, gone},
			want: "PROVKEYS CRITICAL - 5 of 5 keys: gone used up (10/10), gone used up (10/10), gone used up (10/10), …" +
				totals(0, 2, 3, 46, 50, 4, 0) + "\nWARNING near 2 left (8/10)\nWARNING near 2 left (8/10)\n",
		},
		"not everything judged": {
			keys: []client.Key{gone}, lacks: []Lack{denied, failed},
			want: "PROVKEYS CRITICAL - 1 of 1 key: gone used up (10/10); not judged: cloud-controller (no permission), service-edge (failed)" +
				totals(0, 0, 1, 10, 10, 0, 0) + "\ncloud-controller: the API answered 403\nservice-edge: the API answered 500: a ¦ b\n",
		},
	} {
		r := Judge(tc.keys, usual(), noon)
		r.Lacks = tc.lacks
		if diff := cmp.Diff(tc.want, r.Text(tc.perKey)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}

func TestTextIsBounded(t *testing.T) {
	t.Parallel()
	keys := make([]client.Key, 400)
	for i := range keys {
		keys[i] = key(strings.Repeat("long", 500), 10, 10)
	}

	text := Judge(keys, usual(), noon).Text(false)

	if lines := strings.Count(text, "\n"); lines != 1+maxLines+1 || !strings.HasSuffix(text, "\n… and 377 more\n") {
		t.Errorf("%d lines, ending in %q", lines, text[len(text)-30:])
	}
	if len(text) > 4<<10 {
		t.Errorf("the text has %d bytes", len(text))
	}
}

// perfData is what the guidelines allow, one after another with blanks between.
var perfData = regexp.MustCompile(`^('([^'=|]|'')+'=\d+(;([~\d:-]*)){0,4} ?)+$`)

func TestNamesCannotActOnTheTerminalOrTheMonitoring(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a|'x'=1", "it's", "a=b", "line\nbreak | 'x'=1", "\x1b[31mred", "\u202e", "bad\xff", "", " ", "日本"} {
		r := Judge([]client.Key{key(name, 10, 10)}, usual(), noon)
		r.Lacks = []Lack{{Part: "service-edge", Why: name}}

		text := r.Text(true)

		first, _, _ := strings.Cut(text, "\n")
		_, data, _ := strings.Cut(first, " | ")
		if strings.Count(text, "\n") != 2 || strings.Count(text, "|") != 1 || strings.ContainsAny(text, "\x1b\u202e") || !utf8.ValidString(text) {
			t.Errorf("%q: %q", name, text)
		}
		if !perfData.MatchString(data) {
			t.Errorf("%q: no performance data: %s", name, data)
		}
	}
}

func TestPerKeyRangesEndBelowTheLimits(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		limits  Limits
		maxUses int64
		want    string
	}{
		{usual(), 100, "=0;79;94;0;100"},
		{usual(), 11, "=0;8;10;0;11"},
		{Limits{Warn: Limit{left: 5}, Crit: Limit{left: 1}}, 20, "=0;14;18;0;20"},
		{Limits{Warn: Limit{left: 5}, Crit: Limit{left: 4}}, 5, "=0;~:-1;0;0;5"},
	} {
		data := Judge([]client.Key{key("k", 0, tc.maxUses)}, tc.limits, noon).PerfData(true)
		if !strings.HasSuffix(data, " 'app-connector/k'"+tc.want) {
			t.Errorf("%v of %d: %s, want %s", tc.limits, tc.maxUses, data, tc.want)
		}
	}
}

func TestWhatIsNotKnownSaysWhyAndWhatToDo(t *testing.T) {
	t.Parallel()
	want := "PROVKEYS UNKNOWN - the API said 3¦x\nhint: try again\n"
	if got := NoVerdict("the API said 3|x", "try again"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := NoVerdict("gone", ""); got != "PROVKEYS UNKNOWN - gone\n" {
		t.Errorf("%q", got)
	}
}
