package tui_test

import (
	"fmt"
	"strings"
	"testing/synctest"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"

	"provkeys/tui"
)

// doings are what a terminal was told to do besides drawing.
type doings struct {
	titles     []string
	clipboards []string // as sent
	bells      int
	cursor     bool // it shows
}

func (d *doings) listen(e *vt.Emulator) {
	e.SetCallbacks(vt.Callbacks{
		Title:            func(title string) { d.titles = append(d.titles, title) },
		Bell:             func() { d.bells++ },
		CursorVisibility: func(visible bool) { d.cursor = visible },
	})
	e.RegisterOscHandler(52, func(data []byte) bool {
		d.clipboards = append(d.clipboards, string(data))
		return true
	})
}

// text returns what a person would see, without trailing blanks.
func (c *console) text() string {
	lines := strings.Split(c.shown(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \r")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// shown returns the screen as it is drawn.
func (c *console) shown() string {
	if !c.drawn {
		synctest.Wait() // nothing is being drawn then
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.drawn {
		return ansi.Strip(tui.Frame(c.viewed))
	}
	return c.screen.String()
}

// onTerminal fails the test unless it has an emulated screen.
func (c *console) onTerminal() {
	c.t.Helper()
	if !c.drawn {
		c.t.Fatal("nothing is drawn on a terminal here: set terminal in the setup")
	}
}

// bytes returns everything that was sent to the terminal so far.
func (c *console) bytes() string {
	c.t.Helper()
	c.onTerminal()
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.raw.String()
}

// sees fails the test unless every part is on the screen.
func (c *console) sees(parts ...string) {
	c.t.Helper()
	flat := strings.Join(strings.Fields(c.text()), " ")
	for _, p := range parts {
		if !strings.Contains(c.text(), p) && !strings.Contains(flat, p) {
			c.t.Fatalf("not on the screen: %q\n%s", p, c.text())
		}
	}
}

// dialog returns what the open dialog says, wherever its lines break.
func (c *console) dialog() string {
	var words []string
	for l := range strings.SplitSeq(c.text(), "\n") {
		if _, inside, ok := strings.Cut(l, "│"); ok {
			inside, _, _ = strings.Cut(inside, "│")
			words = append(words, strings.Fields(inside)...)
		}
	}
	return strings.Join(words, " ")
}

// tells fails the test unless the open dialog says every part.
func (c *console) tells(parts ...string) {
	c.t.Helper()
	said := c.dialog()
	for _, p := range parts {
		if !strings.Contains(said, p) {
			c.t.Fatalf("the dialog does not say %q\n%s", p, c.text())
		}
	}
}

// misses fails the test if a part is on the screen.
func (c *console) misses(parts ...string) {
	c.t.Helper()
	for _, p := range parts {
		if strings.Contains(c.text(), p) {
			c.t.Fatalf("on the screen: %q\n%s", p, c.text())
		}
	}
}

// line returns the line of the screen that contains part.
func (c *console) line(part string) string {
	c.t.Helper()
	for l := range strings.SplitSeq(c.text(), "\n") {
		if strings.Contains(l, part) {
			return l
		}
	}
	c.t.Fatalf("no line contains %q\n%s", part, c.text())
	return ""
}

// find filters for a key of that name alone and returns its kind and id.
func (c *console) find(name string) (kind, id string) {
	c.t.Helper()
	kind, id, ok := c.mock.FindKey(name)
	if !ok {
		c.t.Fatalf("the mock has no key %q", name)
	}
	c.press("/", "\x15")
	c.typed("id:" + id)
	c.press(enter)
	return kind, id
}

// field returns a field of a key as the mock holds it.
func (c *console) field(kind, id, name string) string {
	c.t.Helper()
	k, ok := c.mock.Key(kind, id)
	if !ok {
		c.t.Fatalf("the mock has no key %s", id)
	}
	return fmt.Sprint(k[name])
}

// asked returns how many calls the mock had whose path ends like that.
func (c *console) asked(end string) int {
	n := 0
	for _, r := range c.mock.Requests() {
		if strings.HasSuffix(r.Path, end) {
			n++
		}
	}
	return n
}
