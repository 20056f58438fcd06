package download

import (
	"fmt"
	"io/fs"

	"filippo.io/age"
)

// readers says who can read a file of this mode.
func (t target) readers(mode fs.FileMode, to []age.Recipient) string {
	words := owners(mode)
	if to != nil {
		words = holders(to) + "; the file itself is for " + words
	}
	return words + t.disturbers()
}

// holders says who can decrypt it.
func holders(to []age.Recipient) string {
	if len(to) > 1 {
		return fmt.Sprintf("whoever has one of the %d recipients' private keys", len(to))
	}
	if _, ok := to[0].(*age.ScryptRecipient); ok {
		return "whoever has the passphrase"
	}
	return "whoever has the recipient's private key"
}
