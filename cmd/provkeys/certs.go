package main

import (
	"time"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/client/estate"
	"provkeys/tui/style"
)

func newCertsCommand(a *app) *cobra.Command {
	r := certificateResource()
	return resourceCommand(a, r, &cobra.Command{
		Use:   "certs [CERTIFICATE]",
		Short: "List the signing certificates, with how long they are valid",
		Long: `certs writes the certificates that sign what keys enrol, and the vendor's others;
CERTIFICATE, a name or an id, shows that one.

LEFT is how long it is valid, KEYS how many keys it signs for: null, ? in a table,
where not every key could be read. STATE is ok, ends soon (within 30 days), ended,
not yet valid, not signing or unknown.

A filter is words that must all occur in name, common name or id; !word excludes;
column:word (issuer: subject: serial: id: state:), is:signing, is:managed,
is:derived (keys alone name it) and comparisons (left<30d keys>0) narrow it further.

` + helpOnColumns(r.sheet),
		Example: `  provkeys certs --filter 'left<90d keys>0' --sort left
  provkeys certs --filter is:signing -o name
  provkeys certs Connector -o json
  provkeys certs --columns name,days_left,valid_to --sort left`,
	})
}

func certificateResource() resource[estate.Certificate] {
	return resource[estate.Certificate]{
		sheet: certificateSheet(), list: listCertificates, example: "'left<90d'",
		asks: gathering{kinds: client.Kinds(), keys: true, certificates: true},
		rows: estate.Certificates,
		note: func([]estate.Certificate, client.Kind) string { return "" },
	}
}

// certificateSheet returns what is known of a certificate.
func certificateSheet() sheet[estate.Certificate] {
	return sheet[estate.Certificate]{
		noun:  "certificate",
		usual: []string{"name", "days_left", "keys", "state", "valid_to", "issuer", "serial"},
		name:  func(c *estate.Certificate) string { return c.Name },
		ref:   func(c *estate.Certificate) client.Ref { return c.Ref() },
		columns: []column[estate.Certificate]{
			{
				frame: frame{head: "ID", leave: 4}, name: "id", word: "id",
				value: func(c *estate.Certificate, _ view) scalar { return textOf(string(c.ID)) },
			}, {
				frame: frame{head: "NAME", least: 20}, name: "name", word: "name",
				value: func(c *estate.Certificate, _ view) scalar { return textOf(c.Name) },
			}, {
				frame: frame{head: "STATE"}, name: "state", word: "state",
				value: func(c *estate.Certificate, _ view) scalar { return textOf(c.Validity.String()) },
				shown: func(c *estate.Certificate, _ view, th style.Theme) cell {
					return cell{c.Validity.String(), validityStyle(th, c.Validity)}
				},
			}, {
				frame: frame{head: "LEFT", right: true}, name: "days_left", word: "left",
				value: daysOf,
				cell:  func(c *estate.Certificate, v view) string { return daysLeft(c.ValidTo, v.now) },
			}, {
				frame: frame{head: "VALID FROM", leave: 5}, name: "valid_from",
				value: func(c *estate.Certificate, _ view) scalar { return timeOf(c.ValidFrom) },
				shown: func(c *estate.Certificate, v view, _ style.Theme) cell { return cell{text: dayOf(c.ValidFrom, v.now)} },
			}, {
				frame: frame{head: "VALID UNTIL", leave: 1}, name: "valid_to",
				value: func(c *estate.Certificate, _ view) scalar { return timeOf(c.ValidTo) },
				shown: func(c *estate.Certificate, v view, _ style.Theme) cell { return cell{text: dayOf(c.ValidTo, v.now)} },
			}, {
				frame: frame{head: "KEYS", right: true}, name: "keys", word: "keys",
				value: func(c *estate.Certificate, _ view) scalar { return knownIf(c.KeysKnown, numberOf(int64(len(c.Keys)))) },
				shown: func(c *estate.Certificate, _ view, _ style.Theme) cell {
					return cell{text: countOf(len(c.Keys), c.KeysKnown)}
				},
			}, {
				frame: frame{head: "SIGNING", leave: 6}, name: "signing",
				value: func(c *estate.Certificate, _ view) scalar { return truthOf(c.AllowSigning) },
			}, {
				frame: frame{head: "MANAGED", leave: 7}, name: "managed",
				value: func(c *estate.Certificate, _ view) scalar { return truthOf(c.ReadOnly || c.ZscalerManaged) },
			}, {
				frame: frame{head: "DERIVED", leave: 8}, name: "derived",
				value: func(c *estate.Certificate, _ view) scalar { return truthOf(c.Derived) },
			}, {
				frame: frame{head: "COMMON NAME", least: 12, leave: 9}, name: "common_name",
				value: func(c *estate.Certificate, _ view) scalar { return textOrNull(c.CommonName) },
			}, {
				frame: frame{head: "SUBJECT", least: 12, leave: 10}, name: "subject",
				value: func(c *estate.Certificate, _ view) scalar { return textOrNull(c.IssuedTo) },
			}, {
				frame: frame{head: "ISSUER", least: 12, leave: 2}, name: "issuer", word: "issuer",
				value: func(c *estate.Certificate, _ view) scalar { return textOrNull(c.IssuedBy) },
			}, {
				frame: frame{head: "SERIAL", least: 10, leave: 3}, name: "serial",
				value: func(c *estate.Certificate, _ view) scalar { return textOrNull(c.Serial) },
			},
		},
	}
}

// daysOf returns whole days, less than 0 once it has ended; null where its end is not
// known.
func daysOf(c *estate.Certificate, _ view) scalar {
	days, known := c.Days()
	return knownIf(known, numberOf(int64(days)))
}

// dayOf returns the day of a time, where the reader is; nothing for none.
func dayOf(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(now.Location()).Format(time.DateOnly)
}

func validityStyle(th style.Theme, v estate.Validity) style.Style {
	switch v {
	case estate.Valid:
		return th.StateOK
	case estate.Ended, estate.NotYetValid:
		return th.StateBad
	case estate.EndsSoon:
		return th.StateWarn
	}
	return th.StateOff
}
