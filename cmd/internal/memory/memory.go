// Package memory keeps what a key text can be recognised by after the API has
// stopped showing it: a keyed hash of the whole, and one of what connectors log
// of it, in the state folder.
//
// It knows hashes and files. It must never keep a text, nor anything that a text
// could be made from again.
package memory

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"provkeys/client"
	"provkeys/client/diagnose"
	"provkeys/cmd/internal/store"
)

// File is the name of the memory in the state folder, one line a key text.
const File = "memory.jsonl"

// Memory remembers the keys of one tenant. Everything is required.
type Memory struct {
	Dir      string // the state folder
	Customer string
	Now      func() time.Time
}

// line is a key as it is kept. Its names are a promise: older lines are read by
// newer versions.
type line struct {
	Time     string `json:"time"`
	Customer string `json:"customer"`
	Kind     string `json:"kind"`
	ID       string `json:"id"`
	Name     string `json:"name"`
	Group    string `json:"group,omitempty"`
	Text     string `json:"text"`             // the hash of the text
	Prefix   string `json:"prefix,omitempty"` // the hash of what connectors log of it
}

// Remember keeps what the keys' texts can be recognised by. A key that is
// remembered like that already is not written again. Of a key without a text it
// keeps nothing. The end of the context ends it between two keys, and what it has
// hashed by then is kept. The error is that of the context then; any other says
// what stands in the way, and no part of a text.
func (m Memory) Remember(ctx context.Context, keys ...client.Key) error {
	keys = slices.DeleteFunc(slices.Clone(keys), func(k client.Key) bool { return k.Text.IsZero() })
	if len(keys) == 0 {
		return nil
	}
	h, err := newHasher(m.Dir)
	if err != nil {
		return err
	}
	known, err := recall(m.Dir, h)
	if err != nil {
		return err
	}
	var fresh []byte
	var ended error
	for i, k := range keys {
		// Thousands take seconds; one key is never worth leaving out.
		if ended = ctx.Err(); ended != nil && i > 0 {
			break
		}
		ended = nil
		l := line{
			Time: m.Now().UTC().Format(time.RFC3339), Customer: cut(m.Customer),
			Kind: string(k.Kind), ID: cut(string(k.ID)), Name: cut(k.Name), Group: cut(k.Group),
			Text: h.text(k.Text),
		}
		if known.has(l) {
			continue
		}
		l.Prefix = h.prefix(k.Hint.Version, k.Hint.Host, k.Hint.LogPrefix)
		// A struct of texts always has a JSON form.
		b, _ := json.Marshal(l)
		fresh = append(append(fresh, b...), '\n')
	}
	if fresh == nil {
		return ended
	}
	return errors.Join(store.Append(m.Dir, File, fresh), ended)
}

// has reports whether the same key is remembered with the same text and name.
// Its group is looked up in the tenant, where there is one.
func (r *recalled) has(l line) bool {
	for _, old := range r.lines[l.Text] {
		if old.Customer == l.Customer && old.Kind == l.Kind && old.ID == l.ID && old.Name == l.Name {
			return true
		}
	}
	return false
}

// remembered returns the key of a line.
func (l line) remembered() diagnose.Remembered {
	// A time that somebody has damaged is not worth the whole line.
	at, _ := time.Parse(time.RFC3339, l.Time)
	return diagnose.Remembered{
		Key: client.Ref{Kind: client.Kind(l.Kind), ID: client.ID(l.ID)}, Name: l.Name, Group: l.Group,
		Customer: l.Customer, At: at,
	}
}

// longest is that of the longest name that the API takes, in characters. A key
// text has more.
const longest = 255

// cut shortens what is longer than anything that belongs into the memory.
func cut(text string) string {
	text = strings.ToValidUTF8(text, "\ufffd")
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest-1]) + "…"
	}
	return text
}

// keyFault says what to do about a key file that cannot be one.
func keyFault(path string, size int) error {
	return fmt.Errorf("%s has %d bytes instead of %d, so that nothing can be recognised by it: move it and %s away to begin anew", path, size, keySize, File)
}
