package catalog

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"provkeys/client"
	"provkeys/client/internal/filter"
	"provkeys/client/internal/order"
)

// border stands between the fields of a haystack. Folding leaves valid UTF-8
// alone, in which this byte cannot occur, so no word matches across it.
const border = "\xff"

// row is a key with everything that filter and sort would otherwise work out
// again for each key at each press of a key.
type row struct {
	key  client.Key
	end  time.Time // the certificate's end that the key came with
	gone bool      // to be swept out of the order

	haystack               string // name, group and id, folded
	name, group, id        string // folded; parts of the haystack
	certificate, by        string // folded
	tenant, tenantID       string // folded
	nameOrder, groupOrder  string // as order.Natural writes them
	modifierOrder, idOrder string
	addressOrder           string // "" when it allows all
	tenantOrder            string // by name, else by id; "" when neither is known
	kindOrder              int
}

func newRow(k client.Key) *row {
	r := &row{
		key: k, end: k.CertificateEnd,
		certificate: filter.Fold(k.Certificate), by: filter.Fold(k.ModifiedBy),
		tenant: filter.Fold(k.Microtenant), tenantID: filter.Fold(string(k.MicrotenantID)),
		kindOrder: kindOrder(k.Kind),
	}
	name, group, id := filter.Fold(k.Name), filter.Fold(k.Group), filter.Fold(string(k.ID))
	r.haystack = name + border + group + border + id
	r.name = r.haystack[:len(name)]
	r.group = r.haystack[len(name)+1 : len(name)+1+len(group)]
	r.id = r.haystack[len(r.haystack)-len(id):]
	r.nameOrder, r.groupOrder = order.Natural(name), order.Natural(group)
	r.modifierOrder, r.idOrder = order.Natural(r.by), order.Natural(id)
	r.addressOrder = order.Natural(filter.Fold(strings.Join(k.AllowedAddresses, " ")))
	r.tenantOrder = order.Natural(cmp.Or(r.tenant, r.tenantID))
	return r
}

// join sets the certificate's end to the one known, else to the key's own.
func (r *row) join(ends map[client.ID]time.Time) {
	r.key.CertificateEnd = r.end
	if end := ends[r.key.CertificateID]; !end.IsZero() {
		r.key.CertificateEnd = end
	}
}

func isGone(r *row) bool { return r.gone }

// kindOrder returns a kind's place in the order in which kinds are shown;
// unknown ones come after.
func kindOrder(kind client.Kind) int {
	if i := slices.Index(client.Kinds(), kind); i >= 0 {
		return i
	}
	return len(client.Kinds())
}

// inOrder compares by name, then kind, then id. It is 0 for rows of one Ref
// and one name alone, so that the order never depends on when a key came.
func inOrder(a, b *row) int {
	return cmp.Or(
		strings.Compare(a.nameOrder, b.nameOrder),
		cmp.Compare(a.kindOrder, b.kindOrder),
		strings.Compare(a.idOrder, b.idOrder),
		strings.Compare(string(a.key.ID), string(b.key.ID)),
		strings.Compare(string(a.key.Kind), string(b.key.Kind)),
	)
}
