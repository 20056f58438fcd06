package keytext

import (
	"slices"
	"strings"
)

// mostFront is how much is kept of what stands in front of a message: more than
// the longest names of a pod and its container have.
const mostFront = 512

// messageBegins are what the messages about logins and answers begin with.
var messageBegins = []string{loginPhrase, "login request", "fetch csr", "http status(", "nonce(<"}

// front returns what stands in front of a line's message, such as the names of a
// pod and a container, without times and levels.
func front(line string) string {
	end := strings.IndexAny(line, "{\"\\&#")
	if end < 0 {
		end = len(line)
	}
	for _, phrase := range messageBegins {
		if at := find(line[:end], phrase); at >= 0 {
			end = at
		}
	}
	words := slices.DeleteFunc(strings.Fields(line[:end]), func(word string) bool { return timeWord(word) || levelWord(word) })
	return cutAt(strings.Join(words, " "), mostFront)
}

// timeWord reports whether a word is a time or a part of one.
func timeWord(word string) bool {
	if strings.Trim(word, "0123456789TZ-:.,+/[]") == "" {
		return true
	}
	return slices.Contains(months, word) || slices.Contains([]string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "UTC", "GMT"}, word)
}

// levelWord reports whether a word is how bad a message is: "error:".
func levelWord(word string) bool {
	level, colon := strings.CutSuffix(word, ":")
	return colon && level != "" && strings.Trim(level, "abcdefghijklmnopqrstuvwxyz") == ""
}
