package catalog_test

import (
	"slices"
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/client/catalog"
)

func TestViewNamesAreOneLineThatPrints(t *testing.T) {
	for name, want := range map[string]string{
		"nearly full":            "",
		"zürich 东京 · 80 %":       "",
		strings.Repeat("ü", 64):  "",
		"":                       "needs a name",
		" ":                      "needs a name",
		" nearly full":           "begin or end with a blank",
		"nearly full\n":          "begin or end with a blank",
		"nearly\x1b[2Jfull":      "does not print",
		"nearly\u202efull":       "does not print",
		"nearly\xfffull":         "does not print",
		"two\nlines":             "does not print",
		strings.Repeat("ü", 65):  "at most 64 characters",
		"\x00" + fakeText + "\a": "does not print",
	} {
		err := catalog.CheckViewName(name)
		if got := words(err); !strings.Contains(got, want) || (want == "") != (err == nil) {
			t.Errorf("CheckViewName(%q) = %q, want %q", name, got, want)
		}
		if strings.Contains(words(err), "FAKE") {
			t.Errorf("the fault of %q repeats it: %v", name, err)
		}
	}
}

func TestViewIsCheckedPartByPart(t *testing.T) {
	tests := []struct {
		view catalog.View
		want string
	}{
		{catalog.View{}, ""},
		{catalog.View{Filter: "used>=80% !test", Kind: client.ServiceEdge, Sort: catalog.ByMicrotenant, Reverse: true}, ""},
		{catalog.View{Filter: "used>"}, "the filter cannot be read: used needs a number or a percentage"},
		{catalog.View{Kind: "edge"}, `"edge" is no kind: use app-connector, network-connector, service-edge or cloud-controller`},
		{catalog.View{Kind: client.Kind(fakeText)}, "this is no kind"},
		{catalog.View{Sort: catalog.ByKey}, `"key" is no column to sort by: use name, kind, group, uses, max, left, state, certificate, created,`},
		{catalog.View{Sort: -1}, `"unknown column" is no column to sort by`},
		{catalog.View{Columns: catalog.Layout{{Column: 99}}}, "a column is not known: use name, kind"},
		{catalog.View{Columns: catalog.Layout{{Column: catalog.ByName, Width: 501}}}, "the column name can be 1 to 500 cells wide"},
	}
	for _, tt := range tests {
		err := tt.view.Check()
		if got := words(err); !strings.HasPrefix(got, tt.want) || (tt.want == "") != (err == nil) {
			t.Errorf("%+v: %q, want %q", tt.view, got, tt.want)
		}
	}
}

func TestViewsAreTheSameWhenTheyShowTheSame(t *testing.T) {
	saved := catalog.View{Name: "nearly full", Filter: `uses>=80% "west"`, Sort: catalog.ByLeft}
	shown := catalog.View{Filter: " used>=80%  west ", Sort: catalog.ByLeft, Columns: catalog.DefaultLayout()}
	if !saved.Same(shown) || !shown.Same(saved) {
		t.Error("the name, the spelling of the filter or the default columns make a difference")
	}
	unreadable := catalog.View{Filter: "used>"}
	if !unreadable.Same(unreadable) || unreadable.Same(catalog.View{Filter: "left>"}) {
		t.Error("filters that cannot be read are not compared by their words")
	}
	for name, change := range map[string]func(*catalog.View){
		"filter":  func(v *catalog.View) { v.Filter += " !test" },
		"kind":    func(v *catalog.View) { v.Kind = client.ServiceEdge },
		"sort":    func(v *catalog.View) { v.Sort = catalog.ByUses },
		"reverse": func(v *catalog.View) { v.Reverse = true },
		"columns": func(v *catalog.View) { v.Columns = catalog.DefaultLayout()[1:] },
		"width":   func(v *catalog.View) { v.Columns = catalog.DefaultLayout(); v.Columns[0].Width = 24 },
	} {
		other := shown
		change(&other)
		if saved.Same(other) {
			t.Errorf("another %s makes no difference", name)
		}
	}
}

func TestLayoutPrintsWhatParsesToItself(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "",
		" , ":                      "",
		"name":                     "name",
		"name, group=24 uses":      "name,group=24,uses",
		"id,key=500,addresses,max": "id,key=500,addresses,max",
	} {
		l, err := catalog.ParseLayout(text)
		if err != nil || l.String() != want || (l == nil) != (want == "") {
			t.Errorf("ParseLayout(%q) = %q, %v, want %q", text, l, err, want)
			continue
		}
		if again, err := catalog.ParseLayout(l.String()); err != nil || !slices.Equal(again, l) {
			t.Errorf("%q parses to %q, %v", l, again, err)
		}
	}
	if got, want := catalog.DefaultLayout().String(), "name,group,uses,left,certificate,key,state,kind"; got != want {
		t.Errorf("the default layout is %q, want %q", got, want)
	}
}

func TestFaultyLayoutSaysWhatWouldBeRight(t *testing.T) {
	for text, want := range map[string]string{
		"nam":              `"nam" is no column: use name, kind, group, uses, max, left, state, certificate, key, created, modified, by, expires, addresses, microtenant or id`,
		"name,Group":       `"Group" is no column`,
		"=24":              `"" is no column`,
		"a\x1b[2J":         "this is no column",
		"name,uses,name":   "the column name stands there twice: leave one out",
		"name=":            "name= needs a width in cells, as in name=24",
		"name=0":           "name= needs a width",
		"name=-1":          "name= needs a width",
		"name=24=24":       "name= needs a width",
		"name=9999999999":  "name= needs a width",
		"name=501":         "the column name can be 1 to 500 cells wide",
		"unknown column=1": `"unknown" is no column`,
	} {
		l, err := catalog.ParseLayout(text)
		if got := words(err); err == nil || l != nil || !strings.HasPrefix(got, want) {
			t.Errorf("ParseLayout(%q) = %q, %q, want %q", text, l, got, want)
		}
	}
}

// words returns what an error says, "" for none.
func words(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
