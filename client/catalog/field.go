package catalog

// field is what one term of a filter looks at.
type field int

const (
	anywhere field = iota // name, group and id: a bare word
	nameField
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

// measure is what a field is compared with.
type measure int

const (
	incomparable measure = iota
	count                // a whole number
	countOrShare         // a whole number, or a percentage of max uses
	period               // a number of hours, days or weeks
)

// traits is what the parser has to know of a field.
type traits struct {
	word    string // what stands before the operator
	text    bool   // takes a text after a colon, or the whole text after =
	measure measure
	example string
}

func (f field) traits() traits {
	switch f {
	case nameField:
		return traits{"name", true, incomparable, "name:blue"}
	case groupField:
		return traits{"group", true, incomparable, "group:emea"}
	case certificateField:
		return traits{"cert", true, period, "cert<30d"}
	case kindField:
		return traits{"kind", true, incomparable, "kind:service-edge"}
	case modifierField:
		return traits{"by", true, incomparable, "by:216196"}
	case idField:
		return traits{"id", true, incomparable, "id:58856"}
	case tenantField:
		return traits{"microtenant", true, incomparable, "microtenant:lab"}
	case stateField:
		return traits{"state", false, incomparable, "state:ok"}
	case flagField:
		return traits{"is", false, incomparable, "is:managed"}
	case usedField:
		return traits{"used", false, countOrShare, "used>40 or used>=80%"}
	case leftField:
		return traits{"left", false, countOrShare, "left<5"}
	case maxField:
		return traits{"max", false, count, "max>100"}
	case modifiedField:
		return traits{"modified", false, period, "modified<7d"}
	case createdField:
		return traits{"created", false, period, "created<7d"}
	case expiresField:
		return traits{"expires", false, period, "expires<30d"}
	}
	return traits{}
}

// parseField returns the field of a folded word; false when there is none. Two
// words of the table's head are taken beside the filter's own.
func parseField(word string) (field, bool) {
	switch word {
	case "uses":
		return usedField, true
	case "certificate":
		return certificateField, true
	}
	for f := nameField; f <= expiresField; f++ {
		if f.traits().word == word {
			return f, true
		}
	}
	return anywhere, false
}

// fieldWords returns the word of every field.
func fieldWords() []string {
	var words []string
	for f := nameField; f <= expiresField; f++ {
		words = append(words, f.traits().word)
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

func (f flag) String() string {
	switch f {
	case isManaged:
		return "managed"
	case isMarked:
		return "marked"
	case isHidden:
		return "hidden"
	case isDisabled:
		return "disabled"
	case isExpired:
		return "expired"
	}
	return "exportable"
}

// flagWords returns the word of every flag, in the order of the constants.
func flagWords() []string {
	var words []string
	for f := isManaged; f <= isExportable; f++ {
		words = append(words, f.String())
	}
	return words
}
