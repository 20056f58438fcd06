package catalog_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"provkeys/client/catalog"
)

func TestFaultyFilterSaysWhatWouldBeRight(t *testing.T) {
	tests := []struct {
		text     string
		position int
		reason   string // a part of it
	}{
		// unfinished
		{"!", 0, "! needs a word after it, as in !test"},
		{"west ! blue", 5, "! needs a word after it"},
		{`"EU We`, 0, `a quotation mark is open: close it, as in "EU West"`},
		{`west group:"EU`, 11, "a quotation mark is open"},
		{`"say ""hi`, 0, "a quotation mark is open"},
		{`"`, 0, "a quotation mark is open"},
		{`""`, 0, "nothing stands between the quotation marks"},
		{`name:""`, 5, "nothing stands between the quotation marks"},
		{"name:", 5, "name: needs a word after it, as in name:blue"},
		{"group= x", 6, "group= needs a word after it, as in group:emea"},
		{"cert:", 5, "cert: needs a word after it, as in cert:connector"},
		{"state:", 6, `state: needs a state after it: expired, disabled, "used up", hidden, "certificate expired", "nearly used up" or ok`},
		{"is:", 3, "is: needs a word after it: managed, marked, hidden, disabled, expired or exportable"},
		{"used>", 5, "used needs a number or a percentage, as in used>40 or used>=80%"},
		{"used>%", 5, "used needs a number or a percentage"},
		{"left<", 5, "left needs a number or a percentage, as in left<5"},
		{"max>=", 5, "max needs a number, as in max>100"},
		{"cert<", 5, "cert needs hours, days or weeks, as in cert<30d"},
		{"cert<30", 5, "cert needs hours, days or weeks, as in cert<30d"},
		{"cert=", 5, `a name goes in quotes, as in cert="Connector"`},
		{"modified<d", 9, "modified needs hours, days or weeks, as in modified<7d"},
		// wrong
		{"west left<x", 10, "left needs a number"},
		{"left<-1", 5, "left needs a number"},
		{"left<٣", 5, "left needs a number"},
		{"left<5d", 5, "left needs a number"},
		{"max>50%", 4, "max needs a number, as in max>100"},
		{"used==5", 5, "used needs a number"},
		{"expires<30dd", 8, "expires needs hours, days or weeks, as in expires<30d"},
		{"created<3m", 8, "created needs hours, days or weeks"},
		{"used>99999999999999999999", 5, "that number is too large: used needs a number"},
		{"state:us", 6, `"us" is no state: use expired, disabled, "used up"`},
		{"is:ok", 3, `"ok" is nothing that a key can be: use managed, marked`},
		{"!!x", 1, `one ! is enough; quote a word that begins with one: "!test"`},
		{`"a"b`, 3, "a space is missing after the quotation mark"},
		{"a:b", 0, `"a" is no column; if it is part of a name, quote it: "a:b". Columns: name, group, cert, kind, by, id, microtenant, state, is, used, left, max, modified, created or expires`},
		{"west 10:30", 5, `quote it: "10:30"`},
		{`C:\x`, 0, `quote it: "C:\x"`},
		{`a:"b c"`, 0, `quote it: "a:b c"`},
		{`a:"b`, 2, "a quotation mark is open"},
		{"x=1", 0, `"x" is no column`},
		{"lef<5", 0, `"lef" is no column`},
		{"used >= 80%", 5, "no column stands before >=: write it without spaces, as in left<5, or quote the text"},
		{":x", 0, "no column stands before :"},
		{"used!=5", 0, "!= is not known: put the ! in front, as in !used=5"},
		{"used:5", 0, "used takes <, <=, >, >= or =, as in used>40 or used>=80%"},
		{"modified:7d", 0, "modified takes <, <=, >, >= or =, as in modified<7d"},
		{"state=ok", 0, "state takes a colon, as in state:ok"},
		{"is>managed", 0, "is takes a colon, as in is:managed"},
		{"name>5", 0, "name takes a colon, or = for the whole text, as in name:blue"},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			f, err := catalog.ParseFilter(tt.text)
			var fault *catalog.FilterError
			if !errors.As(err, &fault) {
				t.Fatalf("ParseFilter = %q, %v", f, err)
			}
			if fault.Position != tt.position {
				t.Errorf("position %d, want %d", fault.Position, tt.position)
			}
			if !strings.Contains(err.Error(), tt.reason) {
				t.Errorf("reason %q\nwants  %q", err, tt.reason)
			}
		})
	}
}

func TestFaultNeverRepeatsWhatWasPasted(t *testing.T) {
	for _, text := range []string{
		fakeText + ":x", fakeText + "=", "x:" + fakeText, "state:" + fakeText, "is:" + fakeText, "used>" + fakeText,
		"a\x1b[2J:b", "a:\x1b[2J", "state:\x1b[2J", "a:\u202eb", "a:\xff",
	} {
		_, err := catalog.ParseFilter(text)
		if err == nil {
			t.Fatalf("%q was accepted", text)
		}
		if strings.Contains(err.Error(), "FAKE") || strings.ContainsAny(err.Error(), "\x1b\u202e\ufffd") || !utf8.ValidString(err.Error()) {
			t.Errorf("%q: the reason repeats it: %q", text, err)
		}
	}
}
