package views_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/client/catalog"
	"provkeys/cmd/internal/views"
)

func TestSavingKeepsWhatWasWrittenInsideAView(t *testing.T) {
	t.Parallel()
	const before = "views:\n  a: # of Ann\n    # mostly\n    sort: name # as usual\n    columns:   # few\n      - name\n      # and\n      - group=24\n\n    # what counts\n    filter: 'x # y' # really\n    # the end\n  b:\n    kind: app-connector\n"
	for name, c := range map[string]struct {
		view      catalog.View
		old, next string
	}{
		"another filter": {catalog.View{Filter: "new", Columns: catalog.Layout{{Column: catalog.ByName}, {Column: catalog.ByGroup, Width: 24}}}, "'x # y' # really", "new # really"},
		"nothing but a kind": {catalog.View{Kind: client.ServiceEdge},
			"    columns:   # few\n      - name\n      # and\n      - group=24\n\n    # what counts\n    filter: 'x # y' # really\n", "\n    # what counts\n    kind: service-edge\n"},
		"other columns": {catalog.View{Filter: "x # y", Columns: catalog.Layout{{Column: catalog.ByUses}}},
			"columns:   # few\n      - name\n      # and\n      - group=24\n", "columns: uses\n"},
		"turned round": {catalog.View{Filter: "x # y", Sort: catalog.ByLeft, Reverse: true, Columns: catalog.Layout{{Column: catalog.ByName}, {Column: catalog.ByGroup, Width: 24}}},
			"sort: name # as usual", "sort: left # as usual"},
	} {
		for _, end := range []string{"\n", "\r\n"} {
			v := holding(t, strings.ReplaceAll(before, "\n", end))
			c.view.Name = "a"
			save(t, v, c.view)
			want := strings.Replace(before, c.old, c.next, 1)
			if c.view.Reverse {
				want = strings.Replace(want, "# really\n", "# really\n    reverse: true\n", 1)
			}
			if diff := cmp.Diff(strings.ReplaceAll(want, "\n", end), contents(t, v)); diff != "" {
				t.Errorf("%s, lines ending with %q (-want, +got):\n%s", name, end, diff)
			}
		}
	}
}

func TestLinkThatLeadsNowhereIsNoMissingFile(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("making a link takes a privilege there")
	}
	v := views.Views{Dir: t.TempDir()}
	if err := os.Symlink(filepath.Join(v.Dir, "away"), v.Path()); err != nil {
		t.Fatal(err)
	}
	if all, err := v.List(); err == nil || !strings.Contains(err.Error(), "leads nowhere") {
		t.Errorf("it has %v, %v", all, err)
	}
}
