package catalog_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/client/catalog"
)

// condition is a term of a filter beside the plainest way to answer it, which
// shares nothing with the package's own.
type condition struct {
	text  string
	holds func(client.Key) bool
}

// relations are the five comparisons, by how two things compare.
func relations() map[string]func(c int) bool {
	return map[string]func(c int) bool{
		"<": func(c int) bool { return c < 0 }, "<=": func(c int) bool { return c <= 0 },
		">": func(c int) bool { return c > 0 }, ">=": func(c int) bool { return c >= 0 },
		"=": func(c int) bool { return c == 0 },
	}
}

func conditions() []condition {
	all := slices.Concat(textConditions(), stateConditions())
	for sign, holds := range relations() {
		all = append(all, numberConditions(sign, holds)...)
		all = append(all, timeConditions(sign, holds)...)
	}
	slices.SortFunc(all, func(a, b condition) int { return strings.Compare(a.text, b.text) })
	return all
}

func textConditions() []condition {
	var all []condition
	for _, word := range []string{"e", "west", "EU", "1", "58", "ü", "zz", "-", "\x1b[", "long"} {
		in := func(text string) bool { return strings.Contains(strings.ToLower(text), strings.ToLower(word)) }
		all = append(all,
			condition{word, func(k client.Key) bool { return in(k.Name) || in(k.Group) || in(string(k.ID)) }},
			condition{"name:" + word, func(k client.Key) bool { return in(k.Name) }},
			condition{"group:" + word, func(k client.Key) bool { return in(k.Group) }},
			condition{"id:" + word, func(k client.Key) bool { return in(string(k.ID)) }},
			condition{"by:" + word, func(k client.Key) bool { return in(k.ModifiedBy) }},
			condition{"cert:" + word, func(k client.Key) bool { return in(k.Certificate) }},
			condition{"kind:" + word, func(k client.Key) bool { return in(string(k.Kind)) || in(k.Kind.Title()) }},
		)
	}
	return all
}

func stateConditions() []condition {
	all := []condition{
		{"is:managed", func(k client.Key) bool { return k.ReadOnly || k.ZscalerManaged }},
		{"is:marked", func(k client.Key) bool { return marked(k.Ref()) }},
		{"is:hidden", func(k client.Key) bool { return !k.Exportable || k.Text.Reveal() == "" }},
		{"is:disabled", func(k client.Key) bool { return !k.Enabled }},
		{"is:expired", func(k client.Key) bool { return !k.Expires.IsZero() && !k.Expires.After(now()) }},
		{"is:exportable", func(k client.Key) bool { return k.Exportable }},
	}
	for s := client.Expired; s <= client.OK; s++ {
		all = append(all, condition{"state:" + strings.ReplaceAll(s.String(), " ", "-"), func(k client.Key) bool {
			return k.States(now(), client.Threshold{})[0] == s
		}})
	}
	return all
}

func numberConditions(sign string, holds func(int) bool) []condition {
	var all []condition
	for _, n := range []int64{0, 1, 5, 40, 80, 100} {
		than := func(m int64) bool { return holds(big.NewInt(m).Cmp(big.NewInt(n))) }
		share := func(m, whole, ofNothing int64) bool {
			if whole <= 0 {
				return than(ofNothing)
			}
			percent := new(big.Rat).SetFrac(big.NewInt(m), big.NewInt(whole))
			return holds(percent.Mul(percent, big.NewRat(100, 1)).Cmp(big.NewRat(n, 1)))
		}
		all = append(all,
			condition{fmt.Sprintf("used%s%d", sign, n), func(k client.Key) bool { return than(k.Uses) }},
			condition{fmt.Sprintf("left%s%d", sign, n), func(k client.Key) bool { return than(k.Left()) }},
			condition{fmt.Sprintf("max%s%d", sign, n), func(k client.Key) bool { return than(k.MaxUses) }},
			condition{fmt.Sprintf("used%s%d%%", sign, n), func(k client.Key) bool { return share(k.Uses, k.MaxUses, 100) }},
			condition{fmt.Sprintf("left%s%d%%", sign, n), func(k client.Key) bool { return share(k.Left(), k.MaxUses, 0) }},
		)
	}
	return all
}

func timeConditions(sign string, holds func(int) bool) []condition {
	var all []condition
	for unit, length := range map[string]time.Duration{"h": time.Hour, "d": day, "w": 7 * day} {
		for _, n := range []int64{0, 3, 30} {
			// Whole units, counted by walking: no division, so no rounding to doubt.
			whole := func(d time.Duration) bool {
				units := int64(0)
				for ; d >= length; d -= length {
					units++
				}
				for ; d < 0; d += length {
					units--
				}
				return holds(big.NewInt(units).Cmp(big.NewInt(n)))
			}
			until := func(t time.Time) bool { return !t.IsZero() && whole(t.Sub(now())) }
			since := func(t time.Time) bool { return !t.IsZero() && whole(now().Sub(t)) }
			value := fmt.Sprintf("%s%d%s", sign, n, unit)
			all = append(all,
				condition{"cert" + value, func(k client.Key) bool { return until(k.CertificateEnd) }},
				condition{"expires" + value, func(k client.Key) bool { return until(k.Expires) }},
				condition{"modified" + value, func(k client.Key) bool { return since(k.Modified) }},
				condition{"created" + value, func(k client.Key) bool { return since(k.Created) }},
			)
		}
	}
	return all
}

func marked(r client.Ref) bool { return strings.HasSuffix(string(r.ID), "2") }

// Every condition alone and excluded, then seeded random pairs and triples of
// them, against the reference.
func TestFilterAgreesWithThePlainReference(t *testing.T) {
	var c catalog.Catalog
	c.Put(slices.Concat(sample(), hostile(), many(50))...)
	keys := c.Keys(c.Select(catalog.Query{}))
	all := conditions()
	random := rand.New(rand.NewPCG(5, 6))
	for i := range 2*len(all) + 500 {
		chosen, excluded := []condition{all[i%len(all)]}, []bool{i >= len(all)}
		if i >= 2*len(all) {
			for range 1 + random.IntN(2) {
				chosen = append(chosen, all[random.IntN(len(all))])
				excluded = append(excluded, random.IntN(2) == 0)
			}
		}
		var words []string
		for j, condition := range chosen {
			words = append(words, strings.Repeat("!", btoi(excluded[j]))+condition.text)
		}
		text := strings.Join(words, " ")
		var want []client.Ref
		for _, k := range keys {
			if holdAll(chosen, excluded, k) {
				want = append(want, k.Ref())
			}
		}
		got := c.Select(catalog.Query{Filter: parse(t, text), Now: now(), Marked: marked})
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, the reference %v", text, got, want)
		}
	}
}

func holdAll(chosen []condition, excluded []bool, k client.Key) bool {
	for i, condition := range chosen {
		if condition.holds(k) == excluded[i] {
			return false
		}
	}
	return true
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
