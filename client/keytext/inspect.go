package keytext

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// FaultKind is what is wrong with a text, in one word for programs. Its words
// are a promise.
type FaultKind string

// The faults.
const (
	FaultEmpty      FaultKind = "empty"           // there is no text
	FaultBlank      FaultKind = "blank"           // spaces or tabs, inside or around
	FaultLineBreak  FaultKind = "line-break"      // LF inside, or more than one behind
	FaultReturn     FaultKind = "carriage-return" // CR, alone or before LF
	FaultMark       FaultKind = "byte-order-mark" // U+FEFF
	FaultQuote      FaultKind = "quote"           // ' " ` around
	FaultSmartQuote FaultKind = "smart-quote"     // typographic quotes and dashes
	FaultInvisible  FaultKind = "invisible"       // zero-width, no-break blanks, bidirectional controls
	FaultControl    FaultKind = "control"         // escapes and other control characters
	FaultForeign    FaultKind = "foreign"         // another character that no key text has
	FaultShell      FaultKind = "shell"           // an assignment, backslashes, %-escapes, a prompt: what a shell or a tool did
	FaultParts      FaultKind = "parts"           // not version|host|secret
	FaultVersion    FaultKind = "version"
	FaultHost       FaultKind = "host"
	FaultShort      FaultKind = "short"   // the secret part is too short: truncated
	FaultLong       FaultKind = "long"    // the secret part is too long
	FaultDoubled    FaultKind = "doubled" // the text, or a part of it, stands there twice
	FaultNumber     FaultKind = "number"  // what follows the "-" is not 18 digits
	FaultBase64     FaultKind = "base64"  // broken padding, or a character that base64 has not
)

// Fault is one thing that is wrong with a text.
type Fault struct {
	Kind    FaultKind
	At      []int  // characters, counted from 1; nil where it has no place
	Message string // one sentence, without any part of the text
}

// Report is what can be said of a text by itself. It holds no part of the text
// but its version, its host and the seven characters that connectors log.
type Report struct {
	Characters int // runes without one line break at the end, bytes that are no UTF-8 counted one each
	Lines      int // a break at the very end begins no new one
	Version    string
	Host       string
	LogPrefix  string
	Secret     int     // characters of the secret part without its number; 0 where there is none
	Number     int     // digits behind it
	Texts      int     // key texts, where there are several that are not the same; 0 otherwise
	Faults     []Fault // the most telling first; nil for a sound text
	Verdict    string  // one sentence that names the fault, or says that there is none
}

// Sound reports whether nothing is wrong with the text itself.
func (r Report) Sound() bool { return len(r.Faults) == 0 }

// Inspect says what is wrong with a text. One line break behind it is no fault.
// An unusual length is told although it may be right: whether it is, only the
// keys of a tenant tell.
func Inspect(text string) Report {
	return dissect(text).report()
}

// Repair returns the text without what can be taken off it for sure: blanks,
// breaks, marks, quotes, what a shell put around it. False where there is nothing
// to repair, where what is left would not be sound or is one text of several, and
// where something stood inside the host: it may have taken a dot's place, and a
// host has no usual length that would tell.
func Repair(text string) (string, bool) {
	if d := Dissect(text); d.Sure {
		return d.Whole, true
	}
	return "", false
}

// Dissection is a text and, for comparing it with known ones, what is left when
// all is taken off that Repair takes off, be it sound or not. A character that no
// key text has is a NUL.
type Dissection struct {
	Report
	Pressed string // in it a piece that stands there twice still does
	Whole   string // in it that does not
	Left    bool   // something was taken off, and Whole is sound
	Sure    bool   // Repair returns Whole
}

// Dissect takes a text apart.
func Dissect(text string) Dissection {
	d := dissect(text)
	left := len(d.faults) > 0 && d.texts == 0 && Inspect(string(d.whole)).Sound()
	return Dissection{d.report(), string(d.pressed), string(d.whole), left, left && !d.hostDoubtful}
}

func (d dissection) report() Report {
	hint := Describe(string(calmed(d.whole)))
	report := Report{
		Characters: d.characters, Lines: d.lines,
		Version: hint.Version, Host: hint.Host, LogPrefix: hint.LogPrefix,
		Secret: d.secret, Number: d.number, Texts: d.texts, Faults: d.faults,
	}
	report.Verdict = verdict(report)
	return report
}

// dissection is a text with everything that is wrong with it.
type dissection struct {
	characters, lines int
	pressed, whole    []byte // as Dissect returns them
	secret, number    int
	texts             int // as Report has them
	faults            []Fault
	hostDoubtful      bool // something that may have stood for a character was left out of the host
}

func dissect(text string) dissection {
	r := read(text)
	s := r.around()
	r.settleTypographic(s)
	faults, marks := r.aroundFaults(s)
	whole, at, twice := r.undouble(s)
	a := parts(whole, at)
	if n := r.behind(s); n > 0 {
		a.texts = max(a.texts, 1) + n
	}
	for _, m := range r.marks {
		if r.inside(s, m) {
			marks = append(marks, m)
		}
	}
	slices.SortStableFunc(marks, func(a, b mark) int { return a.at - b.at })
	faults = slices.Concat(twice, a.faults, faults, told(marks))
	for i, f := range faults {
		if f.Kind == FaultLineBreak {
			faults[i].Message = strings.TrimSuffix(f.Message, ".") + r.wrapping(s) + "."
		}
	}
	byWeight(faults)
	return dissection{r.characters, r.lines, r.text[s.start:s.end], whole, a.secret, a.number, a.texts, faults, r.lostWithin(hostPlaces(whole, at))}
}

// hostPlaces returns where the | before and behind the host stand in the original,
// zeros where there are not two.
func hostPlaces(text []byte, at []int) (from, to int) {
	first, last := bytes.IndexByte(text, '|'), bytes.LastIndexByte(text, '|')
	if first == last {
		return 0, 0
	}
	return at[first], at[last]
}

// calmed returns a text whose secret part, behind the characters that connectors
// log, holds nothing that a secret part has not: one damaged character must not
// keep its version and host from being told.
func calmed(text []byte) []byte {
	calm := bytes.Clone(text)
	for i := bytes.LastIndexByte(calm, '|') + 1 + logPrefix; i < len(calm); i++ {
		if !inSecret(calm[i]) {
			calm[i] = 'A'
		}
	}
	return calm
}

// verdict names the most telling fault, or says that there is none.
func verdict(r Report) string {
	if !r.Sound() {
		return Summary(r.Faults)
	}
	words := fmt.Sprintf("It is sound: version %s, host %s, a secret part of %d characters", r.Version, r.Host, r.Secret)
	if r.Number > 0 {
		words += fmt.Sprintf(" and a number of %d digits", r.Number)
	}
	return words + "."
}

// Summary returns a sentence that names the first fault and says how many more
// there are, "" for none.
func Summary(faults []Fault) string {
	switch len(faults) {
	case 0:
		return ""
	case 1:
		return faults[0].Message
	}
	return fmt.Sprintf("%s; %s.", strings.TrimSuffix(faults[0].Message, "."), counted(len(faults)-1, "more fault", "more faults"))
}
