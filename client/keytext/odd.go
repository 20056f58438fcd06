package keytext

import (
	"fmt"
	"strings"
)

const (
	// opaqueLength and numberLength are those of every key text seen so far: the
	// opaque part, and what newer keys carry behind it.
	opaqueLength = 384
	numberLength = 19 // "-" and 18 digits

	// toldBlanks is how many blanks are pointed at one by one in a warning.
	toldBlanks = 5
)

// Odd returns what is unusual about a text that may still be right, a sentence
// each: blanks with their positions, counted from 1, and the length of the
// opaque part. It returns nothing for a text that Check refuses, and no
// sentence holds any part of the text.
func Odd(text string) []string {
	if text == "" || Check(text) != nil {
		return nil
	}
	var odd []string
	if words := blanks(text); words != "" {
		odd = append(odd, words)
	}
	parts := strings.Split(text, "|")
	if len(parts) != 3 {
		return append(odd, "The key text has not the usual three parts, version|host|secret.")
	}
	// Blanks have been told; with them a sound text behind a stray one would be
	// too long as well.
	n := len(strings.ReplaceAll(parts[2], " ", ""))
	if n != opaqueLength && n != opaqueLength+numberLength {
		odd = append(odd, fmt.Sprintf("The secret part of the key text has %d characters, where %d or %d are usual.",
			n, opaqueLength, opaqueLength+numberLength))
	}
	return odd
}

// blanks says where a text of ASCII has blanks, "" when it has none.
func blanks(text string) string {
	var at []int
	count := 0
	for i := range len(text) {
		if text[i] != ' ' {
			continue
		}
		if count++; count <= toldBlanks {
			at = append(at, i+1)
		}
	}
	switch count {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("The key text has a blank at character %d of %d.", at[0], len(text))
	}
	return fmt.Sprintf("The key text has %d blanks, at characters %s of %d.", count, listed(at, count), len(text))
}
