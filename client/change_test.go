package client

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// someKey is a key of which few values are possible, so that two are often alike.
func someKey(rng *rand.Rand) Key {
	one := func(values ...string) string { return values[rng.IntN(len(values))] }
	k := Key{
		Kind: AppConnector, ID: "58856", Name: one("a", "b"), MaxUses: 1 + rng.Int64N(2), Uses: rng.Int64N(5),
		CertificateID: ID(one("6573", "6574")), Enabled: rng.IntN(2) == 0, Exportable: rng.IntN(2) == 0, ModifiedBy: one("3", "-2"),
	}
	k.Certificate = "certificate " + string(k.CertificateID)
	if rng.IntN(3) > 0 {
		zone := time.FixedZone("somewhere", 3600*rng.IntN(3))
		k.Expires = time.Unix(1_900_000_000+rng.Int64N(2), rng.Int64N(1000)).In(zone)
	}
	switch rng.IntN(4) {
	case 0:
		k.AllowedAddresses = []string{"192.0.2.7", "192.0.2.0/24"}
	case 1:
		k.AllowedAddresses = []string{"192.0.2.0/24", "192.0.2.7"} // the same in another order
	case 2:
		k.AllowedAddresses = []string{}
	}
	return k
}

// What is different, what a change makes and what counts as a conflict are one.
func TestDifferenceChangeAndConflictsAgree(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	alike := 0
	for range 20_000 {
		from, to := someKey(rng), someKey(rng)
		ch := Difference(from, to)
		after := ch.Applied(from)
		if ch.IsZero() {
			alike++
		}
		switch {
		case !ch.heldBy(to) || !ch.heldBy(after):
			t.Fatalf("%+v is not held by what it makes", ch)
		case !Difference(from, from).IsZero():
			t.Fatalf("%+v differs from itself", from)
		case !Difference(after, to).IsZero():
			t.Fatalf("%+v is left of %+v", Difference(after, to), ch)
		case ch.IsZero() != (len(Conflicts(from, to)) == 0):
			t.Fatalf("the change is %+v, the conflicts are %+v", ch, Conflicts(from, to))
		case ch.IsZero() != ch.heldBy(from):
			t.Fatalf("%+v is held by what it changes", ch)
		case !Difference(Difference(after, from).Applied(after), from).IsZero():
			t.Fatalf("%+v is not undone", ch)
		case after.Uses != from.Uses || after.ModifiedBy != from.ModifiedBy || after.ID != from.ID:
			t.Fatal("it changes what nobody can change")
		}
	}
	if alike < 10 {
		t.Errorf("only %d pairs were alike: the search is blind", alike)
	}
}

func TestEachFieldThatDiffersIsOneConflictAndOneChange(t *testing.T) {
	base := sound()
	for field, edit := range map[Field]func(*Key){
		FieldName: func(k *Key) { k.Name = "x" }, FieldMaxUses: func(k *Key) { k.MaxUses++ }, FieldEnabled: disabled,
		FieldExportable: unexportable, FieldCertificate: func(k *Key) { k.CertificateID = "x" },
		FieldExpires:          expires(testNow),
		FieldAllowedAddresses: func(k *Key) { k.AllowedAddresses = []string{"192.0.2.7"} },
	} {
		other := sound(edit)
		conflicts := Conflicts(base, other)
		if len(conflicts) != 1 || conflicts[0].Field != field || Difference(base, other).IsZero() || Difference(other, base).IsZero() {
			t.Errorf("%s: %+v", field, conflicts)
		}
	}
	for what, edit := range map[string]func(*Key){
		"uses": func(k *Key) { k.Uses++ }, "times": func(k *Key) { k.Modified = testNow },
		"who changed it": func(k *Key) { k.ModifiedBy = "3" }, "the certificate's name alone": func(k *Key) { k.Certificate = "x" },
		"part of a second": func(k *Key) { k.Expires = k.Expires.Add(time.Nanosecond) },
		"another zone":     func(k *Key) { k.Expires = k.Expires.In(time.FixedZone("x", 7200)) },
	} {
		ends := expires(testNow)
		if a, b := sound(ends), sound(ends, edit); len(Conflicts(a, b)) != 0 || !Difference(a, b).IsZero() {
			t.Errorf("%s: %+v", what, Conflicts(a, b))
		}
	}
}

func TestTakingBackPutsEverythingBackButAHiddenText(t *testing.T) {
	before := sound(func(k *Key) { k.AllowedAddresses = []string{"192.0.2.7"} })
	after := sound(disabled, unexportable, used(1, 77), expires(testNow), func(k *Key) { k.Name = "renamed" })
	back := Updated{Before: before, After: after}.Taken()
	got := back.Applied(after)
	if back.Exportable != nil || back.check(after) != nil {
		t.Error("it would show a hidden text again")
	}
	if left := Conflicts(got, before); len(left) != 1 || left[0].Field != FieldExportable {
		t.Errorf("left: %+v", left)
	}
	if !(Updated{Before: before, After: before}).Taken().IsZero() {
		t.Error("of no change something is taken back")
	}
}

func TestAppliedNamesNoCertificateThatIsAnothers(t *testing.T) {
	k := sound(func(k *Key) { k.Certificate, k.CertificateID = "Connector", "6573" })
	same, other := ID("6573"), ID("6574")
	if got := (Change{CertificateID: &same}).Applied(k); got.Certificate != "Connector" || got.CertificateEnd != k.CertificateEnd {
		t.Error("the same certificate lost its name or its end")
	}
	got := Change{CertificateID: &other}.Applied(k)
	if got.Certificate != "" || !got.CertificateEnd.IsZero() || certificateWords(got) != "6574" {
		t.Errorf("%q until %v, in words %q", got.Certificate, got.CertificateEnd, certificateWords(got))
	}
}

func TestAppliedLeavesTheKeyAlone(t *testing.T) {
	k := sound(func(k *Key) { k.AllowedAddresses = []string{"192.0.2.7"} })
	name, list := "renamed", []string{}
	if got := (Change{Name: &name, AllowedAddresses: &list}).Applied(k); got.Name != name || len(got.AllowedAddresses) != 0 {
		t.Errorf("%+v", got)
	}
	if k.Name != "bkk-dc1" || !slices.Equal(k.AllowedAddresses, []string{"192.0.2.7"}) {
		t.Error("the key itself has changed")
	}
}

func TestWhatTheServerWouldRefuseIsRefusedHere(t *testing.T) {
	on, off, low, name := true, false, int64(4), "x"
	for what, c := range map[string]struct {
		held   Key
		change Change
		want   error
	}{
		"managed":               {sound(managed), Change{Name: &name}, ErrManaged},
		"shown again":           {sound(unexportable), Change{Exportable: &on}, &FieldError{FieldExportable, "cannot be turned on again"}},
		"below its uses":        {sound(used(5, 10)), Change{MaxUses: &low}, &LimitError{4, 5}},
		"hidden":                {sound(), Change{Exportable: &off}, nil},
		"hidden already":        {sound(unexportable), Change{Exportable: &off}, nil},
		"a name against a rule": {sound(), Change{Name: &name}, nil},
	} {
		err := c.change.check(c.held)
		if (err == nil) != (c.want == nil) || err != nil && err.Error() != c.want.Error() {
			t.Errorf("%s: %v, want %v", what, err, c.want)
		}
	}
	if !errors.Is((Change{}).check(sound(readOnly)), ErrManaged) {
		t.Error("a read-only key may be changed")
	}
}
