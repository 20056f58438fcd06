// Package catalog knows the keys that are held in memory: it finds one by its
// Ref, joins the ends of signing certificates into all, and selects keys by
// kind and filter in a chosen order.
//
// It is pure. It never does I/O, reads no clock, starts no goroutine and knows
// no screen; what depends on the moment comes in with the Query. It never
// looks into a key's text. Methods that only read may run at once; one that
// changes the catalog may not run beside any other.
package catalog

import (
	"slices"
	"time"

	"provkeys/client"
)

// Catalog holds keys. The zero value is empty and ready.
type Catalog struct {
	rows  map[client.Ref]*row
	kinds map[client.Kind]int
	// order has every row in the order that breaks all ties, so that selecting
	// by name, the usual case, sorts nothing.
	order []*row
	ends  map[client.ID]time.Time
}

// Put adds keys and replaces those held under the same Ref; of two with one
// Ref the later wins.
func (c *Catalog) Put(keys ...client.Key) {
	if c.rows == nil {
		c.rows = make(map[client.Ref]*row, len(keys))
		c.kinds = make(map[client.Kind]int)
	}
	var fresh []*row
	moved := false
	for _, k := range keys {
		r := newRow(k)
		r.join(c.ends)
		old, held := c.rows[k.Ref()]
		if held && inOrder(old, r) == 0 {
			*old = *r // A reload seldom renames, and then the order stands.
			continue
		}
		if held {
			old.gone, moved = true, true
		} else {
			c.kinds[k.Kind]++
		}
		c.rows[k.Ref()] = r
		fresh = append(fresh, r)
	}
	if moved {
		c.order = slices.DeleteFunc(c.order, isGone)
		fresh = slices.DeleteFunc(fresh, isGone)
	}
	c.insert(fresh)
}

// insert merges rows into the order from the back, so that a single new key
// costs one search and one move of memory, and a page of them little more.
func (c *Catalog) insert(fresh []*row) {
	slices.SortFunc(fresh, inOrder)
	end := len(c.order)
	c.order = append(c.order, fresh...)
	for i := len(fresh) - 1; i >= 0; i-- {
		at, _ := slices.BinarySearchFunc(c.order[:end], fresh[i], inOrder)
		copy(c.order[at+i+1:], c.order[at:end])
		c.order[at+i] = fresh[i]
		end = at
	}
}

// ReplaceKind takes what a complete load of one kind brought: it puts keys,
// and keys of that kind that are not among them are gone.
func (c *Catalog) ReplaceKind(kind client.Kind, keys []client.Key) {
	loaded := make(map[client.Ref]bool, len(keys))
	for _, k := range keys {
		loaded[k.Ref()] = true
	}
	gone := false
	for ref, r := range c.rows {
		if ref.Kind == kind && !loaded[ref] {
			r.gone, gone = true, true
			delete(c.rows, ref)
			c.kinds[kind]--
		}
	}
	if gone {
		c.order = slices.DeleteFunc(c.order, isGone)
	}
	c.Put(keys...)
}

// Remove drops a key; one that is not held is no fault.
func (c *Catalog) Remove(ref client.Ref) {
	r, held := c.rows[ref]
	if !held {
		return
	}
	delete(c.rows, ref)
	c.kinds[ref.Kind]--
	at, _ := slices.BinarySearchFunc(c.order, r, inOrder)
	c.order = slices.Delete(c.order, at, at+1)
}

// Get returns the key that ref names; false when it is not held.
func (c *Catalog) Get(ref client.Ref) (client.Key, bool) {
	r, held := c.rows[ref]
	if !held {
		return client.Key{}, false
	}
	return r.key, true
}

// Keys returns the keys that refs name, in their order; those not held are
// left out.
func (c *Catalog) Keys(refs []client.Ref) []client.Key {
	keys := make([]client.Key, 0, len(refs))
	for _, ref := range refs {
		if r, held := c.rows[ref]; held {
			keys = append(keys, r.key)
		}
	}
	return keys
}

// SetCertificates joins the ends of the signing certificates into all keys,
// those put later included. A key whose certificate is not among them keeps
// the end that it came with, and so do all keys for nil, which means unknown.
func (c *Catalog) SetCertificates(certificates []client.Certificate) {
	c.ends = make(map[client.ID]time.Time, len(certificates))
	for _, certificate := range certificates {
		c.ends[certificate.ID] = certificate.ValidTo
	}
	for _, r := range c.order {
		r.join(c.ends)
	}
}

// Len returns how many keys are held.
func (c *Catalog) Len() int { return len(c.rows) }

// Count returns how many keys of one kind are held; of all for the zero Kind.
func (c *Catalog) Count(kind client.Kind) int {
	if kind == "" {
		return len(c.rows)
	}
	return c.kinds[kind]
}
