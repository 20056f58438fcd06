package tui_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"provkeys/client"
)

// helm is a person who steers a console through a storm, and looks.
type helm struct {
	*console
	now  stormOperation
	w, h int

	ids     map[string]client.ID // of every plain name there ever was
	limits  map[string]client.ID // of the key for which each limit was asked
	raised  map[client.ID]int    // how often it was asked to be raised
	deleted map[client.ID]bool   // it was asked to be
	on      client.ID            // the cursor was put on it; "" for one whose name is not plain
	copied  client.ID            // the last that was asked to be
	copies  int                  // on the clipboard so far
}

func newHelm(c *console) *helm {
	h := &helm{
		console: c, w: 120, h: 35,
		ids: map[string]client.ID{}, limits: map[string]client.ID{}, raised: map[client.ID]int{}, deleted: map[client.ID]bool{},
	}
	h.learn()
	return h
}

// fault reports what is not as promised, with the screen that shows it.
func (h *helm) fault(format string, args ...any) {
	h.t.Helper()
	h.t.Errorf("%v: %s\n%s", h.now, fmt.Sprintf(format, args...), h.text())
}

// stormPlain are names that are shown as they are, and whole.
var stormPlain = regexp.MustCompile(`^[a-z0-9-]{1,20}$`)

// learn remembers the ids of names.
func (h *helm) learn() {
	for _, name := range h.mock.KeyNames() {
		if _, id, there := h.mock.FindKey(name); there && stormPlain.MatchString(name) {
			h.ids[name] = client.ID(id)
		}
	}
}

// there reports whether the tenant has the key.
func (h *helm) there(id client.ID) bool { return h.held(id) != nil }

// held returns the key's fields, nil where it is gone.
func (h *helm) held(id client.ID) map[string]any {
	for _, kind := range client.Kinds() {
		if fields, there := h.mock.Key(kind.AssociationType(), string(id)); there {
			return fields
		}
	}
	return nil
}

// inDialog reports whether a dialog is open.
func (h *helm) inDialog() bool { return strings.Contains(h.text(), "│") }

// stormCursor is the row of the cursor where its name is plain.
var stormCursor = regexp.MustCompile(`(?m)^ *▸ +([a-z0-9-]+)  `)

// cursor returns the name in the cursor's row; "" where there is none, or none that
// can be typed.
func (h *helm) cursor() string {
	m := stormCursor.FindStringSubmatch(h.text())
	if m == nil || h.inDialog() {
		return ""
	}
	return m[1]
}

// do does an operation and looks at the screen after it.
func (h *helm) do(o stormOperation) {
	h.now = o
	for range 5 {
		if h.inDialog() {
			h.press(esc)
		}
	}
	if h.inDialog() {
		h.fault("esc does not lead out of the dialog")
	}
	name := h.cursor()
	h.act(o, name, h.ids[name])
	h.learn()
	h.fits()
	h.judgeCursor()
	h.judgeClipboard()
}

func (h *helm) act(o stormOperation, name string, id client.ID) {
	switch o.deed {
	case moves:
		for range 1 + o.pick%6 {
			h.press([]string{down, down, up, "G", "\x04", "\x15", enter}[o.pick%7])
		}
	case refreshes:
		h.press("r")
	case rests:
		h.pass(o.rest)
	case resizes:
		sizes := [][2]int{{120, 35}, {80, 24}, {80, 12}, {100, 30}, {200, 60}}
		h.resize(1+o.pick%70, 1+o.pick%19)
		h.fits()
		h.resize(sizes[o.pick%5][0], sizes[o.pick%5][1])
	case turns:
		h.press([]string{"2", "3", "4"}[o.pick%3])
		h.fits()
		h.press("1")
	case filters:
		h.press("/", "\x15")
		h.typed([]string{"east", "storm", "a", "us-", "", ""}[o.pick%6])
		h.press(enter)
	case elsewheres:
		h.elsewhere(o)
	case creates:
		h.create(o)
	default:
		if id != "" {
			h.actOn(o, name, id)
		}
	}
}

// actOn does what is about the key under the cursor.
func (h *helm) actOn(o stormOperation, name string, id client.ID) {
	switch o.deed {
	case copies:
		h.copied = id
		h.press("y")
	case raises:
		h.copied = id
		if h.press("E"); strings.Contains(h.text(), "raise "+name) {
			h.raised[id]++
			h.press(enter)
		}
	case edits:
		if h.press("e"); strings.Contains(h.text(), "Edit "+name) {
			h.typed(strconv.Itoa(o.limit()))
			h.elsewhere(o)
			h.pass(o.rest)
			h.limits[strconv.Itoa(o.limit())] = id
			h.press(enter)
		}
	case deletes:
		h.press("D")
		h.pass(3 * time.Second)
		if h.press(down); strings.Contains(h.text(), "▸ delete it for good") {
			h.press(enter)
			h.typed(name)
			h.deleted[id] = true
			h.press(enter)
		}
	}
	if !o.hasty {
		h.pass(o.rest)
	}
}

// create makes a key as far as the storm lets one.
func (h *helm) create(o stormOperation) {
	if h.press("n"); !strings.Contains(h.text(), "which kind?") {
		return
	}
	h.press("a")
	h.pass(5 * time.Second)
	if !strings.Contains(h.text(), "▸ group") {
		return
	}
	h.typed("AP East 1")
	h.press(tab)
	h.typed(o.name())
	h.press(tab)
	h.typed(strconv.Itoa(o.limit()))
	h.press(enter)
	if h.pass(time.Second); strings.Contains(h.dialog(), "name "+o.name()) {
		h.press("y")
		h.pass(o.rest)
	}
}

// elsewhere lets somebody else act who is not caught in the storm.
func (h *helm) elsewhere(o stormOperation) {
	names := h.mock.KeyNames()
	kind, id, _ := h.mock.FindKey(names[o.pick%len(names)])
	switch name := names[o.pick%len(names)]; o.pick % 5 {
	case 0, 1: // it sorts elsewhere then, and matches every filter that it matched
		if base := strings.TrimLeft(name, "0z"); stormPlain.MatchString(base) && len(base) < 18 {
			h.mock.SetField(kind, id, "name", []string{"0", "z"}[o.pick%2]+base)
		}
	case 2:
		h.mock.SetField(kind, id, "maxUsage", strconv.Itoa(500+o.number))
	case 3:
		_, _ = h.mock.EnrolNext() // where every key is used up nobody enrols
	case 4:
		h.mock.ExpireTokens()
	}
	h.learn()
}

// resize gives the terminal another size, in which it then tells of itself.
func (h *helm) resize(w, height int) {
	h.w, h.h = w, height
	h.write(fmt.Sprintf("\x1b[48;%d;%d;0;0t", height, w))
	h.settle()
}

// fits holds the screen to its size.
func (h *helm) fits() {
	lines := strings.Split(h.shown(), "\n")
	if len(lines) > h.h {
		h.fault("%d lines on a screen of %d", len(lines), h.h)
	}
	for _, line := range lines {
		if w := ansi.StringWidth(line); w > h.w {
			h.fault("a line of %d cells on a screen of %d: %q", w, h.w, line)
		}
	}
}
