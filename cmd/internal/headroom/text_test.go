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
			want: "PROVKEYS WARNING - 1 warning of 2 keys: near 2 left (8/10)" + totals(1, 1, 0, 9, 30, 21, 2) + "\nWARNING near 2 left (8/10)\n",
		},
		"one key": {
			keys: []client.Key{gone}, perKey: true,
			want: "PROVKEYS CRITICAL - 1 critical of 1 key: gone used up (10/10)" + totals(0, 0, 1, 10, 10, 0, 0) + " 'app-connector/gone'=10;7;9;0;10\nCRITICAL gone used up (10/10)\n",
		},
		"further keys": {
			keys: []client.Key{near, key("a", 10, 10), key("b", 10, 10), key("c", 10, 10), gone},
			want: "PROVKEYS CRITICAL - 4 critical, 1 warning of 5 keys: a used up (10/10), b used up (10/10), c used up (10/10), …" +
				totals(0, 1, 4, 48, 50, 2, 0) + "\nCRITICAL a used up (10/10)\nCRITICAL b used up (10/10)\nCRITICAL c used up (10/10)\n" +
				"CRITICAL gone used up (10/10)\nWARNING near 2 left (8/10)\n",
		},
		"not everything judged": {
			keys: []client.Key{gone}, lacks: []Lack{denied, failed},
			want: "PROVKEYS CRITICAL - 1 critical of 1 key: gone used up (10/10); not judged: cloud-controller (no permission), service-edge (failed)" +
				totals(0, 0, 1, 10, 10, 0, 0) + "\nCRITICAL gone used up (10/10)\ncloud-controller: the API answered 403\nservice-edge: the API answered 500: a ¦ b\n",
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

	if lines := strings.Count(text, "\n"); lines != 1+maxLines+1 || !strings.HasSuffix(text, "\n… and 380 more\n") {
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
		if strings.Count(text, "\n") != 3 || strings.Count(text, "|") != 1 || strings.ContainsAny(text, "\x1b\u202e") || !utf8.ValidString(text) {
			t.Errorf("%q: %q", name, text)
		}
		if !perfData.MatchString(data) {
			t.Errorf("%q: no performance data: %s", name, data)
		}
	}
}

func TestKeysAreToldApart(t *testing.T) {
	t.Parallel()
	named := func(kind client.Kind, id, name string) client.Key {
		return with(key(id, 10, 10), func(k *client.Key) { k.Kind, k.Name = kind, name })
	}
	long := strings.Repeat("long", 50)
	keys := []client.Key{
		named(client.AppConnector, "1", "alone"),
		named(client.AppConnector, "2", "of two kinds"), named(client.ServiceEdge, "3", "of two kinds"),
		named(client.AppConnector, "4", "twice"), named(client.AppConnector, "5", "twice"),
		named(client.AppConnector, "6", ""), named(client.AppConnector, "7", "4"),
		named(client.ServiceEdge, "8", "a=b"), named(client.ServiceEdge, "9", "a_b"),
		named(client.ServiceEdge, "10", long+"1"), named(client.ServiceEdge, "11", long+"2"),
	}
	r := Judge(keys, usual(), noon)

	wantTitles := []string{
		"alone", "app-connector/of two kinds", "service-edge/of two kinds", "app-connector/4", "app-connector/5", "app-connector/6", "4",
		"a=b", "a_b", "service-edge/10", "service-edge/11",
	}
	if diff := cmp.Diff(wantTitles, titles(r.Keys)); diff != "" {
		t.Errorf("the text (-want +got)\n%s", diff)
	}
	wantLabels := []string{
		"'app-connector/alone'", "'app-connector/of two kinds'", "'service-edge/of two kinds'", "'app-connector/4'", "'app-connector/5'",
		"'app-connector/6'", "'app-connector/7'", "'service-edge/8'", "'service-edge/9'",
		"'service-edge/" + long + "1'", "'service-edge/" + long + "2'",
	}
	if diff := cmp.Diff(wantLabels, labels(r.Keys)); diff != "" {
		t.Errorf("the performance data (-want +got)\n%s", diff)
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
