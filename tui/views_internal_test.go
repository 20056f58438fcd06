package tui

import (
	"strings"
	"testing"

	"provkeys/client/catalog"
)

// TestAViewIsPickedByItsNameAsItIsSavedNow holds what the command line asks for.
func TestAViewIsPickedByItsNameAsItIsSavedNow(t *testing.T) {
	t.Parallel()
	m := loaded(t, 60)
	if err := m.effects.views.Save(catalog.View{Name: "edges", Filter: "kind:edge"}); err != nil {
		t.Fatal(err)
	}
	m.Update(m.pickView("edges")())
	if got := strings.Join(m.viewNames(), " "); got != "edges" || m.keys.filter.text() != "kind:edge" || m.viewing.picked.Name != "edges" {
		t.Errorf("there is %q, the filter is %q, picked is %q", got, m.keys.filter.text(), m.viewing.picked.Name)
	}
	m.Update(m.pickView("edge")())
	if m.toast.text != "There is no view edge: there is edges." || m.viewing.picked.Name != "edges" {
		t.Errorf("it says %q, picked is %q", m.toast.text, m.viewing.picked.Name)
	}
	m.pickView("")
	if m.keys.filter.text() != "" || m.viewing.picked.Name != "" {
		t.Errorf("the filter is %q, picked is %q", m.keys.filter.text(), m.viewing.picked.Name)
	}
}

func TestColumnsThatCannotShowLeaveThoseThereAre(t *testing.T) {
	t.Parallel()
	m := loaded(t, 9)
	for _, test := range []struct {
		columns catalog.Layout
		says    string
	}{
		{catalog.Layout{{Column: catalog.ByGroup}}, "the name always shows"},
		{catalog.Layout{{Column: catalog.ByName}, {Column: catalog.ByName}}, "the column name stands there twice"},
		{catalog.Layout{{Column: catalog.ByName, Width: 9999}}, "1 to 500 cells wide"},
	} {
		m.setLayout(test.columns)
		if !strings.Contains(m.toast.text, test.says) || m.keys.layout.String() != catalog.DefaultLayout().String() {
			t.Errorf("%s: it says %q, the columns are %s", test.columns, m.toast.text, m.keys.layout)
		}
	}
	m.setLayout(catalog.Layout{{Column: catalog.ByName}, {Column: catalog.ByID}})
	if got := m.keys.layout.String(); got != "name,id" {
		t.Errorf("the columns are %s", got)
	}
	if m.setLayout(nil); m.keys.layout.String() != catalog.DefaultLayout().String() {
		t.Errorf("the columns are %s", m.keys.layout)
	}
}
