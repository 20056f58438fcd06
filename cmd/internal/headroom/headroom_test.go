package headroom

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
)

const day = 24 * time.Hour

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// usual are the limits of the command line's defaults.
func usual() Limits {
	return Limits{Warn: Limit{percent: 80}, Crit: Limit{percent: 95}, Certificate: 30 * day, Expiry: 14 * day}
}

// key is one that takes newcomers for a long time.
func key(name string, uses, maxUses int64) client.Key {
	return client.Key{
		Kind: client.AppConnector, ID: client.ID(name), Name: name, Group: "EU West 1", Uses: uses, MaxUses: maxUses, Enabled: true, Exportable: true,
		Certificate: "Connector", CertificateID: "6573", CertificateEnd: noon.Add(400 * day), Text: client.NewSecret("3|mock.example|fake"),
	}
}

func with(k client.Key, change func(*client.Key)) client.Key {
	change(&k)
	return k
}

func TestVerdictOnEachCondition(t *testing.T) {
	t.Parallel()
	ends := func(at time.Time) func(*client.Key) { return func(k *client.Key) { k.CertificateEnd = at } }
	expires := func(at time.Time) func(*client.Key) { return func(k *client.Key) { k.Expires = at } }
	plenty := key("k", 1, 100)
	for name, tc := range map[string]struct {
		key  client.Key
		want Status
		why  []string
	}{
		"plenty":                 {plenty, OK, nil},
		"one use before warning": {key("k", 79, 100), OK, nil},
		"warning reached":        {key("k", 80, 100), Warning, []string{"20 left (80/100)"}},
		"one use before crit":    {key("k", 94, 100), Warning, []string{"6 left (94/100)"}},
		"critical reached":       {key("k", 95, 100), Critical, []string{"5 left (95/100)"}},
		"used up":                {key("k", 10, 10), Critical, []string{"used up (10/10)"}},
		"more uses than max":     {key("k", 12, 10), Critical, []string{"used up (12/10)"}},
		"for one use":            {key("k", 0, 1), OK, nil},
		"a share with a rest":    {key("k", 8, 11), OK, nil},
		"that share reached":     {key("k", 9, 11), Warning, []string{"2 left (9/11)"}},
		"hidden":                 {with(plenty, func(k *client.Key) { k.Exportable = false }), OK, nil},
		"certificate unknown":    {with(plenty, ends(time.Time{})), OK, nil},
		"certificate far off":    {with(plenty, ends(noon.Add(30*day+1))), OK, nil},
		"certificate ending":     {with(plenty, ends(noon.Add(30*day))), Warning, []string{"signing certificate ends in 30d"}},
		"certificate today":      {with(plenty, ends(noon.Add(90*time.Minute))), Warning, []string{"signing certificate ends in 1h"}},
		"certificate ended now":  {with(plenty, ends(noon)), Critical, []string{"signing certificate ended on 2026-11-22"}},
		"expiring":               {with(plenty, expires(noon.Add(14*day))), Warning, []string{"expires in 14d"}},
		"expiring in a minute":   {with(plenty, expires(noon.Add(time.Minute))), Warning, []string{"expires in less than 1h"}},
		"expiring later":         {with(plenty, expires(noon.Add(14*day+1))), OK, nil},
		"the worst comes first": {with(key("k", 80, 100), ends(noon.Add(-day))), Critical, []string{
			"signing certificate ended on 2026-11-21", "20 left (80/100)",
		}},
	} {
		r := Judge([]client.Key{tc.key}, usual(), noon)

		if r.Status() != tc.want || len(r.Keys) != 1 {
			t.Fatalf("%s: %v of %d keys, want %v of 1", name, r.Status(), len(r.Keys), tc.want)
		}
		var why []string
		for _, of := range r.Keys[0].Reasons {
			why = append(why, of.Words)
		}
		if diff := cmp.Diff(tc.want.String(), r.Keys[0].Status.String()) + cmp.Diff(tc.why, why); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", name, diff)
		}
	}
}

func TestKeysThatTakeNobodyOnPurposeCountOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	fine := key("k", 0, 100)
	for name, tc := range map[string]struct {
		key client.Key
		all Status
	}{
		"disabled":  {with(fine, func(k *client.Key) { k.Enabled = false }), Critical},
		"expired":   {with(fine, func(k *client.Key) { k.Expires = noon }), Critical},
		"managed":   {with(fine, func(k *client.Key) { k.ZscalerManaged = true }), OK},
		"read-only": {with(fine, func(k *client.Key) { k.ReadOnly, k.Uses = true, 100 }), Critical},
	} {
		limits := usual()
		if r := Judge([]client.Key{tc.key}, limits, noon); len(r.Keys) != 0 || r.Skipped != 1 {
			t.Errorf("%s: %d keys count, %d do not", name, len(r.Keys), r.Skipped)
		}
		limits.All = true
		if r := Judge([]client.Key{tc.key}, limits, noon); len(r.Keys) != 1 || r.Status() != tc.all {
			t.Errorf("%s: of all %d keys it is %v, want %v of 1", name, len(r.Keys), r.Status(), tc.all)
		}
	}
}

func TestWorstKeysComeFirstAndKeepTheirOrder(t *testing.T) {
	t.Parallel()
	keys := []client.Key{key("fine", 0, 9), key("near-1", 8, 10), key("gone-1", 9, 9), key("near-2", 8, 10), key("gone-2", 9, 9)}

	r := Judge(keys, usual(), noon)

	var names []string
	for _, v := range r.Keys {
		names = append(names, v.Key.Name)
	}
	if want := []string{"gone-1", "gone-2", "near-1", "near-2", "fine"}; !slices.Equal(names, want) {
		t.Errorf("the order is %v, want %v", names, want)
	}
	if r.Count(OK) != 1 || r.Count(Warning) != 2 || r.Count(Critical) != 2 {
		t.Errorf("%d ok, %d warning, %d critical", r.Count(OK), r.Count(Warning), r.Count(Critical))
	}
}

func TestWhatFailedHidesNothingButWhatIsCritical(t *testing.T) {
	t.Parallel()
	denied, failed := Lack{Denied: true}, Lack{}
	for _, tc := range []struct {
		uses  int64 // of 10
		lacks []Lack
		want  Status
	}{
		{1, []Lack{denied}, OK},
		{8, []Lack{denied}, Warning},
		{1, []Lack{denied, failed}, Unknown},
		{8, []Lack{failed}, Unknown},
		{10, []Lack{failed}, Critical},
	} {
		r := Judge([]client.Key{key("k", tc.uses, 10)}, usual(), noon)
		r.Lacks = tc.lacks
		if got := r.Status(); got != tc.want {
			t.Errorf("%d of 10 without %+v is %v, want %v", tc.uses, tc.lacks, got, tc.want)
		}
	}
}

func TestHostileCountsOverflowIntoNothing(t *testing.T) {
	t.Parallel()
	most, least := int64(math.MaxInt64), int64(math.MinInt64)
	keys := []client.Key{key("a", most, most), key("b", 0, most), key("c", least, most), key("d", most, least), key("e", least, least)}

	r := Judge(keys, usual(), noon)

	if got := (Totals{Uses: most, MaxUses: most, Left: most}); r.Totals() != got {
		t.Errorf("the totals are %+v, want %+v", r.Totals(), got)
	}
	for _, v := range r.Keys {
		fine := v.Key.Name == "b" || v.Key.Name == "c"
		if (v.Status == OK) != fine {
			t.Errorf("%s is %v: %v", v.Key.Name, v.Status, v.Reasons)
		}
	}
}
