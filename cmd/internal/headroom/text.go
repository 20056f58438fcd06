package headroom

import (
	"fmt"
	"slices"
	"strings"

	"provkeys/tui/style"
)

const (
	maxNamed = 3  // keys that the first line names: it is all that a pager shows
	maxLines = 20 // keys that have a line of their own behind it
	maxName  = 60 // cells of a name; performance data has the whole of it
)

// Text returns what a monitoring plug-in prints: a line with the performance data
// behind it, then one for each key that is not OK, worst first, and for each part that
// could not be judged. perKey adds the uses of every key to the performance data.
func (r Report) Text(perKey bool) string {
	var b strings.Builder
	b.WriteString(r.Line() + " | " + r.PerfData(perKey) + "\n")
	bad, names := r.bad(), titles(r.Keys)
	for i, v := range bad[:min(len(bad), maxLines)] {
		b.WriteString(v.Status.String() + " " + names[i] + " " + v.why() + "\n")
	}
	if more := len(bad) - maxLines; more > 0 {
		fmt.Fprintf(&b, "… and %d more\n", more)
	}
	for _, l := range r.Lacks {
		b.WriteString(plain(l.Part+": "+l.Why) + "\n")
	}
	return b.String()
}

// Line returns the verdict in one line, without performance data.
func (r Report) Line() string {
	words, names := keyCount(len(r.Keys)), titles(r.Keys)
	if bad := r.bad(); len(bad) > 0 {
		var named []string
		for i, v := range bad[:min(len(bad), maxNamed)] {
			named = append(named, names[i]+" "+v.why())
		}
		if len(bad) > maxNamed {
			named = append(named, "…")
		}
		words = fmt.Sprintf("%s of %s: %s", r.badCount(), words, strings.Join(named, ", "))
	} else if len(r.Keys) > 0 {
		least := 0
		for i, v := range r.Keys {
			if v.Key.Left() < r.Keys[least].Key.Left() {
				least = i
			}
		}
		k := r.Keys[least].Key
		words += fmt.Sprintf(", %s has the least left: %d (%d/%d)", names[least], k.Left(), k.Uses, k.MaxUses)
	}
	if len(r.Lacks) > 0 {
		words += "; not judged: " + lackWords(r.Lacks)
	}
	return head(r.Status(), words)
}

// NoVerdict returns what a monitoring plug-in prints where it cannot judge: why, and on
// a second line what to do.
func NoVerdict(message, hint string) string {
	text := head(Unknown, plain(message)) + "\n"
	if hint != "" {
		text += "hint: " + plain(hint) + "\n"
	}
	return text
}

// bad returns the keys that are not OK, which are the first.
func (r Report) bad() []Verdict {
	end := slices.IndexFunc(r.Keys, func(v Verdict) bool { return v.Status == OK })
	if end < 0 {
		end = len(r.Keys)
	}
	return r.Keys[:end]
}

// badCount says how many keys are not OK: "2 critical, 1 warning".
func (r Report) badCount() string {
	var words []string
	if n := r.Count(Critical); n > 0 {
		words = append(words, fmt.Sprintf("%d critical", n))
	}
	if n := r.Count(Warning); n > 0 {
		words = append(words, fmt.Sprintf("%d warning", n))
	}
	return strings.Join(words, ", ")
}

// why returns all that is to be said about a key.
func (v Verdict) why() string {
	reasons := make([]string, 0, len(v.Reasons))
	for _, of := range v.Reasons {
		reasons = append(reasons, of.Words)
	}
	return strings.Join(reasons, " and ")
}

func head(s Status, words string) string { return "PROVKEYS " + s.String() + " - " + words }

func keyCount(n int) string {
	if n == 1 {
		return "1 key"
	}
	return fmt.Sprintf("%d keys", n)
}

func lackWords(lacks []Lack) string {
	words := make([]string, 0, len(lacks))
	for _, l := range lacks {
		why := "failed"
		if l.Denied {
			why = "no permission"
		}
		words = append(words, fmt.Sprintf("%s (%s)", l.Part, why))
	}
	return strings.Join(words, ", ")
}

// plain returns a text as it may stand in a plug-in's output, where a bar would begin
// the performance data.
func plain(text string) string { return strings.ReplaceAll(style.Sanitize(text), "|", "¦") }
