package main

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
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
	// wordStart is what a word begins behind, among it the escapes of JSON, web
	// addresses and terminals, which end in letters and digits.
	wordStart = `(?:^|[^A-Za-z0-9]|\\[bfnrt]|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|%[0-9A-Fa-f]{2}|\[[0-9;]*[mK])`
	pipe      = `\s*(?:\||(?i:%7C|\\u007C|&#124;))\s*`
)

var (
	// begins is what stands in front of a secret part, as it is or as a web address,
	// JSON or HTML has it. A host without a dot is one only where much follows.
	begins = lazily(wordStart + `(?:([1-4]` + pipe + `[A-Za-z0-9-]*\.[A-Za-z0-9.-]*` + pipe +
		`)|([1-4]` + pipe + `[A-Za-z0-9-]+` + pipe + `)[A-Za-z0-9+/=_%\\-]{20})`)
	// logged is what connectors log of a secret part.
	logged = lazily(`^[A-Za-z0-9+/=_-]{7}\.\.\.`)
	// runs may be pieces of one. What ssh calls the SHA256 of a key looks like them.
	runs = lazily(`(?:\bSHA256:)?[A-Za-z0-9+/=_%\\-]{16,}`)
	// fingerprint is such a SHA256.
	fingerprint = lazily(`^SHA256:[A-Za-z0-9+/]{43}=?$`)
	// paths begin at the root, a drive, a share, the home or the directory.
	// A query is no part of them.
	paths = lazily("(^|[\\s\"'`(\\[{<,])((?:[A-Za-z]:|~|\\.{1,2})?[/\\\\][^\\s\"'`?&=]*)")
	// segments are what paths consist of.
	segments = lazily(`[A-Za-z0-9+_%-]+`)
	// pieces is a line that is nothing but that.
	pieces = lazily(`^[A-Za-z0-9+/=_%\\ \t-]+$`)
	// leading is how a secret part begins.
	leading = lazily(`^[A-Za-z0-9+/=_%\\-]*`)
	// tokens are what stands between blanks.
	tokens = lazily(`\S+`)
	// letterWord is a word of letters with its punctuation.
	letterWord = lazily(`^["'(\[{<]*[A-Za-z]{1,15}["')\]}>.,;:!?]*$`)
	// harmless is a number or a host behind a text: a secret part has no dots.
	harmless = lazily(`^["'(\[{<]*(?:[0-9]+|[a-z0-9-]+(?:\.[a-z0-9-]+)+)["')\]}>.,;:!?]*$`)
	// nameWord is a word of a name that looks like none in a random run.
	nameWord = lazily(`[A-Z]?[a-z]{3,}`)
	// longWord is what hardly any random run has.
	longWord = lazily(`[a-z]{5}`)
	// namePart is a part of a path or of a name.
	namePart = lazily(`^[0-9]*(?:[A-Z]*[a-z]*|[A-Z]?[a-z]+(?:[A-Z][a-z]+)*)[0-9]*$`)
	// checksum is a number of 128 bits or more.
	checksum = lazily(`^(?:[0-9a-f]+|[0-9A-F]+)$`)
	// ending is the punctuation behind a text.
	ending = lazily(`["')\]}>.,;:]*$`)
	// ageKey is the secret half of what age encrypts for.
	ageKey = lazily(`(?i)(AGE-SECRET-KEY-)[0-9A-Z-]+`)
)

// lazily compiles a pattern once it is needed, which most commands never do: all of
// these take a tenth of what the shortest one takes.
func lazily(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

// withoutSecrets takes key texts and private keys out of a message. It may quote
// what somebody gave in the wrong place.
func withoutSecrets(message string) string {
	hidden, _ := maskTexts(ageKey().ReplaceAllString(message, "${1}"+masked), isArgument)
	return hidden
}

// maskTexts takes out what is or may be a key text, and reports whether one begins.
// Secret tells that from what stands behind version and host.
func maskTexts(text string, secret func(rest string) bool) (hidden string, begun bool) {
	var b strings.Builder
	for {
		at := begins().FindStringSubmatchIndex(text)
		if at == nil {
			return b.String() + maskPaths(text), false
		}
		end := max(at[3], at[5]) // only one of the groups is there
		b.WriteString(maskPaths(text[:at[0]]) + text[at[0]:end])
		text = text[end:]
		if secret(text) {
			return b.String() + maskBehind(text), true
		}
	}
}

// maskBehind masks everything behind version and host but words, and
// short numbers and hosts further on.
func maskBehind(rest string) string {
	var b strings.Builder
	var before bool // the piece in front is masked
	end, first := 0, len(rest)-len(strings.TrimLeftFunc(rest, unicode.IsSpace))
	for _, at := range tokens().FindAllStringIndex(rest, -1) {
		token, gap := rest[at[0]:at[1]], rest[end:at[0]]
		end = at[1]
		word := letterWord().MatchString(token) || at[0] > first && len(token) < pieceRun && harmless().MatchString(token)
		switch {
		case word:
			b.WriteString(gap + token)
		case !before:
			b.WriteString(gap + masked + ending().FindString(token))
		}
		before = !word
	}
	return b.String() + rest[end:]
}

// maskPaths masks what looks like a piece of a key text anywhere: paths segment by
// segment, because together they look random too.
func maskPaths(text string) string {
	var b strings.Builder
	end := 0
	for _, at := range paths().FindAllStringSubmatchIndex(text, -1) {
		b.WriteString(maskRuns(text[end:at[4]], randomRun) + maskSegments(text[at[4]:at[5]]))
		end = at[5]
	}
	return b.String() + maskRuns(text[end:], randomRun)
}

// maskSegments masks the pieces of a key text in a path. Where there is one, what
// else is no plain name is its rest: a text has slashes.
func maskSegments(path string) string {
	long := slices.ContainsFunc(segments().FindAllString(path, -1), func(run string) bool {
		return len(run) >= randomRun && random(run, false)
	})
	if !long {
		return path
	}
	return segments().ReplaceAllStringFunc(path, func(run string) string {
		if random(run, true) {
			return masked
		}
		return run
	})
}

// maskRuns masks what looks like a piece of a key text and has that many
// characters.
func maskRuns(text string, length int) string {
	return runs().ReplaceAllStringFunc(text, func(run string) string {
		if fingerprint().MatchString(run) {
			return run
		}
		label := ""
		if strings.HasPrefix(run, "SHA256:") {
			label, run = run[:7], run[7:]
		}
		if len(run) >= length && random(run, length < randomRun) {
			return label + masked
		}
		return label + run
	})
}

// random tells what looks like a piece of a key text from names, paths, ids and
// checksums. Behind the beginning of one letters alone suffice, and names must be
// plain.
func random(run string, behind bool) bool {
	switch {
	case isChecksum(run), isPath(run), !behind && isName(run):
		return false
	case len(run) >= longRun:
		return true
	case behind:
		return isMixed(run)
	}
	return strings.ContainsAny(run, "0123456789+") && slices.ContainsFunc(parts(run), func(part string) bool {
		return isMixed(part) && !namePart().MatchString(part)
	})
}

// isChecksum reports whether a run is a usual length of hexadecimal digits.
func isChecksum(run string) bool {
	return slices.Contains([]int{32, 40, 56, 64, 96, 128}, len(run)) && checksum().MatchString(run)
}

// isPath reports whether a run is a path or a name that is made of words.
func isPath(run string) bool {
	return !slices.ContainsFunc(parts(run), func(part string) bool {
		return len(part) > 32 || !namePart().MatchString(part)
	})
}

// isName reports whether at least half of a run is words, one of them long,
// whatever digits are between them.
func isName(run string) bool {
	whole, words := 0, 0
	for _, part := range parts(run) {
		if len(part) > 32 || strings.Contains(part, "+") {
			return false
		}
		whole += len(part)
		for _, word := range nameWord().FindAllString(part, -1) {
			words += len(word)
		}
	}
	return 2*words >= whole && longWord().MatchString(run)
}

// parts are what a run joins.
func parts(run string) []string {
	return strings.FieldsFunc(run, func(r rune) bool { return strings.ContainsRune(`/-_=\`, r) })
}

// isMixed reports whether there are capital and small letters.
func isMixed(run string) bool {
	return strings.ContainsFunc(run, isUpper) && strings.ContainsFunc(run, isLower)
}

func isUpper(r rune) bool { return r >= 'A' && r <= 'Z' }
func isLower(r rune) bool { return r >= 'a' && r <= 'z' }
