package estate

import (
	"maps"
	"slices"
	"time"

	"provkeys/client"
)

// EndsSoonWithin is how long before its end a certificate counts as ending soon:
// what a new one takes to be made, and every key to be moved to it.
const EndsSoonWithin = 30 * 24 * time.Hour

// Validity is whether a certificate can sign what keys enrol. Its String is the
// word that screens and tables show.
type Validity int

// The validities, worst first.
const (
	Ended Validity = iota
	NotYetValid
	EndsSoon
	ValidityUnknown // nobody says when it ends
	NotSigning      // as the vendor's root and client certificates
	Valid
)

// String returns the words.
func (v Validity) String() string {
	switch v {
	case Ended:
		return "ended"
	case NotYetValid:
		return "not yet valid"
	case EndsSoon:
		return "ends soon"
	case ValidityUnknown:
		return "unknown"
	case NotSigning:
		return "not signing"
	}
	return "ok"
}

// MarshalText returns the words.
func (v Validity) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// Certificate is a row of the page of certificates.
type Certificate struct {
	client.Certificate
	// Derived is true where no list has the certificate and keys alone name it. What
	// they do not say is empty, and it is taken to sign, as it did.
	Derived bool
	// KeysKnown says whether Keys are all of them.
	KeysKnown bool
	Keys      []client.Ref  // those whose newcomers it signs, by name
	Left      time.Duration // until it ends, less than 0 once it has; 0 where its end is not known
	Validity  Validity
}

// Certificates returns every certificate that the list has, and those that keys
// name beside it, by name and id.
func Certificates(s Source) []Certificate {
	rows := make([]*Certificate, 0, len(s.Certificates))
	byID := make(map[client.ID]*Certificate, len(s.Certificates))
	add := func(row *Certificate) *Certificate {
		if byID[row.ID] == nil {
			rows, byID[row.ID] = append(rows, row), row
		}
		return byID[row.ID]
	}
	for _, c := range s.Certificates {
		add(&Certificate{Certificate: c})
	}
	for _, k := range s.keysByName() {
		if k.CertificateID == "" {
			continue
		}
		row := byID[k.CertificateID]
		if row == nil {
			row = add(&Certificate{Derived: true, Certificate: client.Certificate{
				ID: k.CertificateID, Name: k.Certificate, ValidTo: k.CertificateEnd, AllowSigning: true,
			}})
		}
		row.Keys = append(row.Keys, k.Ref())
	}
	whole := !slices.Contains(slices.Collect(maps.Values(s.KeysUnknown)), true)
	for _, row := range rows {
		row.KeysKnown = whole
		row.Validity = validityOf(row.Certificate, s.Now)
		if !row.ValidTo.IsZero() {
			row.Left = row.ValidTo.Sub(s.Now)
		}
	}
	return arranged(rows)
}

func validityOf(c client.Certificate, now time.Time) Validity {
	switch {
	case !c.ValidTo.IsZero() && !now.Before(c.ValidTo):
		return Ended
	case now.Before(c.ValidFrom):
		return NotYetValid
	case !c.ValidTo.IsZero() && c.ValidTo.Sub(now) < EndsSoonWithin:
		return EndsSoon
	case c.ValidTo.IsZero():
		return ValidityUnknown
	case !c.AllowSigning:
		return NotSigning
	}
	return Valid
}

// Days returns how many whole days are left, less than 0 once it has ended; false
// where its end is not known.
func (c Certificate) Days() (days int, known bool) {
	const day = 24 * time.Hour
	whole := c.Left / day
	if c.Left%day < 0 {
		whole-- // Division rounds to zero: five hours ago is day -1, not day 0.
	}
	return int(whole), !c.ValidTo.IsZero()
}
