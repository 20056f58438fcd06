package download

import (
	"crypto/rand"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"filippo.io/age"

	"provkeys/client"
)

// minPassphrase is how many characters a passphrase must have. What scrypt costs
// is no help against a shorter one.
const minPassphrase = 12

// maxPassphrase is well below the 4095 bytes of a line that can be typed into a
// terminal, where age asks for it.
const maxPassphrase = 1024

// CheckPassphrase returns nil for a passphrase of 12 characters or more that can
// be typed. The error is an Error.
func CheckPassphrase(p client.Secret) error {
	text := p.Reveal()
	switch n := utf8.RuneCountInString(text); {
	case n < minPassphrase:
		return &Error{Problem: fmt.Sprintf("the passphrase has %d characters and needs %d", n, minPassphrase), Fix: "take a longer one, or have one made"}
	case len(text) > maxPassphrase:
		return &Error{Problem: fmt.Sprintf("the passphrase has more than %d bytes, and age may not take it when it is typed", maxPassphrase), Fix: "take a shorter one, or have one made"}
	case strings.ContainsFunc(text, unicode.IsControl), !utf8.ValidString(text):
		return &Error{Problem: "the passphrase holds a line break or another character that cannot be typed", Fix: "write it as one line of plain text"}
	}
	return nil
}

// Passphrase returns the recipient for a passphrase that CheckPassphrase takes.
// To encrypt for it takes a second, and so does every guess.
func Passphrase(p client.Secret) (age.Recipient, error) {
	if err := CheckPassphrase(p); err != nil {
		return nil, err
	}
	return age.NewScryptRecipient(p.Reveal())
}

// letters are 32, five bits each, of which no two look or sound alike: there is
// no i, l, o or u.
const letters = "0123456789abcdefghjkmnpqrstvwxyz"

// MakePassphrase returns a new one that can be read aloud: 125 random bits in
// five groups of five letters and digits.
func MakePassphrase() client.Secret {
	random := make([]byte, 25)
	// It never fails.
	_, _ = rand.Read(random)
	var b strings.Builder
	for i, r := range random {
		if i > 0 && i%5 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(letters[r%32])
	}
	return client.NewSecret(b.String())
}
