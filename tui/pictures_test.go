package tui_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"provkeys/tui"
	"provkeys/tui/style"
)

var update = flag.Bool("update", false, "draw the README's pictures anew")

// picture is one of the pictures in the README.
type picture struct {
	file  string
	title string // what it shows, for those who do not see it
	w, h  int
	on    sheetOfPaper
	opts  tui.Options
	enter func(*console) // how to come to what it shows
}

// pictures are drawn from a tenant that does not exist: its host is mock.example.
func pictures() []picture {
	const w, h = 110, 24
	colour := tui.Options{Colour: "red"}
	light, mono := colour, colour
	light.Theme, mono.Theme = style.ModeLight, style.ModeMono
	return []picture{
		{"console-dark.svg", "The console: a table of provisioning keys, one expanded and just copied", w, h, darkPaper(), colour, copyOne},
		{"console-light.svg", "The console on a light ground", w, h, lightPaper(), light, copyOne},
		{"console-mono.svg", "The console without colours", w, h, darkPaper(), mono, copyOne},
		{"narrow.svg", "The console on a screen of 60 by 20 cells", 60, 20, darkPaper(), colour, copyOne},
		{"blocked.svg", "A key that is used up is not copied: the console says why, and what to do", w, h, darkPaper(), colour, func(c *console) {
			filtered(c)
			c.press("j", enter, "y")
			c.sees("is used up (60 of 60)")
		}},
		{"conflict.svg", "Two people changed one key: field by field, whose word counts", w, h, darkPaper(), colour, func(c *console) {
			filtered(c)
			kind, id, _ := c.mock.FindKey("ap-east-1-asg")
			c.press("e")
			c.typed("75")
			c.press(tab)
			c.typed("\x15ap-east-1-blue-2")
			c.mock.SetField(kind, id, "maxUsage", "70")
			c.mock.SetField(kind, id, "name", "ap-east-1-green")
			c.press(enter)
			c.pass(time.Second)
			c.tells("changed elsewhere")
		}},
		{"groups.svg", "The groups, with what their keys have left", w, h, darkPaper(), colour, func(c *console) {
			filtered(c)
			c.press("2")
			c.sees("CONNECTORS")
		}},
		{"connectors.svg", "What enrolled, under which key and how it is", w, h, darkPaper(), colour, func(c *console) {
			filtered(c)
			c.press("3", enter)
			c.sees("HEALTH")
		}},
		{"help.svg", "Help: every action, its keys, and why it is not possible just now", w, h, darkPaper(), colour, func(c *console) {
			filtered(c)
			c.press("?")
			c.sees("copy the key text")
		}},
	}
}

// filtered leaves out the names that are there to do harm.
func filtered(c *console) {
	c.press("/")
	c.typed("used>=45%")
	c.press(enter)
}

func copyOne(c *console) {
	filtered(c)
	c.press(enter, "y")
	c.sees("Copied and verified")
}

// TestThePicturesShowTheConsole keeps the pictures in the README true: they are drawn
// from the cells of the real program's screen.
func TestThePicturesShowTheConsole(t *testing.T) {
	t.Parallel()
	for _, p := range pictures() {
		t.Run(p.file, func(t *testing.T) {
			t.Parallel()
			drawn := p.draw(t)
			path := filepath.Join("..", ".github", p.file)
			if *update {
				if err := os.WriteFile(path, drawn, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			kept, err := os.ReadFile(path)
			if err != nil || !bytes.Equal(kept, drawn) {
				t.Errorf("%s is not what the console shows now (%v): draw it anew with make pictures", path, err)
			}
		})
	}
}

// draw starts a console of its own and draws what it shows.
func (p picture) draw(t *testing.T) (drawn []byte) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)))
		opts := p.opts
		opts.Tenant, opts.Refresh, opts.ClearAfter = "acme-prod · PRODUCTION", 30*time.Second, 45*time.Second
		opts.Extra = []tea.ProgramOption{tea.WithColorProfile(colorprofile.ANSI)}
		s := writing(&fakeDownloads{})
		s.w, s.h, s.opts = p.w, p.h, opts
		c := start(t, s)
		defer func() { _ = c.stop() }()
		p.enter(c)
		drawn = c.svg(p.title, p.on)
	})
	return drawn
}
