package keytext

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// toldPlaces is how many places of a fault are listed.
const toldPlaces = 20

// blemish is something in a text that no key text has.
type blemish int

// The blemishes, in the order in which they are told.
const (
	control blemish = iota
	sequence
	backslash
	percent
	entity
	caret
	foreign
	dash
	smartQuote
	quote
	invisible
	byteOrderMark
	blank
	tab
	lineBreak
	carriageReturn
	blemishes
)

// words returns what a fault of the blemish is called: its kind, one of it and
// several of it.
func (b blemish) words() (kind FaultKind, one, several string) {
	switch b {
	case control:
		return FaultControl, "a control character", "control characters"
	case sequence:
		return FaultControl, "a terminal's control sequence", "control sequences of a terminal"
	case backslash:
		return FaultShell, "a backslash", "backslashes"
	case percent:
		return FaultShell, "a %-escape", "%-escapes"
	case entity:
		return FaultShell, "an HTML entity", "HTML entities"
	case caret:
		return FaultShell, "an escape of a Windows shell", "escapes of a Windows shell"
	case dash:
		return FaultSmartQuote, "a typographic dash", "typographic dashes"
	case smartQuote:
		return FaultSmartQuote, "a typographic quote", "typographic quotes"
	case quote:
		return FaultQuote, "a quote", "quotes"
	case invisible:
		return FaultInvisible, "an invisible character", "invisible characters"
	case byteOrderMark:
		return FaultMark, "a byte order mark", "byte order marks"
	case blank:
		return FaultBlank, "a blank", "blanks"
	case tab:
		return FaultBlank, "a tab", "tabs"
	case lineBreak:
		return FaultLineBreak, "a line break", "line breaks"
	case carriageReturn:
		return FaultReturn, "a carriage return", "carriage returns"
	}
	return FaultForeign, "a character that no key text has", "characters that no key text has"
}

// mark is one blemish and its place.
type mark struct {
	blemish blemish
	at      int // counted from 1
}

// told returns a fault for each blemish among the marks.
func told(marks []mark) []Fault {
	var places [blemishes][]int
	var counts [blemishes]int
	for _, m := range marks {
		if counts[m.blemish]++; counts[m.blemish] <= toldPlaces {
			places[m.blemish] = append(places[m.blemish], m.at)
		}
	}
	var faults []Fault
	for b := range blemishes {
		if counts[b] == 0 {
			continue
		}
		kind, one, several := b.words()
		f := Fault{Kind: kind, At: places[b], Message: fmt.Sprintf("There is %s at character %d.", one, places[b][0])}
		if counts[b] > 1 {
			f.Message = fmt.Sprintf("There are %d %s, at characters %s.", counts[b], several, listed(places[b], counts[b]))
		}
		faults = append(faults, f)
	}
	return faults
}

// listed joins places, with an ellipsis where they are not all.
func listed(at []int, count int) string {
	words := make([]string, 0, len(at)+1)
	for _, n := range at {
		words = append(words, strconv.Itoa(n))
	}
	if count > len(at) {
		words = append(words, "…")
	}
	return strings.Join(words, ", ")
}

// byWeight puts the most telling fault first: what is missing or damaged for
// good, then what can be taken off.
func byWeight(faults []Fault) {
	order := []FaultKind{
		FaultEmpty, FaultDoubled, FaultParts, FaultVersion, FaultHost, FaultBase64, FaultShort, FaultLong, FaultNumber,
		FaultForeign, FaultControl, FaultShell, FaultSmartQuote, FaultQuote, FaultInvisible, FaultMark,
		FaultBlank, FaultLineBreak, FaultReturn,
	}
	slices.SortStableFunc(faults, func(a, b Fault) int {
		return slices.Index(order, a.Kind) - slices.Index(order, b.Kind)
	})
}
