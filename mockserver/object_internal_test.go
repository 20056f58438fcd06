package mockserver

import (
	"testing"
)

func TestAnObjectKeepsOrderAndExactValues(t *testing.T) {
	for _, text := range []string{
		`{}`,
		`{"z":1e400,"a":"\u001b","n":{"b": 1,"a":[true, null]},"é":"<&>"}`,
		`{"id":216196257331372705,"id2":"216196257331372705"}`,
	} {
		o, err := parseObject([]byte(text))
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if got := string(o.appendJSON(nil)); got != text {
			t.Errorf("%s became %s", text, got)
		}
	}
}

func TestAStringSurvivesQuoting(t *testing.T) {
	for _, s := range []string{"", "plain", `q"\`, hostileCSI, hostileTitle, hostileBidi, hostileCJK, hostileHTML, hostileLines, hostileCombining()} {
		if got := unquote(quote(s)); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func FuzzParseObject(f *testing.F) {
	f.Add([]byte(`{"a":1}`))
	f.Add([]byte(`{"a":1}x`))
	f.Add([]byte(`{"a":`))
	f.Fuzz(func(t *testing.T, data []byte) {
		o, err := parseObject(data)
		if err != nil {
			return
		}
		again, err := parseObject(o.appendJSON(nil))
		if err != nil || string(again.appendJSON(nil)) != string(o.appendJSON(nil)) {
			t.Errorf("what was written does not read back: %v", err)
		}
	})
}
