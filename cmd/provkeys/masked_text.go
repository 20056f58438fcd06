package main

import (
	"regexp"
	"slices"
	"strings"
)

const (
	masked = "••••••••"
	// around is what may stand around the pieces of a text.
	around = " \t\"'\\,;>|"
	// pieceRun is the shortest run that may be a piece of a text, where one began
	// before it.
	pieceRun = 16
	// randomRun is that of letters and digits which look random, anywhere.
	randomRun = 33
	// longRun is longer than any name.
	longRun = 65
	// argumentRun is how much behind version and host makes a key text of what
	// somebody gave in the wrong place.
	argumentRun = 20
	pipe        = `\s*(?:\||(?i:%7C|\\u007C|&#124;))\s*`
)

var (
	// begins is what stands in front of a secret part, as it is or as a web address,
	// JSON or HTML has it.
	begins = regexp.MustCompile(`[1-4]` + pipe + `[A-Za-z0-9.-]+` + pipe)
	// logged is what connectors log of a secret part.
	logged = regexp.MustCompile(`^[A-Za-z0-9+/=_-]{7}\.\.\.`)
	// runs may be pieces of one.
	runs = regexp.MustCompile(`[A-Za-z0-9+/=_%\\-]{16,}`)
	// pieces is a line that is nothing but that.
	pieces = regexp.MustCompile(`^[A-Za-z0-9+/=_%\\ \t-]+$`)
	// leading is how a secret part begins.
	leading = regexp.MustCompile(`^[A-Za-z0-9+/=_%\\-]*`)
	// tokens are what stands between blanks.
	tokens = regexp.MustCompile(`\S+`)
	// letterWord is a word of letters with its punctuation.
	letterWord = regexp.MustCompile(`^["'(\[{<]*[A-Za-z]{1,15}["')\]}>.,;:!?]*$`)
	// namePart is a part of a path or of a name.
	namePart = regexp.MustCompile(`^[0-9]*(?:[A-Z]*[a-z]*|[A-Z]?[a-z]+(?:[A-Z][a-z]+)*)[0-9]*$`)
	// checksum is a number of 128 bits or more.
	checksum = regexp.MustCompile(`^(?:[0-9a-f]+|[0-9A-F]+)$`)
	// ending is the punctuation behind a text.
	ending = regexp.MustCompile(`["')\]}>.,;:]*$`)
	// ageKey is the secret half of what age encrypts for.
	ageKey = regexp.MustCompile(`(?i)(AGE-SECRET-KEY-)[0-9A-Z-]+`)
)

// withoutSecrets takes key texts and private keys out of a message. It may quote
// what somebody gave in the wrong place.
func withoutSecrets(message string) string {
	hidden, _ := maskTexts(ageKey.ReplaceAllString(message, "${1}"+masked), func(rest string) bool {
		return len(leading.FindString(rest)) >= argumentRun
	})
	return hidden
}

// maskTexts takes out what is or may be a key text, and reports whether one begins.
// Secret tells that from what stands behind version and host.
func maskTexts(text string, secret func(rest string) bool) (hidden string, begun bool) {
	var b strings.Builder
	for {
		at := begins.FindStringIndex(text)
		if at == nil {
			return b.String() + maskRuns(text, randomRun), false
		}
		b.WriteString(maskRuns(text[:at[0]], randomRun) + text[at[0]:at[1]])
		text = text[at[1]:]
		if secret(text) {
			return b.String() + maskBehind(text), true
		}
	}
}

// maskBehind masks everything behind version and host but words.
func maskBehind(rest string) string {
	var b strings.Builder
	var before bool // the piece in front is masked
	end := 0
	for _, at := range tokens.FindAllStringIndex(rest, -1) {
		token, gap := rest[at[0]:at[1]], rest[end:at[0]]
		end = at[1]
		word := letterWord.MatchString(token)
		switch {
		case word:
			b.WriteString(gap + token)
		case !before:
			b.WriteString(gap + masked + ending.FindString(token))
		}
		before = !word
	}
	return b.String() + rest[end:]
}

// maskRuns masks what looks like a piece of a key text and has that many
// characters.
func maskRuns(text string, length int) string {
	return runs.ReplaceAllStringFunc(text, func(run string) string {
		if len(run) >= length && random(run, length < randomRun) {
			return masked
		}
		return run
	})
}

// random tells what looks like a piece of a key text from names, paths, ids and
// checksums. Letters alone suffice behind the beginning of one.
func random(run string, letters bool) bool {
	mixed := strings.ContainsFunc(run, isUpper) && strings.ContainsFunc(run, isLower)
	switch {
	case isChecksum(run), isPath(run):
		return false
	case len(run) >= longRun:
		return true
	}
	return mixed && (letters || strings.ContainsAny(run, "0123456789+"))
}

// isChecksum reports whether a run is a usual length of hexadecimal digits.
func isChecksum(run string) bool {
	return slices.Contains([]int{32, 40, 56, 64, 96, 128}, len(run)) && checksum.MatchString(run)
}

// isPath reports whether a run is a path or a name that is made of words.
func isPath(run string) bool {
	for part := range strings.FieldsFuncSeq(run, func(r rune) bool { return strings.ContainsRune(`/-_=\`, r) }) {
		if len(part) > 32 || !namePart.MatchString(part) {
			return false
		}
	}
	return true
}

func isUpper(r rune) bool { return r >= 'A' && r <= 'Z' }
func isLower(r rune) bool { return r >= 'a' && r <= 'z' }
