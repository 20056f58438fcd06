package keytext

import (
	"bytes"
	"fmt"
)

const (
	// leastDoubled is how many characters must stand there twice before it is no
	// accident.
	leastDoubled = 8
	// longestFront bounds what is searched for copies in front of the secret part:
	// two key texts, and no paste of a megabyte.
	longestFront = 1024
)

// doubling is a piece of a text that stands there more often than once.
type doubling struct {
	from, length int // the piece to leave out
	times        int // of the whole text; 0 for a piece
}

// doubled looks for what stands there twice in a text that has not the usual
// shape. Only what leaves the usual shape behind, or whole copies of a text, is
// told: base64 may repeat itself.
func doubled(text []byte) (doubling, bool) {
	if d, ok := copies(text); ok {
		return d, true
	}
	last := bytes.LastIndexByte(text, '|') + 1
	if last > longestFront {
		return doubling{}, false
	}
	if usualLength(text[last:]) {
		// Then it is in front of the secret part and has a | in it.
		for length := 2; length < last; length++ {
			if d, ok := piece(text, length, last); ok {
				return d, true
			}
		}
		return doubling{}, false
	}
	for _, usual := range []int{opaqueLength, opaqueLength + numberLength} {
		if length := len(text) - last - usual; length >= leastDoubled {
			if d, ok := piece(text, length, len(text)); ok {
				return d, true
			}
		}
	}
	return doubling{}, false
}

// copies finds a text that stands there several times, or once and a part.
func copies(text []byte) (doubling, bool) {
	first, _, ok := anchor(text, 0)
	if !ok {
		return doubling{}, false
	}
	if first > 0 { // a part of the end in front
		whole := text[first:]
		ok := first >= leastDoubled && bytes.HasSuffix(whole, text[:first]) && usualShape(whole)
		return doubling{from: 0, length: first}, ok
	}
	period, _, ok := anchor(text, 1)
	if !ok || !bytes.Equal(text[period:], text[:len(text)-period]) {
		return doubling{}, false
	}
	d := doubling{from: period, length: len(text) - period}
	switch {
	case len(text)%period == 0:
		d.times = len(text) / period
	case usualShape(text[period:]): // something else stands between the two
		return doubling{from: 0, length: period, times: 2}, true
	}
	return d, d.times > 0 || usualShape(text[:period])
}

// piece finds a piece of that length that stands there twice in a row and
// begins before limit. Left out, it must leave the usual shape.
func piece(text []byte, length, limit int) (doubling, bool) {
	pipes := bytes.Count(text, []byte("|")) - 2
	for i, run := 0, 0; i+length < len(text) && i-run < limit; i++ {
		if text[i] != text[i+length] {
			run = 0
			continue
		}
		from := i + 1 - length
		if run++; run < length || bytes.Count(text[from:from+length], []byte("|")) != pipes {
			continue
		}
		if usualShape(without(text, from, length)) {
			return doubling{from: from, length: length}, true
		}
	}
	return doubling{}, false
}

// without returns a copy of the text that lacks a piece.
func without(text []byte, from, length int) []byte {
	return append(bytes.Clone(text[:from]), text[from+length:]...)
}

// usualShape reports whether nothing is missing and nothing is too much.
func usualShape(text []byte) bool {
	parts := bytes.Split(text, []byte("|"))
	return len(parts) == 3 && isVersion(parts[0]) && plausibleHost(string(parts[1])) && usualLength(parts[2])
}

// undouble leaves out of the key text what stands there twice, and says so.
func (r *reading) undouble(s surroundings) (text []byte, at []int, faults []Fault) {
	text, at = r.text[s.start:s.end], r.at[s.start:s.end]
	if again := bytes.Index(r.text[s.end:], text); again >= 0 && usualShape(text) {
		return text, at, []Fault{{FaultDoubled, []int{r.at[s.end+again]}, "The text stands there twice."}}
	}
	if usualShape(text) {
		return text, at, nil
	}
	d, ok := doubled(text)
	if !ok {
		return text, at, nil
	}
	d.from = r.alignToLine(s.start, d)
	fault := Fault{Kind: FaultDoubled, At: []int{at[d.from]}}
	switch {
	case d.times == 2:
		fault.Message = "The text stands there twice."
	case d.times > 2:
		fault.Message = fmt.Sprintf("The text stands there %d times.", d.times)
	case r.newLine(s.start+d.from) && r.newLine(s.start+d.from+d.length):
		fault.Message = fmt.Sprintf("Its line %d stands there twice.", r.line[s.start+d.from])
	default:
		fault.Message = fmt.Sprintf("%s there twice, from character %d on.", counted(d.length, "character stands", "characters stand"), at[d.from])
	}
	kept := append(append([]int{}, at[:d.from]...), at[d.from+d.length:]...)
	return without(text, d.from, d.length), kept, []Fault{fault}
}

// alignToLine moves a piece to where a line begins, if it may as well be that
// one: where equal characters follow, the piece may begin at any of them.
func (r *reading) alignToLine(start int, d doubling) int {
	text := r.text[start:]
	for from := d.from; d.times == 0; from++ {
		if r.newLine(start + from) {
			return from
		}
		if from+d.length >= len(text) || text[from] != text[from+d.length] || from > d.from+d.length {
			break
		}
	}
	return d.from
}

// counted returns a number with its noun.
func counted(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, several)
}
