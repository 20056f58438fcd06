package client_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"provkeys/client"
	"provkeys/mockserver"
)

// deed is what an operation of a storm does.
type deed string

const (
	reads   deed = "read"
	lists   deed = "list"
	raises  deed = "raise"
	opens   deed = "raise to copy"
	limits  deed = "limit"
	renames deed = "rename"
	toggles deed = "toggle"
	creates deed = "create"
	removes deed = "delete"
	expires deed = "expire tokens"
	enrols  deed = "enrol"
)

// operation is one thing that somebody does in a storm. It is data, drawn from a
// seed, so that what failed can be printed and had again.
type operation struct {
	number   int // from 1, within its voyage
	deed     deed
	target   int           // which of the keys that its hand knows
	hidden   bool          // of a new key
	rest     time.Duration // before it
	patience time.Duration // after which its context ends; 0 for never
}

// String names the operation as a failed voyage prints it.
func (o operation) String() string { return fmt.Sprintf("operation %d, %s", o.number, o.deed) }

// name is what nobody else calls a key.
func (o operation) name() string { return fmt.Sprintf("storm %d", o.number) }

// limit is a number of max uses that nobody else asks for.
func (o operation) limit() int64 { return int64(1_000_000 + 1000*o.number) }

// drawn returns the operation with that number. Of deeds each is as likely.
func drawn(luck *rand.Rand, number int, deeds []deed) operation {
	o := operation{
		number: number, deed: deeds[luck.IntN(len(deeds))], target: luck.IntN(1 << 16), hidden: luck.IntN(3) == 0,
		rest: time.Duration(luck.IntN(2000)) * time.Millisecond,
	}
	if luck.IntN(8) == 0 {
		o.patience = time.Duration(50+luck.IntN(3000)) * time.Millisecond
	}
	return o
}

// outcome is what the client said of an operation.
type outcome struct {
	operation
	seen    client.Key // as its hand saw the key before
	updated client.Updated
	created client.Created
	listing client.Listing
	already bool
	err     error
}

// operationInContext is where a call carries the number of its operation.
type operationInContext struct{}

// hand is somebody who does one operation after another with a client that may be
// another's too.
type hand struct {
	api   *client.Client
	mock  *mockserver.Server
	known []client.Key // as it saw them last
	safe  map[client.Ref]bool
}

// do does an operation and returns what the client said of it.
func (h *hand) do(o operation) outcome {
	time.Sleep(o.rest)
	ctx := context.WithValue(context.Background(), operationInContext{}, o.number)
	if o.patience > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, o.patience)
		defer cancel()
	}
	at := o.target % len(h.known)
	k := h.known[at]
	said := outcome{operation: o, seen: k}
	switch o.deed {
	case reads:
		said.updated.After, said.err = h.api.GetKey(ctx, k)
	case raises:
		said.updated, said.err = h.api.RaiseMaxUses(ctx, k, 1)
	case opens:
		said.updated, said.err = h.api.RaiseToCopy(ctx, k, 1)
	case limits:
		said.updated, said.err = h.api.UpdateKey(ctx, k, client.Change{MaxUses: ptr(o.limit())})
	case renames:
		said.updated, said.err = h.api.UpdateKey(ctx, k, client.Change{Name: ptr(o.name())})
	case toggles:
		said.updated, said.err = h.api.UpdateKey(ctx, k, client.Change{Enabled: ptr(!k.Enabled)})
	case creates:
		said.created, said.err = h.api.CreateKey(ctx, client.NewKey{
			Kind: k.Kind, Name: o.name(), MaxUses: o.limit(), GroupID: k.GroupID, CertificateID: k.CertificateID,
			MicrotenantID: k.MicrotenantID, Hidden: o.hidden,
		}, h.known)
	case removes:
		if !h.safe[k.Ref()] {
			said.already, said.err = h.api.DeleteKey(ctx, k)
		}
	case lists:
		said.listing, said.err = h.api.ListKeys(ctx, client.Kinds()...)
	case expires:
		h.mock.ExpireTokens()
	case enrols:
		_, _ = h.mock.EnrolNext() // where every key is used up nobody enrols
	}
	h.learn(at, said)
	return said
}

// learn keeps what an operation showed, as a screen does.
func (h *hand) learn(at int, said outcome) {
	if said.updated.After.ID != "" {
		h.known[at] = said.updated.After
	}
	if said.created.Key.ID != "" {
		h.known = append(h.known, said.created.Key)
	}
	if len(said.listing.Keys) > 0 && len(said.listing.Failed) == 0 {
		h.known = said.listing.Keys
	}
}
