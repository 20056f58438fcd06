// Package refusals remembers which sign-ins were refused, so that no process sends
// them again by itself: three refusals lock an API client.
//
// It knows keyed hashes, times and the state folder. It must never keep a credential,
// nor anything that one could be made from again, and it decides nothing: whether a
// sign-in that was refused is sent once more is for whoever asks.
package refusals

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"provkeys/client"
	"provkeys/cmd/internal/store"
)

const (
	// File is the name of the memory in the state folder.
	File = "refused.json"
	// Hold is how long a refused sign-in is remembered: for as long as three of them
	// lock an API client.
	Hold = 30 * time.Minute

	// maxEntries is more than the sign-ins of anybody who types them.
	maxEntries = 16
	// maxFile is far above that, in bytes.
	maxFile = 64 << 10
)

// Pair is what a sign-in is made of, and where its refusal is remembered. The zero
// value remembers nothing.
type Pair struct {
	Dir    string // the state folder; "" when none is known
	Door   client.Door
	At     string // the address that signs in
	ID     string // of the API client
	Secret client.Secret
	Now    func() time.Time
}

// Refusal is a sign-in that was refused.
type Refusal struct {
	At         time.Time
	OneAPIOnly bool // the tenant had moved to OneAPI
}

// Until is when it is forgotten.
func (r Refusal) Until() time.Time { return r.At.Add(Hold) }

// entry is a refusal as it is kept. Its names are a promise: newer versions read what
// older ones wrote.
type entry struct {
	Pair       string    `json:"pair"` // a keyed hash
	At         time.Time `json:"at"`
	OneAPIOnly bool      `json:"oneapi_only,omitempty"`
}

// Last returns the refusal of this very pair, false where none is remembered. What
// cannot be read counts as none: it keeps nobody from their work.
func (p Pair) Last() (Refusal, bool) {
	kept := p.read()
	if len(kept) == 0 {
		return Refusal{}, false
	}
	name, err := p.name()
	if err != nil {
		return Refusal{}, false
	}
	for _, e := range kept {
		if e.Pair == name {
			return Refusal{At: e.At, OneAPIOnly: e.OneAPIOnly}, true
		}
	}
	return Refusal{}, false
}

// Remember keeps that the pair was refused just now. The error says what stands in
// the way, and nothing of the pair.
func (p Pair) Remember(oneAPIOnly bool) error {
	if p.Dir == "" {
		return nil
	}
	name, err := p.name()
	if err != nil {
		return err
	}
	return p.rewrite(func(kept []entry) []entry {
		kept = slices.DeleteFunc(kept, func(e entry) bool { return e.Pair == name })
		kept = append(kept, entry{Pair: name, At: p.Now().UTC().Truncate(time.Second), OneAPIOnly: oneAPIOnly})
		return kept[max(0, len(kept)-maxEntries):]
	})
}

// Lock waits until no other process looks, signs in and remembers with this pair, or
// until the context ends. Where nothing can be remembered that is the error.
func (p Pair) Lock(ctx context.Context) (unlock func(), err error) {
	if p.Dir == "" {
		return nil, errNowhere
	}
	name, err := p.name()
	if err != nil {
		return nil, err
	}
	return store.Lock(ctx, p.Dir, "sign-in-"+name[:12]) // enough to tell pairs apart
}

// errNowhere is the error of a pair that is remembered nowhere.
var errNowhere = errors.New("no state folder is known: set HOME or XDG_STATE_HOME")

// Forget drops the refusal of a pair that was accepted. It writes nothing where there
// is none.
func (p Pair) Forget() error {
	if _, there := p.Last(); !there {
		return nil
	}
	name, err := p.name()
	if err != nil {
		return err
	}
	return p.rewrite(func(kept []entry) []entry {
		return slices.DeleteFunc(kept, func(e entry) bool { return e.Pair == name })
	})
}

// read returns what is remembered and still counts.
func (p Pair) read() []entry {
	if p.Dir == "" {
		return nil
	}
	content, err := store.Read(p.Dir, File, maxFile)
	if err != nil {
		return nil
	}
	return p.counting(content)
}

// counting returns the entries that are young enough, by a clock that may have been
// set back since. A file that somebody damaged has none.
func (p Pair) counting(content []byte) []entry {
	var kept []entry
	if json.Unmarshal(content, &kept) != nil {
		return nil
	}
	now := p.Now()
	return slices.DeleteFunc(kept, func(e entry) bool { return now.Sub(e.At).Abs() >= Hold })
}

func (p Pair) rewrite(change func([]entry) []entry) error {
	return store.RewriteState(p.Dir, File, func(old []byte) ([]byte, error) {
		// Hashes and times always have a JSON form.
		fresh, _ := json.Marshal(change(p.counting(old)))
		return append(fresh, '\n'), nil
	})
}
