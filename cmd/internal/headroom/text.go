package headroom

import (
	"cmp"
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
// behind it, then one for each further key that is not OK and for each part that could
// not be judged. perKey adds the uses of every key to the performance data.
func (r Report) Text(perKey bool) string {
	var b strings.Builder
	b.WriteString(r.Line() + " | " + r.PerfData(perKey) + "\n")
	further := r.bad()
	further = further[min(len(further), maxNamed):]
	for _, v := range further[:min(len(further), maxLines)] {
		b.WriteString(v.Status.String() + " " + v.words() + "\n")
	}
	if more := len(further) - maxLines; more > 0 {
		fmt.Fprintf(&b, "… and %d more\n", more)
	}
	for _, l := range r.Lacks {
		b.WriteString(plain(l.Part+": "+l.Why) + "\n")
	}
	return b.String()
}

// Line returns the verdict in one line, without performance data.
func (r Report) Line() string {
	words := keyCount(len(r.Keys))
	if bad := r.bad(); len(bad) > 0 {
		var named []string
		for _, v := range bad[:min(len(bad), maxNamed)] {
			named = append(named, v.words())
		}
		if len(bad) > maxNamed {
			named = append(named, "…")
		}
		words = fmt.Sprintf("%d of %s: %s", len(bad), words, strings.Join(named, ", "))
	} else if len(r.Keys) > 0 {
		v := slices.MinFunc(r.Keys, func(a, b Verdict) int { return cmp.Compare(a.Key.Left(), b.Key.Left()) })
		words += fmt.Sprintf(", %s has the least left: %d (%d/%d)", v.name(), v.Key.Left(), v.Key.Uses, v.Key.MaxUses)
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

func (v Verdict) name() string { return style.Truncate(plain(v.Key.Name), maxName) }

// words returns the key and all that is to be said about it.
func (v Verdict) words() string {
	reasons := make([]string, 0, len(v.Reasons))
	for _, of := range v.Reasons {
		reasons = append(reasons, of.Words)
	}
	return v.name() + " " + strings.Join(reasons, " and ")
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
