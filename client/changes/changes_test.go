package changes_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/client/changes"
)

var (
	before = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	after  = before.Add(time.Minute)
	moment = before.Add(30 * time.Second) // between the two
)

const fakeText = "3|mock.example|FAKEFAKEFAKE-000000000000000042"

// sound returns a key that is ok, used 10 of 100 times.
func sound(name string) client.Key {
	return client.Key{
		Kind: client.AppConnector, ID: client.ID("id-" + name), Name: name, Group: "Bangkok", Uses: 10, MaxUses: 100,
		CertificateID: "6573", Certificate: "Connector", CertificateEnd: before.Add(time.Hour),
		Enabled: true, Exportable: true, Text: client.NewSecret(fakeText),
	}
}

// told returns what happened, "name: event" each.
func told(list []changes.Change) []string {
	var lines []string
	for _, c := range list {
		lines = append(lines, c.After.Name+": "+string(c.Event))
	}
	return lines
}

func between(was, is []client.Key) []changes.Change {
	return changes.Between(changes.Sight{Keys: was, At: before}, changes.Sight{Keys: is, At: after}, client.Threshold{})
}

func TestWhatHappenedToAKeyIsToldInOrder(t *testing.T) {
	used := func(uses, limit int64) func(*client.Key) {
		return func(k *client.Key) { k.Uses, k.MaxUses = uses, limit }
	}
	none := func(*client.Key) {}
	for what, c := range map[string]struct {
		was, is func(*client.Key)
		want    []changes.Event
	}{
		"nothing":                  {none, none, nil},
		"one enrolment":            {none, used(11, 100), []changes.Event{changes.Enrolled}},
		"the last use":             {used(4, 5), used(5, 5), []changes.Event{changes.Enrolled, changes.UsedUp}},
		"from ok to used up":       {used(1, 5), used(5, 5), []changes.Event{changes.Enrolled, changes.UsedUp}},
		"nearly the last":          {used(79, 100), used(80, 100), []changes.Event{changes.Enrolled, changes.NearlyUsedUp}},
		"nearly, still":            {used(80, 100), used(81, 100), []changes.Event{changes.Enrolled}},
		"raised from used up":      {used(5, 5), used(5, 6), []changes.Event{changes.Raised}},
		"lowered to its uses":      {none, used(10, 10), []changes.Event{changes.Lowered, changes.UsedUp}},
		"raised and used":          {used(5, 5), used(6, 7), []changes.Event{changes.Raised, changes.Enrolled}},
		"uses that fell":           {none, used(9, 100), nil},
		"disabled":                 {none, func(k *client.Key) { k.Enabled = false }, []changes.Event{changes.Disabled}},
		"enabled":                  {func(k *client.Key) { k.Enabled = false }, none, []changes.Event{changes.Enabled}},
		"its time came":            {func(k *client.Key) { k.Expires = moment }, func(k *client.Key) { k.Expires = moment }, []changes.Event{changes.Expired}},
		"an end set in the past":   {none, func(k *client.Key) { k.Expires = before }, []changes.Event{changes.Expired, changes.Changed}},
		"an end taken away":        {func(k *client.Key) { k.Expires = before }, none, []changes.Event{changes.Changed}},
		"its certificate ended":    {func(k *client.Key) { k.CertificateEnd = moment }, func(k *client.Key) { k.CertificateEnd = moment }, []changes.Event{changes.CertificateExpired}},
		"an end that became known": {func(k *client.Key) { k.CertificateEnd = time.Time{} }, func(k *client.Key) { k.CertificateEnd = before }, nil},
		"hidden":                   {none, func(k *client.Key) { k.Exportable, k.Text = false, client.Secret{} }, []changes.Event{changes.Hidden}},
		"renamed":                  {none, func(k *client.Key) { k.Name = "other" }, []changes.Event{changes.Renamed}},
		"two other fields": {none, func(k *client.Key) {
			k.CertificateID, k.AllowedAddresses = "6574", []string{"192.0.2.1"}
		}, []changes.Event{changes.Changed}},
		"times alone": {none, func(k *client.Key) { k.Modified, k.ModifiedBy = after, "3" }, nil},
		"addresses in another order": {
			func(k *client.Key) { k.AllowedAddresses = []string{"192.0.2.1", "192.0.2.2"} },
			func(k *client.Key) { k.AllowedAddresses = []string{"192.0.2.2", "192.0.2.1"} }, nil,
		},
		"everything at once": {used(79, 100), func(k *client.Key) {
			k.Name, k.Enabled, k.Uses, k.MaxUses, k.Exportable, k.CertificateID = "other", false, 90, 90, false, "6574"
		}, []changes.Event{changes.Renamed, changes.Disabled, changes.Lowered, changes.Enrolled, changes.UsedUp, changes.Hidden, changes.Changed}},
	} {
		t.Run(what, func(t *testing.T) {
			was, is := sound("a"), sound("a")
			c.was(&was)
			c.is(&is)
			var got []changes.Event
			for _, one := range between([]client.Key{was}, []client.Key{is}) {
				got = append(got, one.Event)
				if one.Before.Name != was.Name || one.After.Name != is.Name {
					t.Errorf("%s is told of %q and %q", one.Event, one.Before.Name, one.After.Name)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("told is %q, want %q", got, c.want)
			}
		})
	}
}

func TestKeysComeAndGoByNameInNaturalOrder(t *testing.T) {
	edge := sound("asg-2")
	edge.Kind = client.ServiceEdge

	got := told(between([]client.Key{sound("asg-10"), sound("stays")}, []client.Key{sound("stays"), edge, sound("Asg-2")}))

	if want := []string{"Asg-2: created", "asg-2: created", "asg-10: deleted"}; !slices.Equal(got, want) {
		t.Errorf("told is %q, want %q", got, want)
	}
}

func TestKeyThatAListBringsTwiceIsOne(t *testing.T) {
	newer := sound("a")
	newer.Uses++

	got := told(between([]client.Key{sound("a"), sound("a")}, []client.Key{sound("a"), newer}))

	if want := []string{"a: enrolled"}; !slices.Equal(got, want) {
		t.Errorf("told is %q, want %q", got, want)
	}
}

func TestChangesSayByHowMuchAndWhichFields(t *testing.T) {
	is := sound("b")
	is.Uses, is.MaxUses, is.Expires, is.CertificateID, is.Certificate = 13, 120, after.Add(time.Hour), "6574", "Connector 2027"

	list := between([]client.Key{sound("b")}, []client.Key{is})

	if len(list) != 3 {
		t.Fatalf("told is %q", told(list))
	}
	for i, want := range []struct {
		uses   int64
		fields string
	}{
		{0, "[{max uses 100 120}]"},
		{3, "[]"},
		{0, "[{signing certificate Connector (6573) Connector 2027 (6574)} {expiry never 2026-11-22T13:01:00Z}]"},
	} {
		if got := fmt.Sprint(list[i].Fields); list[i].Uses() != want.uses || got != want.fields {
			t.Errorf("%s: uses %d, fields %s", list[i].Event, list[i].Uses(), got)
		}
	}
}

// edit is one thing that may happen to a key that is ok, and what is told of it.
type edit struct {
	event changes.Event
	make  func(*client.Key)
}

// edits are independent of one another, so that any of them may happen at once.
func edits() []edit {
	return []edit{
		{changes.Renamed, func(k *client.Key) { k.Name += " renamed" }},
		{changes.Disabled, func(k *client.Key) { k.Enabled = false }},
		{changes.Raised, func(k *client.Key) { k.MaxUses += 20 }},
		{changes.Enrolled, func(k *client.Key) { k.Uses += 7 }},
		{changes.Expired, func(k *client.Key) { k.Expires = moment }},
		{changes.CertificateExpired, func(k *client.Key) { k.CertificateEnd = moment }},
		{changes.Hidden, func(k *client.Key) { k.Text = client.Secret{} }},
	}
}

func TestRandomEditsAreToldExactly(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		var was, is []client.Key
		var want []string
		for i := range r.IntN(12) {
			k := sound(fmt.Sprintf("key %d", i))
			switch r.IntN(6) {
			case 0:
				was = append(was, k)
				want = append(want, k.Name+": deleted")
				continue
			case 1:
				is = append(is, k)
				want = append(want, k.Name+": created")
				continue
			}
			was = append(was, k)
			var events []changes.Event
			for _, e := range edits() {
				if r.IntN(4) == 0 {
					e.make(&k)
					events = append(events, e.event)
				}
			}
			if k.Expires.Equal(moment) { // who sets an end changes a field, too
				events = append(events, changes.Changed)
			}
			for _, e := range events {
				want = append(want, k.Name+": "+string(e))
			}
			is = append(is, k)
		}

		shuffle := func(keys []client.Key) []client.Key {
			keys = slices.Clone(keys)
			r.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
			return keys
		}
		list := between(shuffle(was), shuffle(is))
		got := told(list)
		if again := told(between(was, is)); !slices.Equal(got, again) {
			t.Fatalf("seed %d: the order of the lists makes %q of %q", seed, got, again)
		}
		slices.Sort(want)
		if sorted := slices.Sorted(slices.Values(got)); !slices.Equal(sorted, want) {
			t.Fatalf("seed %d: told is\n%s\nwant\n%s", seed, strings.Join(sorted, "\n"), strings.Join(want, "\n"))
		}
		if none := between(is, is); slices.ContainsFunc(none, func(c changes.Change) bool { return !stateByTime(c.Event) }) {
			t.Fatalf("seed %d: nothing happened, and told is %q", seed, told(none))
		}
	}
}

// stateByTime reports whether time alone brings a key into the state.
func stateByTime(e changes.Event) bool {
	return e == changes.Expired || e == changes.CertificateExpired
}
