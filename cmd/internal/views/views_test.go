package views_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/client/catalog"
	"provkeys/cmd/internal/views"
)

func nearlyFull() catalog.View {
	return catalog.View{
		Name: "nearly full", Filter: `used>=80% !test group:"EU West"`, Kind: client.ServiceEdge,
		Sort: catalog.ByLeft, Reverse: true,
		Columns: catalog.Layout{{Column: catalog.ByName}, {Column: catalog.ByGroup, Width: 24}, {Column: catalog.ByUses}},
	}
}

// holding returns a configuration folder with a views file.
func holding(t *testing.T, text string) views.Views {
	t.Helper()
	v := views.Views{Dir: t.TempDir()}
	if err := os.WriteFile(filepath.Join(v.Dir, views.File), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return v
}

func contents(t *testing.T, v views.Views) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(v.Dir, views.File))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// list returns every view, "NAME: fault" for the faulty ones.
func list(t *testing.T, v views.Views) (all []catalog.View, faults []string) {
	t.Helper()
	saved, err := v.List()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range saved {
		if s.Fault != nil {
			faults = append(faults, s.Name+": "+s.Fault.Error())
			continue
		}
		all = append(all, s.View)
	}
	return all, faults
}

func save(t *testing.T, v views.Views, view catalog.View) {
	t.Helper()
	if err := v.Save(view); err != nil {
		t.Fatalf("save %q: %v", view.Name, err)
	}
}

func TestSavedViewComesBack(t *testing.T) {
	v := views.Views{Dir: filepath.Join(t.TempDir(), "not", "there", "yet")}
	if all, err := v.List(); len(all) != 0 || err != nil {
		t.Fatalf("without a file: %v, %v", all, err)
	}
	plain := catalog.View{Name: "all of them"}
	want := []catalog.View{plain, nearlyFull()}

	save(t, v, nearlyFull())
	save(t, v, plain)

	got, faults := list(t, v)
	if diff := cmp.Diff(want, got); diff != "" || faults != nil {
		t.Errorf("(-saved, +read):\n%s%q", diff, faults)
	}
	if runtime.GOOS == "windows" {
		return
	}
	for path, mode := range map[string]os.FileMode{v.Dir: 0o700, filepath.Join(v.Dir, views.File): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v, %v, want %o", path, info.Mode(), err, mode)
		}
	}
}

func TestOddNamesAndFiltersComeBack(t *testing.T) {
	texts := []string{
		"true", "null", "12", "0x1f", "1e3", "~", "-", "- a", "? a", "a: b", "a:", "#1", "a # b", "'", "it's", `"quoted"`, `\`, "{a}", "[a", "&a", "*a",
		"!test", "|", ">", "%", "@a", "`", "zürich 东京", "a,b=c", "<<", "views", "filter:", "...", "---", "2026-11-22", "=", strings.Repeat("x ", 31) + "x",
	}
	v := views.Views{Dir: t.TempDir()}
	for _, text := range texts {
		save(t, v, catalog.View{Name: text, Filter: "is:managed"})
		// A second time it is replaced, and once more with quotes within quotes.
		save(t, v, catalog.View{Name: text, Filter: `"` + strings.ReplaceAll(text, `"`, `""`) + `"`})
	}
	save(t, v, catalog.View{Name: "control", Filter: "name:\x1b[2J\u202e\u00a0x"})

	all, faults := list(t, v)

	if len(all) != len(texts)+1 || faults != nil {
		t.Fatalf("%d of %d views, faults %q", len(all), len(texts)+1, faults)
	}
	for _, view := range all {
		if view.Name != "control" && view.Filter != `"`+strings.ReplaceAll(view.Name, `"`, `""`)+`"` {
			t.Errorf("%q has the filter %q", view.Name, view.Filter)
		}
	}
	for _, text := range texts {
		if err := v.Delete(text); err != nil {
			t.Errorf("delete %q: %v", text, err)
		}
	}
	if all, _ = list(t, v); len(all) != 1 || all[0].Filter != "name:\x1b[2J\u202e\u00a0x" {
		t.Errorf("left: %+v", all)
	}
}

const byHand = `# Ours, by team.
views:
    # The fleet in Europe,
    # without what is being tested.
    europe:
        filter: group:eu !test # an inner remark
        columns: [name, group=24]

    # Somebody was in a hurry.
    broken:
        filter: used>
        future: 1
    # last
    "zz": {sort: left}
# The end.
`

func TestSavingChangesTheLinesOfOneViewAlone(t *testing.T) {
	v := holding(t, byHand)

	save(t, v, catalog.View{Name: "europe", Filter: "group:emea"})
	want := strings.Replace(byHand, "        filter: group:eu !test # an inner remark\n        columns: [name, group=24]\n", "        filter: 'group:emea' # an inner remark\n", 1)
	if diff := cmp.Diff(want, contents(t, v)); diff != "" {
		t.Errorf("replaced (-want, +got):\n%s", diff)
	}

	save(t, v, catalog.View{Name: "new", Kind: client.CloudController})
	want = strings.Replace(want, "{sort: left}\n", "{sort: left}\n    new:\n      kind: cloud-controller\n", 1)
	if diff := cmp.Diff(want, contents(t, v)); diff != "" {
		t.Errorf("added (-want, +got):\n%s", diff)
	}

	for _, name := range []string{"zz", "new"} {
		if err := v.Delete(name); err != nil {
			t.Fatal(err)
		}
	}
	want = strings.Replace(want, "    \"zz\": {sort: left}\n    new:\n      kind: cloud-controller\n", "", 1)
	if diff := cmp.Diff(want, contents(t, v)); diff != "" {
		t.Errorf("deleted (-want, +got):\n%s", diff)
	}
}

func TestFaultyViewIsListedWithItsFault(t *testing.T) {
	v := holding(t, byHand+`
`)
	all, faults := list(t, v)
	if len(all) != 2 || all[0].Name != "europe" || all[0].Columns.String() != "name,group=24" || all[1].Sort != catalog.ByLeft {
		t.Errorf("views = %+v", all)
	}
	want := "broken: line 11: the filter cannot be read: used needs a number or a percentage, as in used>40 or used>=80%"
	if !slices.Equal(faults, []string{want}) {
		t.Errorf("faults = %q, want %q", faults, want)
	}

	tests := []struct{ field, want string }{
		{"filters: x", `unknown field "filters": use filter, kind, sort, reverse or columns`},
		{"'fil\\x1b': x", "unknown field: use filter"},
		{"kind: edge", `"edge" is no kind: use app-connector`},
		{"sort: key", `"key" is no column to sort by: use name`},
		{"reverse: maybe", "reverse is true or false"},
		{"columns: [name, nam]\n    sort: left", `"nam" is no column: use name`},
		{"filter: &f test", "an anchor (&) or alias (*) cannot stand here: write out"},
		{"filter: {a: b}", "a single value is expected"},
		{"filter: !x", "a single value is expected"},
		{"kind: [a, {b: c}]", "a single value is expected"},
	}
	for _, tt := range tests {
		_, faults := list(t, holding(t, "views:\n  a:\n    "+tt.field+"\n"))
		if len(faults) != 1 || !strings.HasPrefix(faults[0], "a: line 3: "+tt.want) {
			t.Errorf("%s: %q, want %q", tt.field, faults, tt.want)
		}
	}
	_, faults = list(t, holding(t, "views:\n  a:\n    sort: left\n    sort: max\n"))
	if len(faults) != 1 || !strings.Contains(faults[0], `line 4: the field "sort" stands here for the second time`) {
		t.Errorf("faults = %q", faults)
	}
	_, faults = list(t, holding(t, "views:\n  \"a\\e[2J\": {filter: x}\n  b: 3\n  <<: {filter: x}\n"))
	if len(faults) != 2 || !strings.Contains(faults[0], "line 2: a view's name cannot hold a character that does not print") ||
		!strings.Contains(faults[1], "line 3: fields are expected") {
		t.Errorf("faults = %q", faults)
	}
}

func TestFileThatCannotBeReadSaysWhereAndIsLeftAlone(t *testing.T) {
	for text, want := range map[string]string{
		"views:\n  a: {filter: x\n  b:\n":         "this is not YAML",
		"views:\n  a:\n    sort: left\n  a: {}\n": "line 4: the name of the view in line 2 stands here again",
		"views:\nviews:\n":                        "line 2: views stands here for the second time",
		"view:\n  a: {}\n":                        `line 1: unknown field "view": only views is known`,
		"views:\n  - name: a\n":                   "line 2: names are expected",
		"views: &v\n  a: {}\n":                    "line 1: an anchor (&) or alias (*) cannot stand here",
		"- a\n":                                   "line 1: the field views is expected",
		"views:\n---\nviews:\n":                   "a second document begins",
	} {
		v := holding(t, text)
		_, err := v.List()
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), views.File) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
		if err := v.Save(nearlyFull()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: saving into it says %v", text, err)
		}
		if got := contents(t, v); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// YAML that lines cannot be cut from is better left to its author.
func TestFileInBracesIsLeftToItsAuthor(t *testing.T) {
	for _, text := range []string{"views: {a: {filter: x}, b: {}}\n", "views: {\n  a: {filter: x},\n  b: {}\n}\n", "views: {\n  nearly full: {filter: x},\n  b: {}\n}\n", "{views: {}}\n", "views: ~\n", "views:\n  a: {filter: x}\n...\n"} {
		v := holding(t, text)
		if err := v.Save(nearlyFull()); err == nil || !strings.Contains(err.Error(), "edit it by hand") {
			t.Errorf("%q: %v", text, err)
		}
		if got := contents(t, v); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestSaveGoesIntoWhateverIsThere(t *testing.T) {
	for text, before := range map[string]string{
		"":                                "# Saved views of provkeys: a filter with its sort and columns, under a name.\nviews:\n",
		"# mine\n":                        "# mine\nviews:\n",
		"# mine":                          "# mine\nviews:\n",
		"views:":                          "views:\n",
		"views: # all of them\n":          "views: # all of them\n",
		"views: {} # none yet":            "views: # none yet\n",
		"# mine\nviews: { }\n":            "# mine\nviews:\n",
		"\ufeffviews:\n  b: {sort: left}": "\ufeffviews:\n  b: {sort: left}\n",
	} {
		v := holding(t, text)
		save(t, v, catalog.View{Name: "a"})
		if got, want := contents(t, v), before+"  a:\n"; got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestDeletingWhatIsNotThereSaysSo(t *testing.T) {
	v := views.Views{Dir: t.TempDir()}
	if err := v.Delete("a"); !errors.Is(err, views.ErrNotFound) {
		t.Errorf("Delete = %v", err)
	}
}

func TestFaultyViewIsNotSaved(t *testing.T) {
	v := views.Views{Dir: t.TempDir()}
	for _, view := range []catalog.View{{}, {Name: "a", Filter: "used>"}, {Name: "a", Sort: catalog.ByKey}} {
		if err := v.Save(view); err == nil {
			t.Errorf("%+v was saved", view)
		}
	}
}

func TestViewsSavedAtOnceAreAllKept(t *testing.T) {
	v := views.Views{Dir: t.TempDir()}
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			if err := v.Save(catalog.View{Name: fmt.Sprintf("view %d", i)}); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if all, faults := list(t, v); len(all) != 8 || faults != nil {
		t.Errorf("%d views of 8, faults %q", len(all), faults)
	}
}
