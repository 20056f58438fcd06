package style

import (
	"fmt"
	"image/color"

	"charm.land/lipgloss/v2"
)

// Mode says which of the themes is used.
type Mode int

// The modes. ModeAuto follows the terminal's background; ModeMono uses no
// colour at all, only bold, reverse, faint and underline.
const (
	ModeAuto Mode = iota
	ModeLight
	ModeDark
	ModeMono
)

// String returns the mode's word in the configuration.
func (m Mode) String() string {
	switch m {
	case ModeLight:
		return "light"
	case ModeDark:
		return "dark"
	case ModeMono:
		return "mono"
	default:
		return "auto"
	}
}

// ParseMode returns the mode for its word in the configuration; the empty word
// is ModeAuto. The error names the words there are.
func ParseMode(word string) (Mode, error) {
	if word == "" {
		return ModeAuto, nil
	}
	for _, m := range []Mode{ModeAuto, ModeLight, ModeDark, ModeMono} {
		if word == m.String() {
			return m, nil
		}
	}
	return ModeAuto, fmt.Errorf("theme %q is unknown: use auto, light, dark or mono", Sanitize(word))
}

// Theme holds every style there is. The zero value draws everything plain and
// without glyphs. No style carries a meaning alone: a word or a glyph beside it
// always says the same.
type Theme struct {
	Title       Style // the program's name
	Badge       Style // [RO] and other calm badges
	BadgeDanger Style // [RW] on a production tenant
	Tab         Style // a page's name
	TabActive   Style // the page that shows
	Kind        Style // a kind's name and count
	KindActive  Style // the kind that shows
	KindFailed  Style // a kind that did not answer

	Header Style // the table's head
	Cursor Style // the cursor row's glyph and name
	Mark   Style // the glyph of a marked row
	Text   Style // ordinary cells
	Faint  Style // what matters less
	Stale  Style // rows that could not be refreshed
	Match  Style // what a search found

	StateOK   Style // ok
	StateWarn Style // nearly used up
	StateBad  Style // used up, expired, certificate expired
	StateOff  Style // disabled, hidden
	BarFull   Style // the used part of a bar
	BarEmpty  Style // the rest of a bar

	Filter      Style // the filter bar
	FilterError Style // why an expression is wrong
	Toast       Style // a message
	ToastGood   Style // a message of success
	ToastBad    Style // a message of failure
	Help        Style // what a key does
	HelpKey     Style // the key itself

	Label       Style // a form field's label
	LabelActive Style // the label of the field that takes the keys
	Input       Style // the text of a form field
	InputCursor Style // the cell under a field's text cursor
	InputError  Style // why a field's text is refused
	DialogTitle Style // the first line of a dialog
	// Dialog is the box round a dialog; it is never used in the row path.
	Dialog lipgloss.Style

	mono bool // no colours at all
	// Glyphs are drawn in these styles.
	Glyphs Glyphs
	// Spelling is for the lines that are made of all this.
	Spelling Spelling
}

// The SGR parameters that themes are made of.
const (
	bold      = "1"
	faint     = "2"
	underline = "4"
	reverse   = "7"
)

// palette is what the themes differ in. Only the six plain colours are used:
// the bright ones are greys in some well-known schemes, and faint text takes
// the terminal's own colour, so that no scheme hides it.
type palette struct {
	accent, good, warn, bad string // SGR parameters
	cursor                  string // beside bold and accent
	border                  color.Color
}

// paletteFor returns the colours that can be read on a dark or light ground.
func paletteFor(mode Mode, dark bool) palette {
	switch {
	case mode == ModeMono:
		return palette{warn: bold, bad: bold, cursor: reverse, border: lipgloss.NoColor{}}
	case mode == ModeLight, mode == ModeAuto && !dark:
		// Yellow cannot be read on white, and green hardly in the schemes of xterm and
		// macOS (2 to 3 times the brightness): magenta and blue can.
		return palette{accent: "34", good: "34", warn: "35", bad: "31", border: lipgloss.Blue}
	default:
		return palette{accent: "36", good: "32", warn: "33", bad: "31", border: lipgloss.Cyan}
	}
}

// New returns the theme for a mode; dark is what the terminal's background is
// thought to be, and only ModeAuto asks for it.
func New(mode Mode, dark bool) Theme {
	p := paletteFor(mode, dark)
	return Theme{
		Title:       sgr(bold, p.accent),
		Badge:       sgr(reverse),
		BadgeDanger: sgr(bold, reverse, colourOf(p.bad)),
		Tab:         sgr(),
		TabActive:   sgr(bold, underline),
		Kind:        sgr(),
		KindActive:  sgr(bold, underline),
		KindFailed:  sgr(bold, colourOf(p.bad)),

		Header: sgr(bold),
		Cursor: sgr(bold, p.accent, p.cursor),
		Mark:   sgr(bold),
		Text:   sgr(),
		Faint:  sgr(faint),
		Stale:  sgr(faint),
		Match:  sgr(underline),

		StateOK:   sgr(p.good),
		StateWarn: sgr(p.warn),
		StateBad:  sgr(bold, colourOf(p.bad)),
		StateOff:  sgr(faint),
		BarFull:   sgr(p.accent),
		BarEmpty:  sgr(faint),

		Filter:      sgr(p.accent),
		FilterError: sgr(bold, colourOf(p.bad)),
		Toast:       sgr(),
		ToastGood:   sgr(p.good),
		ToastBad:    sgr(bold, colourOf(p.bad)),
		Help:        sgr(faint),
		HelpKey:     sgr(bold),

		Label:       sgr(),
		LabelActive: sgr(bold),
		Input:       sgr(underline),
		InputCursor: sgr(reverse),
		InputError:  sgr(bold, colourOf(p.bad)),
		DialogTitle: sgr(bold, p.accent),
		Dialog: lipgloss.NewStyle().
			Border(lipgloss.RoundedBorder()).
			BorderForeground(p.border).
			Padding(0, 1),

		mono:   mode == ModeMono,
		Glyphs: Unicode(),
	}
}

// Banner returns the style of a name on a ground of that colour, such as "red", so
// that nobody takes one tenant for another. It is plain for "" and for a word that is
// no colour, and bold where there are no colours. The text is black or white, whatever
// the terminal's own colours are: both can be read on the ground beneath them.
func (th Theme) Banner(colour string) Style {
	const black, white = "30", "37"
	text, ground := "", ""
	switch colour {
	case "red":
		text, ground = white, "41"
	case "green":
		text, ground = black, "42"
	case "yellow":
		text, ground = black, "43"
	case "blue":
		text, ground = white, "44"
	case "magenta":
		text, ground = white, "45"
	case "cyan":
		text, ground = black, "46"
	default:
		return Style{}
	}
	if th.mono {
		return sgr(bold)
	}
	return sgr(bold, text, ground)
}

// Spelled returns the theme with signs that a spelling has.
func (th Theme) Spelled(s Spelling) Theme {
	if th.Spelling = s; s != SpellAll {
		th.Glyphs = ASCII()
		th.Dialog = th.Dialog.Border(lipgloss.ASCIIBorder())
	}
	return th
}

// colourOf returns a palette entry without bold, for styles that are bold anyway.
func colourOf(param string) string {
	if param == bold {
		return ""
	}
	return param
}
