// Package names keeps the names of a tenant's keys, groups and signing certificates,
// so that a shell can complete them without asking the tenant.
//
// It knows names, kinds and a file of the state folder. It must never keep a key
// text, nor any other field of a key: an id it keeps only where a name alone does not
// say which one is meant, or cannot be typed.
package names

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"strings"
	"sync"

	"provkeys/client"
	"provkeys/cmd/internal/store"
)

// Folder is the name of the folder in the state folder, one file a tenant.
const Folder = "names"

// Tenant is whose names they are. Names of one are never offered for another.
type Tenant struct {
	Address     string // of the API, in full
	Customer    string
	Microtenant string // "" is all of them
}

// Cache keeps the names of one tenant. It is safe for use by several goroutines, and
// several processes may share a file.
type Cache struct {
	dir, file string
	writing   sync.Mutex
}

// New returns the cache of a tenant in the state folder, which may not exist yet.
func New(state string, t Tenant) *Cache {
	sum := sha256.Sum256([]byte(strings.Join([]string{t.Address, t.Customer, t.Microtenant}, "\x00")))
	// Half of it tells tenants apart.
	return &Cache{dir: filepath.Join(state, Folder), file: hex.EncodeToString(sum[:16])}
}

// KeepKeys replaces what is kept of the keys of a kind, and of the groups that they
// belong to. The error says what stands in the way, and no name.
func (c *Cache) KeepKeys(kind client.Kind, keys []client.Key) error {
	entries := make([]Entry, 0, len(keys))
	for _, k := range keys {
		entries = append(entries, Entry{Name: k.Name, ID: string(k.ID)})
	}
	var groups []Entry
	for _, g := range client.GroupsOf(kind, keys) {
		groups = append(groups, Entry{Name: g.Name, ID: string(g.ID)})
	}
	return c.keep(map[section][]Entry{{aKey, kind}: entries, {aKeyGroup, kind}: groups})
}

// KeepGroups replaces what is kept of the groups of a kind.
func (c *Cache) KeepGroups(kind client.Kind, groups []client.Group) error {
	entries := make([]Entry, 0, len(groups))
	for _, g := range groups {
		entries = append(entries, Entry{Name: g.Name, ID: string(g.ID)})
	}
	return c.keep(map[section][]Entry{{aGroup, kind}: entries})
}

// KeepCertificates replaces what is kept of the signing certificates.
func (c *Cache) KeepCertificates(certificates []client.Certificate) error {
	entries := make([]Entry, 0, len(certificates))
	for _, cert := range certificates {
		entries = append(entries, Entry{Name: cert.Name, ID: string(cert.ID)})
	}
	return c.keep(map[section][]Entry{{sort: aCertificate}: entries})
}

// keep replaces sections, and writes nothing where they are as they were.
func (c *Cache) keep(fresh map[section][]Entry) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	change := func(old []byte) ([]byte, error) {
		all := decode(old)
		for s, entries := range fresh {
			all[s] = tidy(entries)
		}
		return encode(all), nil
	}
	// Without a look first everybody would wait for the lock, mostly for nothing.
	if old, err := store.Read(c.dir, c.file, maxFile); err == nil {
		if same, _ := change(old); bytes.Equal(old, same) {
			return nil
		}
	}
	if err := store.OwnFolder(filepath.Dir(c.dir)); err != nil {
		return err
	}
	return store.RewriteState(c.dir, c.file, change)
}

// Names returns what is kept. A file that is missing or cannot be read holds nothing.
func (c *Cache) Names() Names {
	content, err := store.Read(c.dir, c.file, maxFile)
	if err != nil {
		return Names{}
	}
	return Names{decode(content)}
}

// Names are the names of one tenant. The zero value has none.
type Names struct{ sections map[section][]Entry }

// Keys returns those of the keys of a kind.
func (n Names) Keys(kind client.Kind) []Entry { return n.sections[section{aKey, kind}] }

// Groups returns those of the groups of a kind: what was listed, and what the keys
// belong to besides.
func (n Names) Groups(kind client.Kind) []Entry {
	listed, ofKeys := n.sections[section{aGroup, kind}], n.sections[section{aKeyGroup, kind}]
	return union(listed, ofKeys)
}

// Certificates returns those of the signing certificates.
func (n Names) Certificates() []Entry { return n.sections[section{sort: aCertificate}] }
