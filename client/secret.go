package client

import (
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
)

// redacted is what every printer and encoder shows in place of a secret.
const redacted = "[secret]"

// Secret is a key text or a credential. No verb of fmt, no encoder and no log
// handler prints it: the text stands behind a func value, because fmt prints a
// plain string inside an unexported field whatever methods its type has. The
// zero value is the empty secret.
type Secret struct{ reveal func() string }

// NewSecret returns text as a Secret; the empty text gives the zero value.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{reveal: func() string { return text }}
}

// Reveal returns the text. It is the only way out: every caller hands the text
// to the place that needs it (the wire, the clipboard, a pipe that was asked
// for) and keeps no copy.
func (s Secret) Reveal() string {
	if s.reveal == nil {
		return ""
	}
	return s.reveal()
}

// IsZero reports whether there is no text.
func (s Secret) IsZero() bool { return s.reveal == nil }

// Equal compares two secrets without telling by its time where they differ.
func (s Secret) Equal(other Secret) bool {
	return subtle.ConstantTimeCompare([]byte(s.Reveal()), []byte(other.Reveal())) == 1
}

// Format prints a fixed word for every verb and flag.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// String returns a fixed word, or nothing for the empty secret.
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return redacted
}

// MarshalText returns the fixed word, so that JSON and YAML never hold the text.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText takes the text in.
func (s *Secret) UnmarshalText(text []byte) error {
	*s = NewSecret(string(text))
	return nil
}

// LogValue returns the fixed word.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }
