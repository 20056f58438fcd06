package catalog

import (
	"time"

	"provkeys/client"
	"provkeys/client/internal/order"
)

// Query says which keys to select and in which order. The zero value selects
// every key, by name, as at the zero time: set Now wherever states or ages may
// be asked for.
type Query struct {
	Kind    client.Kind // "" for all
	Filter  Filter
	Sort    Column
	Reverse bool // turns the column round, but not the ties within it
	Now     time.Time
	Near    client.Threshold
	Marked  func(client.Ref) bool // nil when nothing is marked
}

// Select returns the keys that the query asks for, in its order. Keys equal in
// the column go by name, kind and id. Those without a text or a time in
// the column come last, whichever way round.
func (c *Catalog) Select(q Query) []client.Ref {
	found := make([]*row, 0, len(c.order))
	for _, r := range c.order {
		if (q.Kind == "" || r.key.Kind == q.Kind) && q.Filter.matches(r, &q) {
			found = append(found, r)
		}
	}
	found = q.sorted(found)
	refs := make([]client.Ref, len(found))
	for i, r := range found {
		refs[i] = r.key.Ref()
	}
	return refs
}

// sorted returns rows, which are in the catalog's order, in the query's.
func (q *Query) sorted(rows []*row) []*row {
	switch q.Sort {
	case ByName:
		if !q.Reverse {
			return rows
		}
		return order.By(rows, true, func(r *row) (string, bool) { return r.nameOrder, true })
	case ByGroup:
		return order.By(rows, q.Reverse, func(r *row) (string, bool) { return r.groupOrder, r.group != "" })
	case ByModifier:
		return order.By(rows, q.Reverse, func(r *row) (string, bool) { return r.modifierOrder, r.by != "" })
	case ByAddresses:
		return order.By(rows, q.Reverse, func(r *row) (string, bool) { return r.addressOrder, r.addressOrder != "" })
	case ByMicrotenant:
		return order.By(rows, q.Reverse, func(r *row) (string, bool) { return r.tenantOrder, r.tenantOrder != "" })
	case ByID:
		return order.By(rows, q.Reverse, func(r *row) (string, bool) { return r.idOrder, r.id != "" })
	}
	return order.By(rows, q.Reverse, q.number())
}

// number returns how to read the query's column, one of those that are no
// text, as a number; false where a key has no value there.
func (q *Query) number() func(*row) (int64, bool) {
	switch q.Sort {
	case ByKind:
		return func(r *row) (int64, bool) { return int64(r.kindOrder), true }
	case ByUses:
		return func(r *row) (int64, bool) { return r.key.Uses, true }
	case ByMax:
		return func(r *row) (int64, bool) { return r.key.MaxUses, true }
	case ByLeft:
		return func(r *row) (int64, bool) { return r.key.Left(), true }
	case ByState:
		return func(r *row) (int64, bool) { return int64(r.key.State(q.Now, q.Near)), true }
	case ByCertificate:
		return func(r *row) (int64, bool) { return seconds(r.key.CertificateEnd) }
	case ByCreated:
		return func(r *row) (int64, bool) { return seconds(r.key.Created) }
	case ByModified:
		return func(r *row) (int64, bool) { return seconds(r.key.Modified) }
	case ByExpires:
		return func(r *row) (int64, bool) { return seconds(r.key.Expires) }
	}
	return func(*row) (int64, bool) { return 0, true }
}

// seconds returns a time as seconds since 1970, as exact as the API gives it.
func seconds(t time.Time) (int64, bool) { return t.Unix(), !t.IsZero() }
