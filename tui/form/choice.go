package form

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"provkeys/tui/style"
)

// Option is one of the things that a field can be.
type Option struct {
	Value string // what Form.Value returns
	Label string // what is shown
	Why   string // why it cannot be submitted, as a sentence; "" where it can
}

// listLines is how many options show below the field that takes the keys.
const listLines = 5

// chooses reports whether the field has options in place of free text.
func (fl *field) chooses() bool { return len(fl.spec.Options) > 0 }

// lists reports whether its options are a list that one searches.
func (fl *field) lists() bool { return fl.chooses() && !fl.spec.Switch }

// chosen returns the option that the field is on; false for none.
func (fl *field) chosen() (Option, bool) {
	if fl.at < 0 || fl.at >= len(fl.spec.Options) {
		return Option{}, false
	}
	return fl.spec.Options[fl.at], true
}

// pickValue puts the field on the option of that value, or on none.
func (fl *field) pickValue(value string) {
	fl.at = -1
	for i, o := range fl.spec.Options {
		if o.Value == value {
			fl.at = i
			return
		}
	}
}

// matches returns which options fit what is searched for, in their order: all of
// its words occur, whatever their case.
func (fl *field) matches() []int {
	words := strings.Fields(strings.ToLower(fl.line.Value()))
	var fit []int
	for i, o := range fl.spec.Options {
		text := strings.ToLower(style.Sanitize(o.Label))
		all := true
		for _, w := range words {
			all = all && strings.Contains(text, w)
		}
		if all {
			fit = append(fit, i)
		}
	}
	return fit
}

// step moves by so many of the options that fit. A switch goes round.
func (fl *field) step(by int) {
	if fl.spec.Switch {
		n := len(fl.spec.Options)
		fl.move(((fl.at+by)%n + n) % n)
		return
	}
	fit := fl.matches()
	if len(fit) == 0 {
		return
	}
	here := slices.Index(fit, fl.at)
	fl.move(fit[min(max(here+by, 0), len(fit)-1)])
}

func (fl *field) move(at int) {
	if at != fl.at {
		fl.at, fl.edited, fl.refused = at, true, ""
	}
	fl.check()
}

// choose takes a key or a paste for a field with options.
func (fl *field) choose(msg tea.Msg) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch key := press.String(); {
		case fl.spec.Switch && (key == "space" || key == "right"):
			fl.step(1)
			return
		case fl.spec.Switch && key == "left":
			fl.step(-1)
			return
		}
	}
	if fl.spec.Switch || !fl.line.Update(msg) {
		return
	}
	// The first that fits is taken, unless the one it is on does.
	fit := fl.matches()
	switch {
	case len(fit) == 0:
		fl.move(-1)
	case slices.Contains(fit, fl.at):
		fl.check()
	case fl.line.Value() == "":
		fl.pickValue(fl.spec.Value)
		fl.check()
	default:
		fl.move(fit[0])
	}
}

// checkChoice says why what the field is on cannot be submitted.
func (fl *field) checkChoice() {
	o, on := fl.chosen()
	switch {
	case !on && fl.line.Value() != "":
		fl.err = errNothingFits
	case !on:
		fl.err = errNothingChosen
	case o.Why != "":
		fl.err = choiceError(o.Why)
	}
}

// choiceError is why an option cannot be submitted.
type choiceError string

func (e choiceError) Error() string { return string(e) }

const (
	errNothingFits   choiceError = "nothing fits what you typed: ctrl+u empties it"
	errNothingChosen choiceError = "choose one"
)

// searchHint says how to search a list, and how much of it fits, behind what is
// said of the option that it is on.
func (fl *field) searchHint() string {
	n := len(fl.spec.Options)
	hint := fmt.Sprintf("%d · type to search", n)
	if fl.line.Value() != "" {
		hint = fmt.Sprintf("%d of %d fit", len(fl.matches()), n)
	}
	if fl.note != "" {
		return fl.note + " · " + hint
	}
	return hint
}

// choiceLine returns what stands in the field's box: what is searched for, or the
// option that the field is on.
func (fl *field) choiceLine(w int, focus bool, th style.Theme) string {
	o, on := fl.chosen()
	label := style.Sanitize(o.Label)
	switch {
	case fl.spec.Switch && focus:
		return th.InputCursor.Render(style.Truncate(label, w)) + style.Fit("", w-min(style.Width(label), w))
	case fl.lists() && focus && fl.line.Value() != "":
		return fl.line.View(w, true, th.Input, th.InputCursor)
	case !on:
		label = ""
	}
	return th.Input.Render(style.Fit(label, w))
}

// listView returns the options around the one that the field is on.
func (fl *field) listView(w int, th style.Theme) []string {
	fit := fl.matches()
	here := max(slices.Index(fit, fl.at), 0)
	// As many lines whatever fits, so that nothing jumps while one types.
	height := min(listLines, len(fl.spec.Options))
	from := max(0, min(here-height/2, len(fit)-height))
	lines := make([]string, 0, height)
	for i := from; len(lines) < height; i++ {
		if i >= len(fit) {
			lines = append(lines, "")
			continue
		}
		o := fl.spec.Options[fit[i]]
		mark, look := "  ", th.Text
		if o.Why != "" {
			look = th.Faint
		}
		if fit[i] == fl.at {
			mark, look = th.Glyphs.Cursor+" ", th.Cursor
		}
		lines = append(lines, look.Render(style.Fit(mark+style.Sanitize(o.Label), w)))
	}
	return lines
}
