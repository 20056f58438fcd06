package tui_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

const cellWidth, cellHeight = 8.4, 18

// sheetOfPaper is what a screen is drawn on, and the ANSI colours there.
type sheetOfPaper struct {
	ground, ink, edge string
	shades            map[ansi.BasicColor]string
}

func darkPaper() sheetOfPaper {
	return sheetOfPaper{ground: "#1b1f24", ink: "#d5d9de", edge: "#1b1f24", shades: map[ansi.BasicColor]string{
		ansi.Black: "#1b1f24", ansi.Red: "#f47067", ansi.Green: "#6bc46d", ansi.Yellow: "#daaa3f",
		ansi.Blue: "#539bf5", ansi.Magenta: "#b083f0", ansi.Cyan: "#56d4dd", ansi.White: "#ffffff",
	}}
}

func lightPaper() sheetOfPaper {
	return sheetOfPaper{ground: "#ffffff", ink: "#24292f", edge: "#d0d7de", shades: map[ansi.BasicColor]string{
		ansi.Black: "#24292f", ansi.Red: "#c4201c", ansi.Green: "#116329", ansi.Yellow: "#7d4e00",
		ansi.Blue: "#0a58ca", ansi.Magenta: "#8a3fb0", ansi.Cyan: "#1b7c83", ansi.White: "#ffffff",
	}}
}

// shade returns an ANSI colour as the paper has it, or usual for none.
func (p sheetOfPaper) shade(c color.Color, usual string) string {
	if c == nil {
		return usual
	}
	if hex, ok := p.shades[ansi.Convert16(c)]; ok {
		return hex
	}
	return usual
}

// svg draws the screen.
func (c *console) svg(title string, on sheetOfPaper) []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	w, h := c.screen.Width(), c.screen.Height()
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %d" font-family="ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14">`+"\n",
		float64(w)*cellWidth+20, h*cellHeight+20)
	fmt.Fprintf(&b, "<title>%s</title>\n<rect x=\"0.5\" y=\"0.5\" width=\"%.0f\" height=\"%d\" rx=\"8\" fill=\"%s\" stroke=\"%s\"/>\n",
		title, float64(w)*cellWidth+19, h*cellHeight+19, on.ground, on.edge)
	for y := range h {
		for x := 0; x < w; {
			x = c.draw(&b, on, x, y)
		}
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// draw draws the cells of one style from x on and returns where they end.
func (c *console) draw(b *bytes.Buffer, on sheetOfPaper, x, y int) int {
	st := on.styleOf(c.screen.CellAt(x, y))
	var text strings.Builder
	end := x
	for end < c.screen.Width() {
		cell := c.screen.CellAt(end, y)
		if st != on.styleOf(cell) {
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
	if shown == "" && st.ground == "" {
		return end
	}
	left, top := 10+float64(x)*cellWidth, 10+y*cellHeight
	if st.ground != "" {
		fmt.Fprintf(b, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>`, left, top, float64(end-x)*cellWidth, cellHeight, st.ground)
		shown = text.String()
	}
	fmt.Fprintf(b, `<text x="%.1f" y="%d" fill="%s"%s textLength="%.1f" xml:space="preserve">`, left, top+14, st.ink, st.rest, float64(len([]rune(shown)))*cellWidth)
	_ = xml.EscapeText(b, []byte(shown))
	b.WriteString("</text>\n")
	return end
}

// drawing is a cell's style as SVG has it.
type drawing struct{ ink, ground, rest string }

func (p sheetOfPaper) styleOf(cell *uv.Cell) drawing {
	d := drawing{ink: p.ink}
	if cell == nil {
		return d
	}
	d.ink, d.ground = p.shade(cell.Style.Fg, p.ink), p.shade(cell.Style.Bg, "")
	if cell.Style.Attrs&uv.AttrReverse != 0 {
		d.ink, d.ground = p.ground, d.ink
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
