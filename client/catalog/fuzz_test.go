package catalog_test

import (
	"errors"
	"slices"
	"testing"

	"provkeys/client"
	"provkeys/client/catalog"
)

func FuzzParseFilter(f *testing.F) {
	for _, text := range []string{
		"", "west !blue", `"EU West" !"a b"`, `name:a:b group="x y"`, `cert="Connector" cert=30d`, `state:"used up"`,
		"is:managed !is:hidden", "used>=80% left<5 max>0100", "modified<7d created>2w expires<=30h", `"say ""hi"""`,
		"!", `"`, "used>", "10:30", "\xff\x00\u00a0\u0130", `!name:"!"`, "x\u2003y", "used!=5",
	} {
		f.Add(text)
	}
	var c catalog.Catalog
	c.Put(slices.Concat(sample(), hostile())...)
	f.Fuzz(func(t *testing.T, text string) {
		parsed, err := catalog.ParseFilter(text)
		if err != nil {
			var fault *catalog.FilterError
			if !errors.As(err, &fault) || fault.Position < 0 || fault.Position > len(text) || fault.Reason == "" {
				t.Fatalf("error %#v", err)
			}
			return
		}
		printed := parsed.String()
		again, err := catalog.ParseFilter(printed)
		if err != nil {
			t.Fatalf("%q prints as %q, which does not parse: %v", text, printed, err)
		}
		if twice := again.String(); twice != printed {
			t.Fatalf("%q prints as %q and then as %q", text, printed, twice)
		}
		q := catalog.Query{Filter: parsed, Now: now(), Marked: func(r client.Ref) bool { return r.ID == "601" }}
		want := c.Select(q)
		q.Filter = again
		if got := c.Select(q); !slices.Equal(got, want) {
			t.Fatalf("%q finds %v, printed as %q it finds %v", text, want, printed, got)
		}
	})
}

// The order must be one: a comparison that contradicts itself would sort the
// same keys one way today and another way tomorrow.
func FuzzNaturalOrderIsOneOrder(f *testing.F) {
	f.Add("asg-2", "asg-10", "ASG-010")
	f.Add("a0\xff", "a00", "a")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		keys := []client.Key{named("", "1", a), named("", "2", b), named("", "3", c)}
		var forward, backward catalog.Catalog
		forward.Put(keys...)
		for _, k := range slices.Backward(keys) {
			backward.Put(k)
		}
		want := forward.Select(catalog.Query{})
		if got := backward.Select(catalog.Query{}); !slices.Equal(got, want) {
			t.Fatalf("%v put one way, %v the other", want, got)
		}
	})
}
