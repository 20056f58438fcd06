// Package keytext knows the anatomy of a provisioning key's text:
// V|host|opaque, V from 1 to 4, the opaque part 384 base64 characters, on
// newer keys followed by "-" and 18 digits. Lengths and hosts are strong
// hints, never laws. The package is pure: it knows no key, no API and no
// screen, and its errors never hold any part of a text.
package keytext

import (
	"errors"
	"fmt"
	"strings"
)

// logPrefix is how many characters of the opaque part a connector writes into
// its log.
const logPrefix = 7

// Hint is what may be shown of a text: enough to recognise the key, too little
// to use it. The zero value stands for a missing or malformed text.
type Hint struct {
	Version   string // "1" to "4"
	Host      string // the cloud's enrolment host
	LogPrefix string // the first 7 characters of the opaque part, as connectors log them; "" where they would tell too much
}

// Describe returns the hint of a text, or the zero Hint when the text has not
// the shape V|host|opaque or its host may be a piece of the opaque part. Blanks
// do not change the shape.
func Describe(text string) Hint {
	parts := strings.Split(text, "|")
	if len(parts) != 3 {
		return Hint{}
	}
	version, host := strings.Trim(parts[0], " "), strings.Trim(parts[1], " ")
	opaque := strings.ReplaceAll(parts[2], " ", "")
	if !isVersion(version) || !plausibleHost(host) || opaque == "" || !consists(opaque, "+/=-") {
		return Hint{}
	}
	h := Hint{Version: version, Host: host}
	// Of a short one seven characters would tell too much.
	if len(opaque) >= 8*logPrefix && !strings.Contains(parts[2][:logPrefix], " ") {
		h.LogPrefix = opaque[:logPrefix]
	}
	return h
}

// Masked returns the text with dots for its opaque part: "3|host|••••••••", or
// the dots alone for the zero Hint.
func (h Hint) Masked() string {
	const dots = "••••••••"
	if h.Host == "" {
		return dots
	}
	return h.Version + "|" + h.Host + "|" + dots
}

// ErrUnsafe marks a text that must never reach a clipboard, a snippet or a
// pipe: a terminal or a shell would act on it, or the connector would refuse it.
var ErrUnsafe = errors.New("the key text is damaged")

// Check returns nil when every byte of the text is printable ASCII, else an
// error wrapping ErrUnsafe that names the first fault and its position,
// counted from 1.
func Check(text string) error {
	for i := range len(text) {
		switch c := text[i]; {
		case c == '\n' || c == '\r':
			return fmt.Errorf("%w: a line break at character %d", ErrUnsafe, i+1)
		case c < ' ' || c == 0x7f:
			return fmt.Errorf("%w: a control character at character %d", ErrUnsafe, i+1)
		case c > 0x7e:
			return fmt.Errorf("%w: a character outside ASCII at character %d", ErrUnsafe, i+1)
		}
	}
	return nil
}

// Every key of a tenant goes through these, so they are no regular expressions.

// isVersion reports whether a text is the first part of a key text.
func isVersion[T string | []byte](text T) bool {
	return len(text) == 1 && '1' <= text[0] && text[0] <= '4'
}

// isHost reports whether a text has the characters of a host, no dot or sign at
// its ends.
func isHost[T string | []byte](text T) bool {
	n := len(text)
	return n > 0 && consists(text[:1], "") && consists(text[n-1:], "") && consists(text, ".-")
}

// consists reports whether a text has nothing but ASCII letters, digits and those
// others.
func consists[T string | []byte](text T, others string) bool {
	for i := range len(text) {
		c := text[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case strings.IndexByte(others, c) < 0:
			return false
		}
	}
	return true
}
