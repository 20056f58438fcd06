package estate

import "provkeys/client/internal/filter"

// certificateField is what one term of a filter for certificates looks at.
type certificateField int

const (
	certificateName certificateField = iota
	certificateIssuer
	certificateSubject
	certificateSerial
	certificateID
	certificateState
	certificateFlag
	certificateLeft
	certificateKeys
)

// The flags of a certificate, in the order of their words.
const (
	certificateIsSigning = iota
	certificateIsManaged
	certificateIsDerived
)

func (c *Certificate) title() string { return c.Name }

func (c *Certificate) language() filter.Language {
	flags := []string{certificateIsSigning: "signing", certificateIsManaged: "managed", certificateIsDerived: "derived"}
	return filter.Language{Rows: "a certificate", Columns: []filter.Column{
		certificateName:    {Word: "name", Text: true, Example: "name:connector"},
		certificateIssuer:  {Word: "issuer", Text: true, Example: "issuer:root"},
		certificateSubject: {Word: "subject", Text: true, Example: "subject:connector"},
		certificateSerial:  {Word: "serial", Text: true, Example: "serial:58856"},
		certificateID:      {Word: "id", Text: true, Example: "id:6573"},
		certificateState:   {Word: "state", Choices: validityWords(), Noun: "state", Example: "state:ok"},
		certificateFlag:    {Word: "is", Choices: flags, Example: "is:signing"},
		certificateLeft:    {Word: "left", Alias: "ends", Measure: filter.Period, Example: "left<30d"},
		certificateKeys:    {Word: "keys", Measure: filter.Count, Example: "keys>0"},
	}}
}

func validityWords() []string {
	var words []string
	for v := Ended; v <= Valid; v++ {
		words = append(words, v.String())
	}
	return words
}

func (c *Certificate) holds(t *filter.Term) bool {
	switch certificateField(t.Column) {
	case certificateName:
		return among(t, c.Name)
	case certificateIssuer:
		return among(t, c.IssuedBy)
	case certificateSubject:
		return among(t, c.IssuedTo, c.CommonName)
	case certificateSerial:
		return among(t, c.Serial)
	case certificateID:
		return among(t, string(c.ID))
	case certificateState:
		return c.Validity == Validity(t.Choice)
	case certificateFlag:
		return c.flagHolds(t.Choice)
	case certificateLeft:
		return !c.ValidTo.IsZero() && t.PeriodHolds(c.Left)
	case certificateKeys:
		return c.KeysKnown && t.CountHolds(int64(len(c.Keys)), 0, 0)
	}
	return among(t, c.Name, c.CommonName, string(c.ID))
}

func (c *Certificate) flagHolds(flag int) bool {
	switch flag {
	case certificateIsSigning:
		return c.AllowSigning
	case certificateIsManaged:
		return c.ReadOnly || c.ZscalerManaged
	}
	return c.Derived
}

func (c *Certificate) columns() []Column {
	return []Column{ByName, ByLeft, ByKeys, ByState, ByIssuer, ByID}
}

func (c *Certificate) text(by Column) string {
	switch by {
	case ByName:
		return c.Name
	case ByIssuer:
		return c.IssuedBy
	case ByID:
		return string(c.ID)
	}
	return ""
}

func (c *Certificate) number(by Column) (n int64, known bool) {
	switch by {
	case ByLeft:
		return c.ValidTo.Unix(), !c.ValidTo.IsZero()
	case ByKeys:
		return int64(len(c.Keys)), c.KeysKnown
	case ByState:
		return int64(c.Validity), true
	}
	return 0, false
}
