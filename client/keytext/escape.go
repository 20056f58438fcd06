package keytext

import (
	"html"
	"strconv"
	"strings"
)

// longestEntity bounds the search for the ; of an HTML entity.
const longestEntity = 16

// escape is what a shell or a tool wrote in place of one character.
type escape struct {
	blemish blemish
	char    byte // 0 where it stood for a break or a blank, or for nothing
	length  int
}

// unescape reads the escape that rest begins with. None of the characters that
// begin one is in any key text, so that what it finds is sure.
func unescape(rest string) (escape, bool) {
	switch rest[0] {
	case '\\':
		return unslash(rest)
	case '%':
		if len(rest) < 3 {
			return escape{}, false
		}
		return decoded(rest[1:3], 3, percent)
	case '&':
		end := strings.IndexByte(rest[:min(len(rest), longestEntity)], ';')
		if end < 0 {
			return escape{}, false
		}
		c := html.UnescapeString(rest[:end+1])
		if len(c) != 1 || !escapable(c[0]) {
			return escape{}, false
		}
		return escape{entity, c[0], end + 1}, true
	case '^', '`':
		if len(rest) > 1 && rest[1] == '|' {
			return escape{caret, '|', 2}, true
		}
	}
	return escape{}, false
}

// unslash reads a backslash and what it stands before.
func unslash(rest string) (escape, bool) {
	if len(rest) < 2 {
		return escape{}, false
	}
	switch c := rest[1]; {
	case c == '\n' || c == '\r': // the line goes on
		return escape{backslash, 0, 1}, true
	case c == 'n' || c == 'r' || c == 't': // a break that was written out
		return escape{backslash, 0, 2}, true
	case c == 'u' && len(rest) >= 6 && rest[2:4] == "00":
		return decoded(rest[4:6], 6, backslash)
	case c == '\\':
		return escape{backslash, 0, 1}, true
	case escapable(c) && !letterOrDigit(c):
		return escape{backslash, c, 2}, true
	}
	return escape{}, false
}

// decoded reads two hexadecimal digits.
func decoded(digits string, length int, b blemish) (escape, bool) {
	n, err := strconv.ParseUint(digits, 16, 8)
	switch c := byte(n); {
	case err != nil:
		return escape{}, false
	case c == ' ' || c == '\n' || c == '\r' || c == '\t':
		return escape{b, 0, length}, true
	case escapable(c):
		return escape{b, c, length}, true
	}
	return escape{}, false
}

// escapable reports whether an escape may stand for c: a character of a key
// text, or a quote around one.
func escapable(c byte) bool {
	return letterOrDigit(c) || strings.IndexByte(`|+/=-."'`, c) >= 0
}

func letterOrDigit(c byte) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}
