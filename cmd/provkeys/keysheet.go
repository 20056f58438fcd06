package main

import (
	"fmt"
	"slices"
	"time"

	"provkeys/client"
	"provkeys/client/catalog"
	"provkeys/client/keytext"
	"provkeys/tui/style"
)

// fieldKey is the field whose text is a secret.
const fieldKey = "key"

// keySheet returns what is known of a key.
func keySheet() sheet[client.Key] {
	return sheet[client.Key]{
		noun:    "key",
		columns: slices.Concat(keyFacts(), keyHistory()),
		usual:   []string{"name", "kind", "group", "uses", "left", "certificate_valid_to", fieldKey, "state"},
		name:    func(k *client.Key) string { return k.Name },
		ref:     func(k *client.Key) client.Ref { return k.Ref() },
	}
}

// keyFacts are what a key is and does.
func keyFacts() []column[client.Key] {
	return []column[client.Key]{
		{
			frame: frame{head: "ID", leave: 18}, name: "id", word: "id",
			value: func(k *client.Key, _ view) scalar { return textOf(string(k.ID)) },
		}, {
			frame: frame{head: "NAME", least: 24}, name: "name", word: "name",
			value: func(k *client.Key, _ view) scalar { return textOf(k.Name) },
		}, {
			frame: frame{head: "KIND", leave: 5}, name: "kind", word: "kind",
			value: func(k *client.Key, _ view) scalar { return textOf(string(k.Kind)) },
		}, {
			frame: frame{head: "GROUP", least: 12, leave: 3}, name: "group", word: "group",
			value: func(k *client.Key, _ view) scalar { return textOf(k.Group) },
		}, {
			frame: frame{head: "GROUP ID", leave: 19}, name: "group_id",
			value: func(k *client.Key, _ view) scalar { return textOf(string(k.GroupID)) },
		}, {
			frame: frame{head: "USES", right: true, leave: 1}, name: "uses", word: "uses",
			value: func(k *client.Key, _ view) scalar { return numberOf(k.Uses) },
			cell:  func(k *client.Key, _ view) string { return fmt.Sprintf("%d/%d", k.Uses, k.MaxUses) },
		}, {
			frame: frame{head: "MAX", right: true, leave: 4}, name: "max_uses", word: "max",
			value: func(k *client.Key, _ view) scalar { return numberOf(k.MaxUses) },
		}, {
			frame: frame{head: "LEFT", right: true, leave: 2}, name: "left", word: "left",
			value: func(k *client.Key, _ view) scalar { return numberOf(k.Left()) },
		}, {
			frame: frame{head: "STATE"}, name: "state", word: "state",
			value: func(k *client.Key, v view) scalar { return textOf(k.State(v.now, v.near).String()) },
			shown: shownState,
		}, {
			frame: frame{head: "ENABLED", leave: 14}, name: "enabled",
			value: func(k *client.Key, _ view) scalar { return truthOf(k.Enabled) },
		}, {
			frame: frame{head: "EXPORTABLE", leave: 15}, name: "exportable",
			value: func(k *client.Key, _ view) scalar { return truthOf(k.Exportable) },
		}, {
			frame: frame{head: "MANAGED", leave: 16}, name: "managed",
			value: func(k *client.Key, _ view) scalar { return truthOf(k.Managed()) },
		},
	}
}

// keyHistory are what signs for a key, what became of it, where it belongs, and its
// text, which stays last.
func keyHistory() []column[client.Key] {
	return []column[client.Key]{
		{
			frame: frame{head: "CERTIFICATE", least: 12, leave: 13}, name: "certificate",
			value: func(k *client.Key, _ view) scalar { return textOf(k.Certificate) },
		}, {
			frame: frame{head: "CERTIFICATE ID", leave: 20}, name: "certificate_id",
			value: func(k *client.Key, _ view) scalar { return textOf(string(k.CertificateID)) },
		}, {
			// The console's word is for the days that it has left.
			frame: frame{head: "CERT", right: true, leave: 6}, name: "certificate_valid_to", word: "certificate",
			value: func(k *client.Key, _ view) scalar { return timeOf(k.CertificateEnd) },
			cell:  func(k *client.Key, v view) string { return daysLeft(k.CertificateEnd, v.now) },
		}, {
			frame: frame{head: "CREATED", leave: 10}, name: "created", word: "created",
			value: func(k *client.Key, _ view) scalar { return timeOf(k.Created) },
		}, {
			frame: frame{head: "MODIFIED", leave: 9}, name: "modified", word: "modified",
			value: func(k *client.Key, _ view) scalar { return timeOf(k.Modified) },
		}, {
			frame: frame{head: "BY", leave: 11}, name: "modified_by", word: "by",
			value: func(k *client.Key, _ view) scalar { return textOf(k.ModifiedBy) },
		}, {
			frame: frame{head: "EXPIRES", leave: 8}, name: "expires", word: "expires",
			value: func(k *client.Key, _ view) scalar { return timeOf(k.Expires) },
		}, {
			frame: frame{head: "ADDRESSES", least: 12, leave: 12}, name: "allowed_addresses", word: "addresses",
			value: func(k *client.Key, _ view) scalar { return listOf(k.AllowedAddresses) },
		}, {
			frame: frame{head: "MICROTENANT", least: 11, leave: 17}, name: "microtenant", word: "microtenant",
			value: func(k *client.Key, _ view) scalar { return textOrNull(k.Microtenant) },
		}, {
			frame: frame{head: "MICROTENANT ID", leave: 21}, name: "microtenant_id",
			value: func(k *client.Key, _ view) scalar { return textOrNull(string(k.MicrotenantID)) },
		}, {
			frame: frame{head: "KEY", leave: 7}, name: fieldKey, word: "key", secret: true,
			value: func(k *client.Key, v view) scalar { return keyOf(*k, v) },
		},
	}
}

// shownState says beside the state that a key is managed, which is none.
func shownState(k *client.Key, v view, th style.Theme) cell {
	state := k.State(v.now, v.near)
	words := state.String()
	if k.Managed() {
		words += ", managed"
	}
	return cell{words, stateStyle(th, state)}
}

// newRecord returns a key as a program reads it.
func newRecord(k client.Key, v view) record { return recordOf(keySheet().columns, &k, v) }

// fieldNames returns the names of a key's fields, in order.
func fieldNames() []string { return keySheet().fields() }

// choiceOf returns the columns of a saved view.
func choiceOf(l catalog.Layout) choice {
	var c choice
	for _, shown := range l {
		for _, col := range keySheet().columns {
			if col.word == shown.Column.String() {
				c.columns = append(c.columns, chosen{col.name, shown.Width})
			}
		}
	}
	return c
}

// daysLeft returns whole days, "ended", or nothing when the end is unknown.
func daysLeft(end, now time.Time) string {
	switch {
	case end.IsZero():
		return ""
	case !now.Before(end):
		return "ended"
	}
	return fmt.Sprintf("%dd", int64(end.Sub(now)/(24*time.Hour)))
}

// keyOf returns the key text as the view allows it to be seen: null when it is
// hidden, masked, or the text itself. A damaged text is never written, because
// a terminal or a shell might act on it.
func keyOf(k client.Key, v view) scalar {
	switch {
	case isHidden(k), v.secrets && damage(k) != nil:
		return scalar{}
	case v.secrets:
		return textOf(k.Text.Reveal())
	}
	return textOf(k.Hint.Masked())
}

// revealed returns the keys whose text the view shows.
func revealed(keys []client.Key, v view) []client.Key {
	if !v.secrets {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(keys), func(k client.Key) bool { return keyOf(k, v).is == null })
}

// isHidden asks the copy function, at the zero time, whether the text is to be
// had at all.
func isHidden(k client.Key) bool {
	b := k.CopyBlock(time.Time{})
	return b != nil && b.Has(client.Hidden)
}

func damage(k client.Key) error { return keytext.Check(k.Text.Reveal()) }
