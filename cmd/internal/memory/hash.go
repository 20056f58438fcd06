package memory

import (
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"strings"

	"provkeys/client"
	"provkeys/cmd/internal/store"
)

const (
	// KeyFile is the name of the hashes' key in the state folder. Without it the
	// lines recognise nothing.
	KeyFile = "memory.key"
	// keySize is that of a SHA-256.
	keySize = sha256.Size

	// stretch is how often a prefix is hashed. Its seven characters have 42 bits,
	// which whoever has both files could try out; a text has more than 2,000 and
	// needs none of it. One prefix costs about a millisecond.
	stretch = 4096
	// prefixSize is enough to tell prefixes apart, in bytes.
	prefixSize = 16
)

// hasher hashes under the key of a state folder. The zero value has no key.
type hasher struct{ key []byte }

// newHasher reads the key, and makes one where there is none yet.
func newHasher(dir string) (hasher, error) {
	fresh := make([]byte, keySize)
	_, _ = rand.Read(fresh)
	key, err := store.Keep(dir, KeyFile, fresh)
	if err != nil {
		return hasher{}, err
	}
	return checked(dir, key)
}

// readHasher reads the key. The error is fs.ErrNotExist where there is none.
func readHasher(dir string) (hasher, error) {
	key, err := store.Read(dir, KeyFile, keySize+1)
	if err != nil {
		return hasher{}, err
	}
	return checked(dir, key)
}

func checked(dir string, key []byte) (hasher, error) {
	if len(key) != keySize {
		return hasher{}, keyFault(filepath.Join(dir, KeyFile), len(key))
	}
	return hasher{key}, nil
}

// text returns the hash of a whole text.
func (h hasher) text(text client.Secret) string {
	return hex.EncodeToString(h.sum("text", text.Reveal()))
}

// prefix returns the hash of what connectors log of a text, or "" where that is
// not known.
func (h hasher) prefix(version, host, prefix string) string {
	if prefix == "" {
		return ""
	}
	// Hosts are the same in large and small letters; base64 is not.
	logged := strings.ToLower(version+"|"+host) + "|" + prefix
	// It fails for keys that are too short alone, and only where FIPS is enforced.
	sum, err := pbkdf2.Key(sha256.New, logged, h.sum("prefix", ""), stretch, prefixSize)
	if err != nil {
		return ""
	}
	return hex.EncodeToString(sum)
}

// sum returns the HMAC of a text for one purpose.
func (h hasher) sum(purpose, text string) []byte {
	mac := hmac.New(sha256.New, h.key)
	// Writing to a hash never fails.
	_, _ = mac.Write([]byte(purpose + "\x00" + text))
	return mac.Sum(nil)
}
