package keytext

import (
	"fmt"
	"strconv"
	"strings"
)

const (
	// opaqueLength and numberLength are those of every key text seen so far: the
	// opaque part, and what newer keys carry behind it.
	opaqueLength = 384
	numberLength = 19 // "-" and 18 digits

	// toldBlanks is how many blanks are pointed at one by one.
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
	var at []string
	count := 0
	for i := range len(text) {
		if text[i] != ' ' {
			continue
		}
		if count++; count <= toldBlanks {
			at = append(at, strconv.Itoa(i+1))
		}
	}
	switch {
	case count == 0:
		return ""
	case count == 1:
		return fmt.Sprintf("The key text has a blank at character %s of %d.", at[0], len(text))
	case count > toldBlanks:
		at = append(at, "…")
	}
	return fmt.Sprintf("The key text has %d blanks, at characters %s of %d.", count, strings.Join(at, ", "), len(text))
}
