package diagnose_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/client/diagnose"
)

// damaged is a text after one damage, and what must be found out about it.
type damaged struct {
	text     string
	what     string
	traced   bool   // to its key; else it may be
	repaired bool   // to the byte
	differs  string // a part of the difference
}

// foreignCharacters are what a character may be changed into.
const foreignCharacters = "ABCxyz019+/=-|\\\"'`,;:!%&^_#~ .\t\u00e9\u200b\u201c"

// damage damages a text once.
type damage func(*rand.Rand, string) damaged

// damages returns every way of damaging a text once.
func damages() []damage { return append(losses(), additions()...) }

// losses are damages that leave something out or change it.
func losses() []damage {
	return []damage{
		cut(func(r *rand.Rand, text string) (string, string) {
			n := 1 + r.IntN(len(text)-1)
			return text[:len(text)-n], missingWords(n, "missing at the end")
		}),
		cut(func(r *rand.Rand, text string) (string, string) {
			n := 1 + r.IntN(len(text)-1)
			return text[n:], "missing"
		}),
		cut(func(r *rand.Rand, text string) (string, string) {
			from := 1 + r.IntN(len(text)-2)
			n := 1 + r.IntN(len(text)-1-from)
			return text[:from] + text[from+n:], missingWords(n, "missing")
		}),
		func(r *rand.Rand, text string) damaged { // another character
			all := []rune(foreignCharacters)
			at, into := r.IntN(len(text)), string(all[r.IntN(len(all))])
			if into == text[at:at+1] {
				into = "!"
			}
			return damaged{text[:at] + into + text[at+1:], "changed", true, false, fmt.Sprintf("character %d", at+1)}
		},
	}
}

// additions are damages that leave every character where it is, between others.
func additions() []damage {
	return []damage{
		func(r *rand.Rand, text string) damaged { // blanks
			for range 1 + r.IntN(4) {
				at := r.IntN(len(text) + 1)
				text = text[:at] + " " + text[at:]
			}
			return damaged{text, "blanks", true, true, "blank"}
		},
		func(r *rand.Rand, text string) damaged { // one more character
			all := []rune(foreignCharacters)
			at := r.IntN(len(text) + 1)
			return damaged{text[:at] + string(all[r.IntN(len(all))]) + text[at:], "inserted", true, false, ""}
		},
		func(r *rand.Rand, text string) damaged { // the whole text twice
			between := []string{"", " ", "\n", "\r\n", "\n\n"}
			return damaged{text + between[r.IntN(len(between))] + text, "doubled", true, true, "twice"}
		},
		func(r *rand.Rand, text string) damaged { // a line twice
			lines := wrapped(text, 8+r.IntN(90))
			at := r.IntN(len(lines))
			return damaged{strings.Join(slices.Insert(lines, at, lines[at]), "\n"), "line twice", true, len(lines[at]) >= 8, "twice"}
		},
		func(r *rand.Rand, text string) damaged { // a piece twice
			from := r.IntN(len(text) - 20)
			n := 8 + r.IntN(len(text)-from-8)
			// A host that has a piece twice may be one: only the tenant tells.
			inHost := strings.Count(text[:from], "|") == 1 && !strings.Contains(text[from:from+n], "|")
			return damaged{text[:from+n] + text[from:], "piece twice", true, !inHost, "twice"}
		},
		func(r *rand.Rand, text string) damaged { // what tools put around it
			around := []string{
				"\"%s\"", "'%s'", "`%s`", "\"%s", "“%s”", "‘%s’", "\ufeff%s", "\xff\xfe%s", "%s\r\n", "%s\n\n", "\t%s", "%s\u00a0", "\u200b%s",
				"\x1b[200~%s\x1b[201~", "0~%s1~", "export ZPA_PROVISION_KEY=%s", "ZPA_PROVISION_KEY='%s'", "provision_key: %s",
				"  \"provisioningKey\": \"%s\",", "%s,", "%s;", "$ %s", "root@host:~# %s", "echo \"%s\" > /opt/zscaler/var/provision_key",
			}
			return damaged{fmt.Sprintf(around[r.IntN(len(around))], text), "around", true, true, ""}
		},
		func(r *rand.Rand, text string) damaged { // what tools make of its characters
			into := [][2]string{{"|", `\|`}, {"|", "%7C"}, {"|", "&#124;"}, {"|", "^|"}, {"/", `\/`}, {"+", "%2B"}, {"-", "–"}}
			swap := into[r.IntN(len(into))]
			return damaged{strings.ReplaceAll(text, swap[0], swap[1]), "escaped", true, true, ""}
		},
		func(r *rand.Rand, text string) damaged { // wrapped by a mail or a terminal
			breaks := []string{"\n", "\r\n", "\n  "}
			return damaged{strings.Join(wrapped(text, 20+r.IntN(80)), breaks[r.IntN(len(breaks))]), "wrapped", true, true, ""}
		},
	}
}

// cut makes a damage of a function that cuts something off and says how the
// difference is told.
func cut(how func(*rand.Rand, string) (string, string)) damage {
	return func(r *rand.Rand, text string) damaged {
		left, words := how(r, text)
		traced := len(left) >= 100
		if !traced {
			words = ""
		}
		return damaged{left, "cut", traced, false, words}
	}
}

func missingWords(n int, end string) string {
	if n == 1 {
		return "1 character is " + end
	}
	return fmt.Sprintf("%d characters are %s", n, end)
}

func wrapped(text string, width int) []string {
	var lines []string
	for line := range slices.Chunk([]byte(text), width) {
		lines = append(lines, string(line))
	}
	return lines
}

func TestUndamagedTextIsItsKey(t *testing.T) {
	known := mockTenant(t, 400)
	for _, k := range shown(known.Keys) {
		for _, end := range []string{"", "\n"} {
			f := inspected(known, k.Text.Reveal()+end)
			if !f.Report.Sound() || f.Match == nil || f.Match.Relation != diagnose.Same || f.Match.Key.Ref() != k.Ref() || !f.Repaired.IsZero() {
				t.Fatalf("%s: %s", k.ID, f.Verdict)
			}
		}
	}
}

func TestAnySingleDamageIsNamedAndTracedToNoOtherKey(t *testing.T) {
	const trials = 10_000
	known := mockTenant(t, 400)
	keys, all := shown(known.Keys), damages()
	rng := rand.New(rand.NewPCG(4, 10_000))
	tried, traced := map[string]int{}, map[string]int{}
	for n := range trials {
		k := keys[rng.IntN(len(keys))]
		text := k.Text.Reveal()
		d := all[n%len(all)](rng, text)
		if strings.TrimSuffix(d.text, "\n") == text {
			continue // a character was put in place of the same one
		}
		tried[d.what]++
		f := inspected(known, d.text)
		if problem := misjudged(k, d, f); problem != "" {
			t.Fatalf("trial %d, %s: %s\n%s", n, d.what, problem, saidOf(f))
		}
		if f.Match != nil {
			traced[d.what]++
		}
	}
	for what, n := range tried {
		t.Logf("%-12s %4d of %4d traced", what, traced[what], n)
	}
	if tried["cut"] < trials/10 || traced["cut"] == tried["cut"] || traced["cut"] < tried["cut"]*3/4 {
		t.Errorf("%d of %d cuts are traced: either too few, or those that prove nothing as well", traced["cut"], tried["cut"])
	}
}

// misjudged says what a finding has wrong of a damaged text, "" for nothing.
func misjudged(k client.Key, d damaged, f diagnose.Finding) string {
	text := k.Text.Reveal()
	switch {
	case f.Report.Sound() && f.Match == nil:
		return "the damage is not named"
	case f.Match == nil && d.traced:
		return "it is not traced"
	case f.Match != nil && f.Match.Key.Ref() != k.Ref():
		return "it is traced to another key"
	case f.Match != nil && (f.Match.Relation != diagnose.Almost || f.Match.Difference == ""):
		return "it counts as sound"
	case f.Match != nil && !strings.Contains(f.Match.Difference, d.differs):
		return "the difference is not " + d.differs
	case f.Match != nil && !strings.Contains(f.Verdict, k.Name):
		return "the verdict does not name the key"
	case d.repaired && f.Repaired.Reveal() != text:
		return "it is not repaired"
	case f.Match != nil && !f.Repaired.IsZero() && f.Repaired.Reveal() != text:
		return "it is repaired into another text"
	case leaks(saidOf(f), text):
		return "it tells a part of the text"
	}
	return ""
}

func BenchmarkInspectAmong3000Keys(b *testing.B) {
	known := mockTenant(b, 3000)
	text := known.Keys[0].Text.Reveal()
	for what, pasted := range map[string]string{
		"whole": text, "cut": text[:300], "none": "3|mock.example|" + opaqueOf(1),
		"1 MiB": strings.Repeat(text+"\n", 1<<20/len(text)), "1 MiB without shape": strings.Repeat("A|", 1<<19),
	} {
		b.Run(what, func(b *testing.B) {
			for b.Loop() {
				inspected(known, pasted)
			}
		})
	}
}
