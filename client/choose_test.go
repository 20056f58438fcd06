package client

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestCertificatesThatCanSignComeDefaultFirst(t *testing.T) {
	year := 365 * 24 * time.Hour
	certificate := func(id ID, name string) Certificate {
		return Certificate{ID: id, Name: name, AllowSigning: true, ValidFrom: testNow.Add(-year), ValidTo: testNow.Add(year)}
	}
	root, ended, future := certificate("1", "Root"), certificate("2", "A Ended"), certificate("3", "A Future")
	root.AllowSigning, ended.ValidTo, future.ValidFrom = false, testNow, testNow.Add(time.Second)
	certificates := []Certificate{
		certificate("9", "zeta"), root, certificate("4", "Service Edge"), ended, certificate("5", "Connector"),
		certificate("6", "beta"), future, certificate("7", "Alpha"),
	}
	signedWith := func(kind Kind, ids ...ID) (keys []Key) {
		for _, id := range ids {
			keys = append(keys, Key{Kind: kind, CertificateID: id})
		}
		return keys
	}
	for what, c := range map[string]struct {
		kind Kind
		keys []Key
		want string
	}{
		"app connector":       {AppConnector, nil, "Connector Alpha beta Service Edge zeta"},
		"service edge":        {ServiceEdge, nil, "Service Edge Alpha beta Connector zeta"},
		"no default":          {CloudController, nil, "Alpha beta Connector Service Edge zeta"},
		"what most have":      {CloudController, signedWith(CloudController, "9", "6", "9"), "zeta Alpha beta Connector Service Edge"},
		"one after the other": {AppConnector, signedWith(AppConnector, "9"), "Connector zeta Alpha beta Service Edge"},
		"as many of two":      {NetworkConnector, signedWith(NetworkConnector, "9", "6", "9", "6"), "beta Alpha Connector Service Edge zeta"},
		"another kind's":      {NetworkConnector, signedWith(ServiceEdge, "9", "9"), "Alpha beta Connector Service Edge zeta"},
		"most have one that has ended": {
			NetworkConnector, signedWith(NetworkConnector, "2", "2", "9"), "Alpha beta Connector Service Edge zeta",
		},
	} {
		var names []string
		for _, c := range UsableCertificates(c.kind, certificates, c.keys, testNow) {
			names = append(names, c.Name)
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("%s: %s, want %s", what, got, c.want)
		}
	}
	if certificates[1].Name != "Root" || len(certificates) != 8 {
		t.Error("the list that was given has changed")
	}
}

func TestWhyACertificateCannotSign(t *testing.T) {
	for _, c := range []struct {
		certificate Certificate
		say         string
	}{
		{Certificate{AllowSigning: true}, ""},
		{Certificate{AllowSigning: true, ValidFrom: testNow, ValidTo: testNow.Add(time.Second)}, ""},
		{Certificate{}, "signing"},
		{Certificate{AllowSigning: true, ValidTo: testNow}, "ended"},
		{Certificate{AllowSigning: true, ValidFrom: testNow.Add(time.Second)}, "not valid yet"},
	} {
		if got := c.certificate.WhyNot(testNow); (got == "") != (c.say == "") || !strings.Contains(got, c.say) {
			t.Errorf("%+v: %q, want %q", c.certificate, got, c.say)
		}
	}
}

func TestGroupsOfAKindComeFromItsKeys(t *testing.T) {
	in := func(kind Kind, id ID, name string) Key { return Key{Kind: kind, GroupID: id, Group: name} }
	got := GroupsOf(NetworkConnector, []Key{
		in(NetworkConnector, "2", "Tokyo"), in(NetworkConnector, "1", "bangkok"), in(ServiceEdge, "3", "Berlin"),
		in(NetworkConnector, "2", "Tokyo"), in(NetworkConnector, "", "none"), in(NetworkConnector, "4", "Tokyo"),
	})
	var words []string
	for _, g := range got {
		if g.Kind != NetworkConnector || !g.Enabled {
			t.Errorf("%+v", g)
		}
		words = append(words, string(g.ID)+" "+g.Name)
	}
	slices.Sort(words[1:]) // two of a name stand in either order
	if s := strings.Join(words, ", "); s != "1 bangkok, 2 Tokyo, 4 Tokyo" {
		t.Error(s)
	}
	for _, kind := range Kinds() {
		if kind.Listed() != (kind != NetworkConnector) {
			t.Errorf("%s: listed %v", kind, kind.Listed())
		}
	}
}

func TestNextNameCountsOn(t *testing.T) {
	for _, c := range []struct{ name, taken, want string }{
		{"asg", "", "asg-2"},
		{"asg", "asg-2 asg-3 asg-5", "asg-4"},
		{"asg-7", "", "asg-8"},
		{"asg-7", "asg-8 asg-9", "asg-10"},
		{"asg-1", "", "asg-2"},
		{"asg-0", "", "asg-0-2"},
		{"asg-07", "", "asg-8"},
		{"eu-west-1", "", "eu-west-2"},
		{"eu-west-1-asg", "", "eu-west-1-asg-2"},
		{"asg-999", "", "asg-1000"},
		{"backup-2026", "", "backup-2026-2"},
		{"asg-+7", "", "asg-8"},
		{"asg-", "", "asg--2"},
		{"-7", "", "-7-2"},
		{"R&D <lab>", "", "RD lab-2"},
		{"東京", "", "key-2"},
		{"東京", "key-2", "key-3"},
		{"", "", "key-2"},
		{"  a  ", "", "a-2"},
		{"a -7", "", "a-8"},
		{"\x1b[31mred\x1b[0m", "", "31mred0m-2"},
		{strings.Repeat("x", 300), "", strings.Repeat("x", 247) + "-2"},
	} {
		var keys []Key
		for name := range strings.FieldsSeq(c.taken) {
			keys = append(keys, Key{Name: name})
		}
		if got := NextName(c.name, keys); got != c.want {
			t.Errorf("after %q comes %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzNextName(f *testing.F) {
	for _, seed := range []string{"asg", "asg-7", "R&D <lab>", " - ", "\xff", "a -1", strings.Repeat("-9", 200), "x-999999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		first := NextName(name, nil)
		second := NextName(name, []Key{{Name: first}})
		if first == name || second == first {
			t.Errorf("after %q come %q and %q", name, first, second)
		}
		for _, next := range []string{first, second} {
			if err := CheckName(next); err != nil {
				t.Errorf("after %q comes %q: %v", name, next, err)
			}
		}
	})
}
