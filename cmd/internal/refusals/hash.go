package refusals

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"

	"provkeys/cmd/internal/store"
)

const (
	// KeyFile is the name of the hashes' key in the state folder. Without it the
	// entries recognise nothing.
	KeyFile = "refused.key"
	// keySize is that of a SHA-256.
	keySize = sha256.Size
)

// name returns the keyed hash that the pair is kept under. Another secret is another
// pair, and so is the same one at another address.
func (p Pair) name() (string, error) {
	fresh := make([]byte, keySize)
	_, _ = rand.Read(fresh)
	key, err := store.Keep(p.Dir, KeyFile, fresh)
	if err != nil {
		return "", err
	}
	if len(key) != keySize {
		return "", fmt.Errorf("%s has %d bytes instead of %d: move it away to begin anew", filepath.Join(p.Dir, KeyFile), len(key), keySize)
	}
	mac := hmac.New(sha256.New, key)
	// Writing to a hash never fails.
	_, _ = mac.Write([]byte(strings.Join([]string{p.Door.String(), p.At, p.ID, p.Secret.Reveal()}, "\x00")))
	return hex.EncodeToString(mac.Sum(nil)), nil
}
