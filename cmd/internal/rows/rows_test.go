package rows

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var fields = Fields{Names: []string{"name", "id", "on", "list"}, Lists: []string{"list"}}

func one(line int, texts ...string) Value { return Value{line, texts} }

func TestBothFormatsReadTheSameRows(t *testing.T) {
	t.Parallel()
	for name, read := range map[string]func() ([]Row, error){
		"CSV": func() ([]Row, error) {
			return CSV([]byte("\ufeffname,id , on\r\na b,216196257331404676,true\r\n\"c,d\",,\r\n,,\r\n"), fields)
		},
		"YAML": func() ([]Row, error) {
			return YAML([]byte("\ufeff- {name: a b, id: 216196257331404676, on: true}\n- name: \"c,d\"\n  id: null\n"), fields)
		},
		"JSON": func() ([]Row, error) {
			return YAML([]byte(`[{"name": "a b", "id": 216196257331404676, "on": true},`+"\n"+`{"name": "c,d"}]`), fields)
		},
	} {
		got, err := read()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if len(got) != 2 || got[0].Text("name") != "a b" || got[0].Text("id") != "216196257331404676" || got[0].Text("on") != "true" ||
			got[1].Text("name") != "c,d" || got[1].Text("id") != "" || got[1].Line-got[0].Line != 1 {
			t.Errorf("%s: rows are %+v", name, got)
		}
	}
}

func TestEveryValueKnowsItsLine(t *testing.T) {
	t.Parallel()
	got, err := YAML([]byte("# keys\n- name: a\n\n  id: 7\n- name: b\n  list: [x, 2]\n"), fields)
	want := []Row{
		{2, map[string]Value{"name": one(2, "a"), "id": one(4, "7")}},
		{5, map[string]Value{"name": one(5, "b"), "list": one(6, "x", "2")}},
	}
	if err != nil || !cmp.Equal(got, want) {
		t.Errorf("%v, %s", err, cmp.Diff(want, got))
	}
	got, err = CSV([]byte("name,id\n\"a\nb\",1\nc,2\n"), fields)
	want = []Row{
		{2, map[string]Value{"name": one(2, "a\nb"), "id": one(3, "1")}},
		{4, map[string]Value{"name": one(4, "c"), "id": one(4, "2")}},
	}
	if err != nil || !cmp.Equal(got, want) {
		t.Errorf("%v, %s", err, cmp.Diff(want, got))
	}
	if got[1].LineOf("on") != 4 {
		t.Error("what was left out is not in its row's line")
	}
}

func TestWhatIsWrongIsSaidWithItsLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		read func([]byte, Fields) ([]Row, error)
		text string
		want string
	}{
		{CSV, "", "the file is empty: the first line names the columns"},
		{CSV, "name,nom\n", `line 1: there is no column "nom"`},
		{CSV, "name;id\n", `line 1: there is no column "name;id"`},
		{CSV, "name,name\n", `line 1: the column "name" stands there twice`},
		{CSV, "name,id\na\n", "line 2: there are more or fewer cells than columns"},
		{CSV, "name,id\na,b\"c\n", `line 2: this is not CSV: bare " in non-quoted-field`},
		{YAML, "- name: a\n  nom: b\n", `line 2: there is no field "nom"`},
		{YAML, "name: a\n", "line 1: one list is expected, each item beginning with -"},
		{YAML, "- a\n", "line 1: fields are expected, such as name: asg-1"},
		{YAML, "- name: [a]\n", "line 1: a single value is expected, or one in quotes"},
		{YAML, "- name: {a: b}\n", "line 1: a single value is expected, or one in quotes"},
		{YAML, "- name: !x a\n", "line 1: a single value is expected, or one in quotes"},
		{YAML, "- list: [[a]]\n", "line 1: a single value is expected, or one in quotes"},
		{YAML, "- name: a\n---\n- name: b\n", "line 3: one list is expected, each item beginning with -"},
	} {
		got, err := c.read([]byte(c.text), fields)
		if located := (*Error)(nil); !errors.As(err, &located) || err.Error() != c.want || got != nil {
			t.Errorf("%q: %v, want %q", c.text, err, c.want)
		}
	}
	for _, text := range []string{"- name: 'a\n", "- name: a\n  name: b\n", "\t- a", "- {name: a"} {
		if _, err := YAML([]byte(text), fields); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}
