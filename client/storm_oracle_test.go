package client_test

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"provkeys/client"
	"provkeys/mockserver"
)

// oracle holds what the client said against what the server did.
type oracle struct {
	mock    *mockserver.Server
	wire    *signingWire
	said    []outcome
	safe    map[client.Ref]bool // keys that nobody deletes
	history []mockserver.Write
	faults  []string
}

func (o *oracle) fault(said outcome, format string, args ...any) {
	o.faults = append(o.faults, fmt.Sprintf("%v of %q: %s (calls%s; the client said: %v)",
		said.operation, said.seen.Name, fmt.Sprintf(format, args...), o.trace(said.number), said.err))
}

func (o *oracle) trace(number int) (calls string) {
	for _, c := range o.wire.of(number) {
		calls += fmt.Sprintf(" %s %d", c.method, c.status)
	}
	return calls
}

// judge returns everything that is not as promised.
func (o *oracle) judge() []string {
	o.history = o.mock.Writes()
	for _, said := range o.said {
		var unconfirmed *client.UnconfirmedError
		maybe := errors.As(said.err, &unconfirmed)
		switch said.deed {
		case raises, opens, limits, renames, toggles:
			o.judgeUpdate(said, maybe)
		case creates:
			o.judgeCreation(said, maybe)
		case removes:
			o.judgeDeletion(said, maybe)
		case lists:
			o.judgeListing(said)
		case reads:
			if errors.Is(said.err, client.ErrNotFound) && !o.deleted(said.seen.Ref()) {
				o.fault(said, "not found, and it was never deleted")
			}
		}
	}
	o.judgeGrounds()
	return o.faults
}

// signedWith returns the writes of an operation that changed the tenant.
func (o *oracle) signedWith(number int) (list []mockserver.Write) {
	for _, w := range o.history {
		if w.Applied && w.After[signedBy] == strconv.Itoa(number) {
			list = append(list, w)
		}
	}
	return list
}

// judgeUpdate holds an update to: done once where that is said, not done where an
// error is no *UnconfirmedError, read back, and never sent again as it was.
func (o *oracle) judgeUpdate(said outcome, maybe bool) {
	done := o.signedWith(said.number)
	before, after := said.updated.Before, said.updated.After
	switch {
	case len(done) > 1:
		o.fault(said, "done %d times", len(done))
	case said.err != nil && !maybe && len(done) == 1:
		o.fault(said, "done, and told as if it were not")
	case said.err == nil && len(done) == 0 && len(client.Conflicts(before, after)) > 0 && !o.anothersLike(said):
		o.fault(said, "not done, and told as if it were")
	case said.err == nil && len(done) == 1:
		o.judgeAnswer(said, done[0])
	}
	repeatable := true
	for _, c := range o.wire.of(said.number) {
		switch {
		case c.method == http.MethodGet:
			repeatable = true
		case !repeatable:
			o.fault(said, "an old body is sent again")
		default:
			repeatable = !c.mayBeDone()
		}
	}
}

// anothersLike reports whether the answer was lost and somebody else wrote the very
// same: nobody can tell them apart.
func (o *oracle) anothersLike(said outcome) bool {
	lost := false
	for _, c := range o.wire.of(said.number) {
		lost = lost || c.method == http.MethodPut && (c.status == 0 || c.status >= 500)
	}
	after := said.updated.After
	for _, w := range o.history {
		if lost && w.Applied && w.Method == http.MethodPut && w.ID == string(after.ID) &&
			w.After["maxUsage"] == strconv.FormatInt(after.MaxUses, 10) && w.After["enabled"] == after.Enabled {
			return true
		}
	}
	return false
}

// judgeAnswer holds a change that is said to be done to what was written.
func (o *oracle) judgeAnswer(said outcome, w mockserver.Write) {
	calls := o.wire.of(said.number)
	if last := calls[len(calls)-1]; last.method != http.MethodGet || last.status != http.StatusOK {
		o.fault(said, "it is not read back")
	}
	after := said.updated.After
	want := map[deed]string{limits: strconv.FormatInt(said.limit(), 10)}[said.deed]
	if said.deed == raises || said.deed == opens {
		want = strconv.FormatInt(said.updated.Before.MaxUses+1, 10)
	}
	if got := w.After["maxUsage"]; want != "" && (got != want || strconv.FormatInt(after.MaxUses, 10) != want) {
		o.fault(said, "%s uses are asked for, %v are written and %d are shown", want, got, after.MaxUses)
	}
	if said.deed == renames && (w.After["name"] != said.name() || after.Name != said.name()) {
		o.fault(said, "the name %q is written and %q is shown", w.After["name"], after.Name)
	}
	if w.ID != string(said.seen.ID) {
		o.fault(said, "another key was changed: %s", w.ID)
	}
}

// judgeGrounds looks at what updates wrote over. One may write over another only if
// that was under way when it read: what was answered before is seen or is a conflict.
func (o *oracle) judgeGrounds() {
	for _, w := range o.history {
		if w.Method != http.MethodPut || !w.Applied || w.Before[signedBy] == w.After[ground] {
			continue
		}
		mine, theirs := numberOf(w.After[signedBy]), numberOf(w.Before[signedBy])
		if heard := heardOf(o.wire.of(theirs)); heard.Before(groundOf(o.wire.of(mine))) {
			o.faults = append(o.faults, fmt.Sprintf("operation %d (calls%s) wrote over operation %d (calls%s), which had been answered before it read",
				mine, o.trace(mine), theirs, o.trace(theirs)))
		}
	}
}

// heardOf is when the last write of an operation was answered.
func heardOf(calls []signedCall) (at time.Time) {
	for _, c := range calls {
		if c.method != http.MethodGet {
			at = c.heard
		}
	}
	return at
}

// groundOf is when the reading was sent on which the last write of an operation
// stands.
func groundOf(calls []signedCall) (at time.Time) {
	var read time.Time
	for _, c := range calls {
		if c.method == http.MethodGet {
			read = c.sent
		} else {
			at = read
		}
	}
	return at
}

func numberOf(signature any) int {
	text, _ := signature.(string)
	n, _ := strconv.Atoi(text)
	return n
}

// judgeCreation holds a creation to: made once, and its text never lost but with its
// answer.
func (o *oracle) judgeCreation(said outcome, maybe bool) {
	done := o.signedWith(said.number)
	k := said.created.Key
	switch {
	case len(done) > 1:
		o.fault(said, "made %d times", len(done))
	case said.err != nil && !maybe && len(done) == 1:
		o.fault(said, "made, and told as if it were not")
	case said.err == nil && (len(done) == 0 || done[0].ID != string(k.ID)):
		o.fault(said, "told to be %s and made %d times", k.ID, len(done))
	case said.err == nil && !o.deleted(k.Ref()):
		held, _ := o.mock.Key(k.Kind.AssociationType(), string(k.ID))
		lost := said.created.Found && said.hidden // with the answer that had it
		if text, _ := held["provisioningKey"].(string); text != k.Text.Reveal() && !lost {
			o.fault(said, "its text is lost or another's")
		}
	}
}

// judgeDeletion holds a deletion to: gone where that is said.
func (o *oracle) judgeDeletion(said outcome, maybe bool) {
	ref := said.seen.Ref()
	if o.safe[ref] {
		return
	}
	sent := false
	for _, c := range o.wire.of(said.number) {
		sent = sent || c.method == http.MethodDelete
	}
	switch gone := o.deleted(ref); {
	case said.err == nil && !gone:
		o.fault(said, "told to be gone and still there")
	case said.err == nil && !said.already && !sent:
		o.fault(said, "told to be deleted and nothing was sent")
	case said.err != nil && !maybe && gone && sent && !o.othersDelete(said):
		o.fault(said, "gone, and told as if it were not")
	}
}

// othersDelete reports whether another operation sent a deletion of the same key.
func (o *oracle) othersDelete(said outcome) bool {
	for _, other := range o.said {
		if other.deed == removes && other.number != said.number && other.seen.Ref() == said.seen.Ref() {
			return true
		}
	}
	return false
}

// deleted reports whether the key was deleted.
func (o *oracle) deleted(ref client.Ref) bool {
	for _, w := range o.history {
		if w.Applied && w.Method == http.MethodDelete && w.ID == string(ref.ID) {
			return true
		}
	}
	return false
}

// judgeListing holds a list to: whole where its kind did not fail.
func (o *oracle) judgeListing(said outcome) {
	if said.err != nil {
		return
	}
	listed := map[client.Ref]int{}
	for _, k := range said.listing.Keys {
		listed[k.Ref()]++
	}
	for ref := range o.safe {
		if said.listing.Failed[ref.Kind] == nil && listed[ref] != 1 {
			o.fault(said, "%s is in it %d times", ref.ID, listed[ref])
		}
	}
}
