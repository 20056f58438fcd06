package tui_test

import (
	"bytes"
	"encoding/xml"
	"flag"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"provkeys/tui"
)

var update = flag.Bool("update", false, "draw the README's picture anew")

// TestThePictureShowsTheConsole keeps the picture in the README true: it is
// drawn from the cells of the real program's screen.
func TestThePictureShowsTheConsole(t *testing.T) {
	t.Parallel()
	var drawn []byte
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)))
		c := start(t, setup{terminal: true, w: 110, h: 24, opts: tui.Options{
			Tenant: "acme-prod · PRODUCTION", Refresh: 30 * time.Second,
			Extra: []tea.ProgramOption{tea.WithColorProfile(colorprofile.ANSI)},
		}})
		c.press("j", "j", enter, "y")
		c.sees("is used up (60 of 60)")
		drawn = c.svg()
		_ = c.stop()
	})
	path := filepath.Join("..", ".github", "screen.svg")
	if *update {
		if err := os.WriteFile(path, drawn, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(kept, drawn) {
		t.Errorf("%s is not what the console shows now (%v): draw it anew with make picture", path, err)
	}
}

const (
	cellWidth, cellHeight = 8.4, 18
	paper, ink            = "#1b1f24", "#d5d9de"
)

// shades are the colours of the theme, by their ANSI numbers.
var shades = map[ansi.BasicColor]string{ansi.Red: "#f47067", ansi.Green: "#6bc46d", ansi.Yellow: "#daaa3f", ansi.Cyan: "#56d4dd"}

// svg draws the screen.
func (c *console) svg() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	w, h := c.screen.Width(), c.screen.Height()
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %d" font-family="ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14">`+"\n",
		float64(w)*cellWidth+20, h*cellHeight+20)
	fmt.Fprintf(&b, "<title>The provkeys console: a table of provisioning keys</title>\n<rect width=\"100%%\" height=\"100%%\" rx=\"8\" fill=\"%s\"/>\n", paper)
	for y := range h {
		for x := 0; x < w; {
			x = c.draw(&b, x, y, w)
		}
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// draw draws the cells of one style from x on and returns where they end.
func (c *console) draw(b *bytes.Buffer, x, y, w int) int {
	first := c.screen.CellAt(x, y)
	st := styleOf(first)
	var text strings.Builder
	end := x
	for end < w {
		cell := c.screen.CellAt(end, y)
		if st != styleOf(cell) {
			break
		}
		if cell == nil || cell.Content == "" {
			text.WriteByte(' ')
		} else {
			text.WriteString(cell.Content)
		}
		end++
	}
	shown := strings.TrimRight(text.String(), " ")
	if shown == "" && st.paper == "" {
		return end
	}
	left, top := 10+float64(x)*cellWidth, 10+y*cellHeight
	if st.paper != "" {
		fmt.Fprintf(b, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>`, left, top, float64(end-x)*cellWidth, cellHeight, st.paper)
		shown = text.String()
	}
	fmt.Fprintf(b, `<text x="%.1f" y="%d" fill="%s"%s textLength="%.1f" xml:space="preserve">`, left, top+14, st.ink, st.rest, float64(len([]rune(shown)))*cellWidth)
	_ = xml.EscapeText(b, []byte(shown))
	b.WriteString("</text>\n")
	return end
}

// drawing is a cell's style as SVG has it.
type drawing struct{ ink, paper, rest string }

func styleOf(cell *uv.Cell) drawing {
	d := drawing{ink: ink}
	if cell == nil {
		return d
	}
	d.ink = shade(cell.Style.Fg)
	if cell.Style.Attrs&uv.AttrReverse != 0 {
		d.ink, d.paper = paper, d.ink
	}
	if cell.Style.Attrs&uv.AttrBold != 0 {
		d.rest += ` font-weight="bold"`
	}
	if cell.Style.Attrs&uv.AttrFaint != 0 {
		d.rest += ` opacity="0.6"`
	}
	if cell.Style.Underline != 0 {
		d.rest += ` text-decoration="underline"`
	}
	return d
}

func shade(c color.Color) string {
	if c == nil {
		return ink
	}
	if hex, ok := shades[ansi.Convert16(c)]; ok {
		return hex
	}
	return ink
}
