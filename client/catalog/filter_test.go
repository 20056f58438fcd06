package catalog_test

import (
	"fmt"
	"testing"

	"provkeys/client"
	"provkeys/client/catalog"
)

func TestFilterFinds(t *testing.T) {
	const all = "58856 58857 58858 601 602 701 801 9223372036854775808"
	tests := []struct{ text, want string }{
		{"", all},
		{" \t\n ", all},
		// bare words: name, group, id
		{"west", "58856 58857 58858"},
		{"WEST-10", "58858"},
		{"west blue", "58857"},
		{"blue west", "58857"},
		{"5885", "58856 58857 58858"},
		{"west !blue !green", "58856"},
		{"zürich", "601 602"},
		{"ZÜRICH äöü", "601"},
		{"东京", "9223372036854775808"},
		{"한", "9223372036854775808"},
		{"connector", ""},
		// quotes
		{`"EU West"`, "58856 58857 58858"},
		{`"west 1" !"west 10"`, "58856 58857"},
		{`"eu-west-1-asgEU"`, ""},
		{`"asg EU"`, ""},
		{`"a:b"`, "701"},
		{`"say ""hi"""`, "701"},
		{`say"`, ""},
		{`hi"`, "701"},
		{`"!x"`, "701"},
		{`!"a:b" say`, ""},
		{`"used>=80%"`, "801"},
		{`"<group>"`, "801"},
		// text columns
		{"name:blue", "58857"},
		{"name:emea", ""},
		{"NAME:BLUE", "58857"},
		{"name:10:30", "801"},
		{`name:"say "`, "701"},
		{"group:west", "58856 58857 58858"},
		{"group:asg", ""},
		{`group="eu west 1"`, "58856 58857"},
		{"id:8", "58856 58857 58858 801 9223372036854775808"},
		{"id=801", "801"},
		{"!id:8", "601 602 701"},
		{"cert:edge", "601"},
		{"certificate:edge", "601"},
		{`cert="connector" id:70`, "701"},
		{"kind:service-edge", "601 602"},
		{`kind:"service edge"`, "601 602"},
		{"kind:controller", "801 9223372036854775808"},
		{"by:3", all},
		{"by=3", "58858"},
		{"microtenant:lab", "601"},
		{"microtenant=7007", "601"},
		// states and flags
		{"state:ok", "58858 601"},
		{"State:OK", "58858 601"},
		{`state:"used up"`, "58857"},
		{"state:used-up", "58857"},
		{"state:used_up", "58857"},
		{"state:nearly-used-up", "58856 9223372036854775808"},
		{"state:certificate-expired", "602"},
		{"state:disabled", "701"},
		{"state:hidden", ""},
		{"state:expired", "801"},
		{"!state:ok !state:expired", "58856 58857 602 701 9223372036854775808"},
		{"is:managed", "601"},
		{"is:hidden", "701"},
		{"is:disabled", "701"},
		{"is:expired", "801"},
		{"!is:exportable", "701"},
		{"is:Marked", "58857 602"},
		{"!is:marked west", "58856 58858"},
		// comparisons
		{"used>=80%", "58856 58857 801 9223372036854775808"},
		{"uses>=80%", "58856 58857 801 9223372036854775808"},
		{"used=100%", "58857 801"},
		{"used>40", "58856"},
		{"used<=1", "601 602 701 801"},
		{"left<5", "58857 701 801 9223372036854775808"},
		{"left=0", "58857 801"},
		{"left<10%", "58857 801"},
		{"left<=20%", "58856 58857 801 9223372036854775808"},
		{"max>99", "58858"},
		{"max>=0010", "58856 58857 58858"},
		{"!max>5", "601 602 701 801 9223372036854775808"},
		// times: ended certificates count as below, unknown ones never match
		{"cert<30d", "602"},
		{"cert<31d", "601 602"},
		{"cert<=30d", "601 602"},
		{"cert=30d", "601"},
		{"cert>30d", "58856 58857 58858 701 9223372036854775808"},
		{"cert>=30d", "58856 58857 58858 601 701 9223372036854775808"},
		{"cert<5w", "601 602"},
		{"cert<725h", "602"},
		{"cert=725H", "601"},
		{"cert<0d", "602"},
		{"cert>=0d id:8", "58856 58857 58858 9223372036854775808"},
		{"modified<7d", "58858"},
		{"modified>=20d id:8", "58856 58857 801"},
		{"created<1d", "9223372036854775808"},
		{"created>14w id:588", ""},
		{"created=14w id:588", "58856 58857 58858"},
		{"expires<30d", "801 9223372036854775808"},
		{"expires<29d", "801"},
		{"expires>=0h", "9223372036854775808"},
	}
	marked := func(r client.Ref) bool { return r.ID == "58857" || r.ID == "602" }
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			if got := find(t, tt.text, catalog.Query{Marked: marked}); got != tt.want {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
}

func TestNothingIsMarkedWithoutMarks(t *testing.T) {
	if got := find(t, "is:marked", catalog.Query{}); got != "" {
		t.Errorf("found %q", got)
	}
}

func TestStateFollowsTheThreshold(t *testing.T) {
	got := find(t, "state:nearly-used-up", catalog.Query{Near: client.Threshold{Left: 2, Percent: 100}})
	if want := "9223372036854775808"; got != want {
		t.Errorf("found %q, want %q", got, want)
	}
}

// The key's other fields share no character with its text, so whatever is
// found is found in the text.
func TestFilterNeverLooksIntoTheKeyText(t *testing.T) {
	var c catalog.Catalog
	c.Put(client.Key{Kind: "~", ID: "~", Name: "~", Text: client.NewSecret(fakeText), Exportable: true})
	for _, column := range []string{"", "name:", "group:", "cert:", "by:", "id:", "microtenant:"} {
		for from := range len(fakeText) {
			for to := from + 1; to <= len(fakeText); to++ {
				f := parse(t, fmt.Sprintf("%s%q", column, fakeText[from:to]))
				if found := c.Select(catalog.Query{Filter: f, Now: now()}); len(found) > 0 {
					t.Fatalf("%s found a key by characters %d to %d of its text", column, from, to)
				}
			}
		}
	}
}

func TestHostileNamesAreFoundByWhatTheyHold(t *testing.T) {
	tests := []struct{ text, want string }{
		{"]52;c", "901"},
		{"\x1b[2J", "901"},
		{`"[31mRED"`, "901"},
		{"\"UTF8 \xc3\"", "902"},
		{"utf8", "902"},
		{"LONG-9long", "903"},
		{"7777777777", "903"},
		{"inside\x00", ""},
		{"nul\x00inside", "904"},
		{"\"flip\u00a0NBSP\"", "904"},
		{"\u202eflip", "904"},
		{`"` + "nbsp\xff\x00" + `"`, ""},
		{"kind:unknown", ""},
		{"kind:no-kind", ""},
	}
	var c catalog.Catalog
	c.Put(hostile()...)
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%q", tt.text), func(t *testing.T) {
			got := ""
			for _, ref := range c.Select(catalog.Query{Filter: parse(t, tt.text), Now: now()}) {
				got += string(ref.ID)
			}
			if got != tt.want {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
}

func TestMatchAgreesWithSelect(t *testing.T) {
	for _, text := range []string{"west !blue", "cert<30d", "state:ok", "is:marked", "left<10%"} {
		q := catalog.Query{Filter: parse(t, text), Now: now(), Marked: func(r client.Ref) bool { return r.ID == "601" }}
		var c catalog.Catalog
		c.Put(sample()...)
		selected := make(map[client.Ref]bool)
		for _, ref := range c.Select(q) {
			selected[ref] = true
		}
		for _, k := range sample() {
			if got := q.Filter.Match(k, q); got != selected[k.Ref()] {
				t.Errorf("%s: Match of %s = %v, Select says %v", text, k.ID, got, !got)
			}
		}
	}
}

func TestFilterPrintsWhatParsesToItself(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{`  "EU   West"   !Test `, `"EU   West" !Test`},
		{`"one"`, "one"},
		{`"a:b" "!x" """"`, `"a:b" "!x" """"`},
		{`NAME:"x" group="EU West"`, `name:x group="EU West"`},
		{`name:a:b id:5"disk name:"""q"`, `name:a:b id:5"disk name:"""q"`},
		{"Uses>=080% certificate<30D", "used>=80% cert<30d"},
		{`cert="Connector" cert=30d cert:x`, `cert="Connector" cert=30d cert:x`},
		{"state:Used_Up state:OK !is:MANAGED", `state:"used up" state:ok !is:managed`},
	}
	for _, tt := range tests {
		if got := parse(t, tt.text).String(); got != tt.want {
			t.Errorf("%q prints as %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestAWholeGroupOrCertificateMayBeAskedForByItsID(t *testing.T) {
	t.Parallel()
	var c catalog.Catalog
	c.Put(
		client.Key{Kind: client.AppConnector, ID: "1", GroupID: "700", Group: "Same", CertificateID: "9"},
		client.Key{Kind: client.AppConnector, ID: "2", GroupID: "7001", Group: "Same", CertificateID: "99"},
	)
	for text, want := range map[string]int{`group="700"`: 1, `group="Same"`: 2, "group:700": 0, `cert="9"`: 1, `!group="700"`: 1} {
		f, err := catalog.ParseFilter(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(c.Select(catalog.Query{Filter: f})); got != want {
			t.Errorf("%s selects %d keys, want %d", text, got, want)
		}
	}
}
