package client

import (
	"html"
	"math"
	"strings"
	"time"

	"provkeys/client/keytext"
)

// Key is a provisioning key as a list or a get brought it. Unknown fields are
// not in it: an update reads them afresh and gives them back.
type Key struct {
	Kind             Kind
	ID               ID
	Name             string // unescaped from HTML once
	Group            string // the group that a newcomer joins
	GroupID          ID
	Certificate      string // the signing certificate's name
	CertificateID    ID
	CertificateEnd   time.Time // joined from the certificates; zero when unknown
	Uses             int64
	MaxUses          int64
	Enabled          bool
	Exportable       bool // false: the text was shown once, when the key was created
	ReadOnly         bool
	ZscalerManaged   bool
	Expires          time.Time // end of life; zero when there is none
	AllowedAddresses []string
	Created          time.Time
	Modified         time.Time
	ModifiedBy       string // an administrator's id; "3" and "-2" are the system and enrolment
	MicrotenantID    ID
	Microtenant      string
	Text             Secret       // the zero Secret when the API does not show it
	Hint             keytext.Hint // what may be shown of Text
	// Fresh marks a key from the answer that created it: its text is at hand even
	// if it is hidden, and never again.
	Fresh bool
}

// Ref returns what names the key for good.
func (k Key) Ref() Ref { return Ref{Kind: k.Kind, ID: k.ID} }

// Left returns how many uses are left, never less than 0.
func (k Key) Left() int64 {
	switch left := k.MaxUses - k.Uses; {
	case k.Uses >= k.MaxUses:
		return 0
	case left < 0: // a hostile count has overflowed
		return math.MaxInt64
	default:
		return left
	}
}

// AddUses adds the uses of keys, or what is left of them. It does not run over: a
// hostile server may count to the end. A count below 0 is none.
func AddUses(a, b int64) int64 {
	a, b = max(a, 0), max(b, 0)
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

// Managed reports whether the key belongs to Zscaler: the API refuses to
// update or delete it.
func (k Key) Managed() bool { return k.ReadOnly || k.ZscalerManaged }

// AsListed returns the key as a list would bring it: without the text if it is
// hidden.
func (k Key) AsListed() Key {
	if k.Fresh && !k.Exportable {
		k.Text, k.Hint = Secret{}, keytext.Hint{}
	}
	k.Fresh = false
	return k
}

// wireKey is a key as the API writes it.
type wireKey struct {
	ID               ID       `json:"id"`
	Name             string   `json:"name"`
	Enabled          *boolean `json:"enabled"`
	UsageCount       integer  `json:"usageCount"`
	MaxUsage         integer  `json:"maxUsage"`
	GroupID          ID       `json:"zcomponentId"`
	Group            string   `json:"zcomponentName"`
	CertificateID    ID       `json:"enrollmentCertId"`
	Certificate      string   `json:"enrollmentCertName"`
	Exportable       *boolean `json:"exportable"`
	ReadOnly         boolean  `json:"readOnly"`
	ZscalerManaged   boolean  `json:"zscalerManaged"`
	Expiration       integer  `json:"expirationInEpochSec"`
	AllowedAddresses []string `json:"ipAcl"`
	CreationTime     integer  `json:"creationTime"`
	ModifiedTime     integer  `json:"modifiedTime"`
	ModifiedBy       ID       `json:"modifiedBy"`
	MicrotenantID    ID       `json:"microtenantId"`
	Microtenant      string   `json:"microtenantName"`
	Text             Secret   `json:"provisioningKey"`
}

func (w wireKey) key(kind Kind) Key {
	return Key{
		Kind: kind, ID: w.ID, Name: html.UnescapeString(w.Name),
		Group: html.UnescapeString(w.Group), GroupID: w.GroupID,
		Certificate: html.UnescapeString(w.Certificate), CertificateID: w.CertificateID,
		Uses: int64(w.UsageCount), MaxUses: int64(w.MaxUsage),
		Enabled:    w.Enabled != nil && bool(*w.Enabled),
		Exportable: w.exportable(), ReadOnly: bool(w.ReadOnly), ZscalerManaged: bool(w.ZscalerManaged),
		Expires: w.Expiration.time(), AllowedAddresses: w.AllowedAddresses,
		Created: w.CreationTime.time(), Modified: w.ModifiedTime.time(), ModifiedBy: string(w.ModifiedBy),
		MicrotenantID: w.MicrotenantID, Microtenant: html.UnescapeString(w.Microtenant),
		Text: w.Text, Hint: keytext.Describe(w.Text.Reveal()),
	}
}

// exportable reads the field as sent. Left out, it is on for a key whose text
// came along and off for one whose text did not: an update gives it back, and
// an update without it would turn it on for good.
func (w wireKey) exportable() bool {
	if w.Exportable == nil {
		return !w.Text.IsZero()
	}
	return bool(*w.Exportable)
}

// JoinCertificates writes into each key when its signing certificate ends.
func JoinCertificates(keys []Key, certificates []Certificate) {
	ends := make(map[ID]time.Time, len(certificates))
	for _, c := range certificates {
		ends[c.ID] = c.ValidTo
	}
	for i := range keys {
		keys[i].CertificateEnd = ends[keys[i].CertificateID]
	}
}

// HasName reports whether name is the key's name or its id, with its kind before
// them or without, which is how a command line names a key.
func (k Key) HasName(name string) bool {
	if name == k.Name || name == string(k.ID) {
		return true
	}
	rest, ok := strings.CutPrefix(name, string(k.Kind)+"/")
	return ok && (rest == k.Name || rest == string(k.ID))
}
