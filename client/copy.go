package client

import (
	"strings"
	"time"

	"provkeys/client/keytext"
)

// Block says why a key is not copied. A nil *Block means that it may be.
type Block struct {
	States []State // the blocking states, worst first
	Fault  error   // the text itself is damaged: wraps keytext.ErrUnsafe; nil otherwise
	// RaiseHelps is true where raising max uses by one alone makes the key
	// copyable: it is used up and no further, nothing else blocks it, and it may
	// be edited.
	RaiseHelps bool
}

// BlockedError says that a key would not be copied even after the change that
// was asked for; nothing was sent.
type BlockedError struct {
	Now   Key // what the server holds
	Block *Block
}

// Error says what blocks.
func (e *BlockedError) Error() string {
	return "it would still not be copied: it is " + e.Block.Words()
}

// CopyBlock answers the question "will it copy, and if not why". Console and
// command line ask this and nothing else; it is pure.
func (k Key) CopyBlock(now time.Time) *Block {
	var b Block
	for _, s := range k.States(now, Threshold{}) {
		if s.Blocks() {
			b.States = append(b.States, s)
		}
	}
	b.Fault = keytext.Check(k.Text.Reveal())
	if b.States == nil && b.Fault == nil {
		return nil
	}
	b.RaiseHelps = len(b.States) == 1 && b.States[0] == UsedUp && b.Fault == nil &&
		!k.Managed() && k.Uses == k.MaxUses && k.MaxUses < MaxMaxUses
	return &b
}

// Worst returns the worst blocking state, or Hidden where only the text is at
// fault: either way its text is not to be had.
func (b *Block) Worst() State {
	if len(b.States) == 0 {
		return Hidden
	}
	return b.States[0]
}

// Has reports whether s is among the blocking states.
func (b *Block) Has(s State) bool {
	for _, x := range b.States {
		if x == s {
			return true
		}
	}
	return false
}

// Words joins everything that blocks: "expired and used up".
func (b *Block) Words() string {
	var words []string
	for _, s := range b.States {
		words = append(words, s.String())
	}
	if b.Fault != nil {
		words = append(words, b.Fault.Error())
	}
	return strings.Join(words, " and ")
}
