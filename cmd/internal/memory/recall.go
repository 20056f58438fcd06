package memory

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"sync"

	"provkeys/client"
	"provkeys/client/diagnose"
	"provkeys/cmd/internal/store"
)

// maxFile is far above the lines of any tenant's keys, in bytes.
const maxFile = 64 << 20

// Recall reads what is remembered, of every tenant. Without a file it remembers
// nothing; lines that cannot be read are passed over. What it returns may be
// asked by several goroutines.
func Recall(dir string) (diagnose.Memory, error) {
	h, err := readHasher(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nothing{}, nil
	}
	if err != nil {
		return nil, err
	}
	r, err := recall(dir, h)
	if err != nil {
		return nil, err // and not a nil pointer in an interface
	}
	return r, nil
}

// recalled is what the file held when it was read.
type recalled struct {
	hasher   hasher
	lines    map[string][]line // by the hash of the text, oldest first
	prefixes map[string][]line // by the hash of what is logged, oldest first

	mu     sync.Mutex
	hashes map[[3]string]string // of prefixes: a log asks for the same ones again
}

// recall reads the file.
func recall(dir string, h hasher) (*recalled, error) {
	content, err := store.Read(dir, File, maxFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	r := &recalled{hasher: h, lines: map[string][]line{}, prefixes: map[string][]line{}, hashes: map[[3]string]string{}}
	for text := range bytes.Lines(content) {
		var l line
		if json.Unmarshal(text, &l) != nil || l.Text == "" || l.ID == "" {
			continue // torn when it was written, or not ours
		}
		r.lines[l.Text] = append(r.lines[l.Text], l)
		if l.Prefix != "" {
			r.prefixes[l.Prefix] = append(r.prefixes[l.Prefix], l)
		}
	}
	return r, nil
}

// ByText returns the key that the text was, to the byte, as it was seen last.
func (r *recalled) ByText(text client.Secret) (diagnose.Remembered, bool) {
	if text.IsZero() {
		return diagnose.Remembered{}, false
	}
	keys := distinct(r.lines[r.hasher.text(text)])
	if len(keys) == 0 {
		return diagnose.Remembered{}, false
	}
	return keys[len(keys)-1], true
}

// ByPrefix returns the keys whose text began with these three, each once and as
// it was seen last.
func (r *recalled) ByPrefix(version, host, prefix string) []diagnose.Remembered {
	if len(r.prefixes) == 0 {
		return nil
	}
	return distinct(r.prefixes[r.prefixHash(version, host, prefix)])
}

func (r *recalled) prefixHash(version, host, prefix string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	asked := [3]string{version, host, prefix}
	hash, known := r.hashes[asked]
	if !known {
		hash = r.hasher.prefix(version, host, prefix)
		r.hashes[asked] = hash
	}
	return hash
}

// distinct returns the last line of each key, oldest first.
func distinct(lines []line) []diagnose.Remembered {
	type named struct {
		customer string
		key      client.Ref
	}
	seen := map[named]bool{}
	var keys []diagnose.Remembered
	for _, l := range slices.Backward(lines) {
		k := l.remembered()
		if name := (named{k.Customer, k.Key}); !seen[name] {
			seen[name] = true
			keys = append(keys, k)
		}
	}
	slices.Reverse(keys)
	return keys
}

// nothing is the memory of who has none.
type nothing struct{}

func (nothing) ByText(client.Secret) (diagnose.Remembered, bool) { return diagnose.Remembered{}, false }
func (nothing) ByPrefix(_, _, _ string) []diagnose.Remembered    { return nil }
