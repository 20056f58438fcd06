package catalog

import (
	"provkeys/client"
	"provkeys/client/internal/filter"
)

// field is what one term of a filter looks at.
type field int

const (
	nameField field = iota
	groupField
	certificateField
	kindField
	modifierField
	idField
	tenantField
	stateField
	flagField
	usedField
	leftField
	maxField
	modifiedField
	createdField
	expiresField
)

// language is the filter's, its columns in the order of the fields.
func language() filter.Language {
	return filter.Language{Rows: "a key", Columns: []filter.Column{
		nameField:  {Word: "name", Text: true, Example: "name:blue"},
		groupField: {Word: "group", Text: true, Example: "group:emea"},
		certificateField: {
			Word: "cert", Alias: "certificate", Text: true, Measure: filter.Period, Example: "cert<30d",
			TextExample: "cert:connector", WholeExample: `cert="Connector"`,
		},
		kindField:     {Word: "kind", Text: true, Example: "kind:service-edge"},
		modifierField: {Word: "by", Text: true, Example: "by:216196"},
		idField:       {Word: "id", Text: true, Example: "id:58856"},
		tenantField:   {Word: "microtenant", Text: true, Example: "microtenant:lab"},
		stateField:    {Word: "state", Choices: stateWords(), Noun: "state", Example: "state:ok"},
		flagField:     {Word: "is", Choices: flagWords(), Example: "is:managed"},
		usedField:     {Word: "used", Alias: "uses", Measure: filter.CountOrShare, Example: "used>40 or used>=80%"},
		leftField:     {Word: "left", Measure: filter.CountOrShare, Example: "left<5"},
		maxField:      {Word: "max", Measure: filter.Count, Example: "max>100"},
		modifiedField: {Word: "modified", Measure: filter.Period, Example: "modified<7d"},
		createdField:  {Word: "created", Measure: filter.Period, Example: "created<7d"},
		expiresField:  {Word: "expires", Measure: filter.Period, Example: "expires<30d"},
	}}
}

// stateWords returns the word of every state, worst first.
func stateWords() []string {
	var words []string
	for s := client.Expired; s <= client.OK; s++ {
		words = append(words, s.String())
	}
	return words
}

// flag is what a key can be, whatever its worst state.
type flag int

const (
	isManaged flag = iota
	isMarked
	isHidden
	isDisabled
	isExpired
	isExportable
)

// flagWords returns the word of every flag, in the order of the constants.
func flagWords() []string {
	return []string{
		isManaged: "managed", isMarked: "marked", isHidden: "hidden",
		isDisabled: "disabled", isExpired: "expired", isExportable: "exportable",
	}
}
