package client

import (
	"fmt"
	"strconv"
)

// FieldConflict is one field that somebody else changed meanwhile.
type FieldConflict struct {
	Field Field
	Seen  string // the value that was shown
	Now   string // the value that the server holds
}

// Conflicts returns the fields in which a person can change a key and in which
// now differs from seen.
func Conflicts(seen, now Key) []FieldConflict {
	var list []FieldConflict
	add := func(f Field, a, b string) {
		if a != b {
			list = append(list, FieldConflict{Field: f, Seen: a, Now: b})
		}
	}
	add(FieldName, seen.Name, now.Name)
	add(FieldMaxUses, strconv.FormatInt(seen.MaxUses, 10), strconv.FormatInt(now.MaxUses, 10))
	add(FieldEnabled, yesNo(seen.Enabled), yesNo(now.Enabled))
	add(FieldExportable, yesNo(seen.Exportable), yesNo(now.Exportable))
	if seen.CertificateID != now.CertificateID {
		add(FieldCertificate, certificateWords(seen), certificateWords(now))
	}
	add(FieldExpires, timeWords(seen.Expires), timeWords(now.Expires))
	add(FieldAllowedAddresses, addressWords(seen.AllowedAddresses), addressWords(now.AllowedAddresses))
	return list
}

// ConflictError says that somebody changed the key between what was seen and
// now; nothing was sent.
type ConflictError struct {
	Fields []FieldConflict
	Now    Key // what the server holds
}

// Error names the fields.
func (e *ConflictError) Error() string {
	s := "changed elsewhere meanwhile:"
	for i, f := range e.Fields {
		if i > 0 {
			s += ","
		}
		s += fmt.Sprintf(" %s was %s and is now %s", f.Field, f.Seen, f.Now)
	}
	return s
}

// Is reports that this is a conflict.
func (e *ConflictError) Is(target error) bool { return target == ErrConflict }
