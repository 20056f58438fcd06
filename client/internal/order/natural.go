package order

import "strings"

// Natural returns a string whose plain comparison is the natural order of text: a run of digits counts as a number however long, leading zeros count
// for nothing. Such a run is written as the digit 0, which keeps digits where
// they stand among other characters, the count of digits, and the digits.
func Natural(text string) string {
	var b strings.Builder
	b.Grow(len(text) + 8)
	for i := 0; i < len(text); {
		if !isDigit(text[i]) {
			b.WriteByte(text[i])
			i++
			continue
		}
		start := i
		for i < len(text) && isDigit(text[i]) {
			i++
		}
		digits := strings.TrimLeft(text[start:i], "0")
		b.WriteByte('0')
		// A count too long for a byte goes on behind a byte 255, which is more
		// than any last byte, so that more digits still compare as more.
		n := len(digits)
		for ; n >= 255; n -= 255 {
			b.WriteByte(255)
		}
		b.WriteByte(byte(n))
		b.WriteString(digits)
	}
	return b.String()
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
