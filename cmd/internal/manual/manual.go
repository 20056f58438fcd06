// Package manual writes manual pages. It knows roff's macros and what has to be escaped
// of a text; it must never know a command, a flag or a file.
package manual

import (
	"fmt"
	"strings"
)

// Mark is the first line of every page, by which a page that was written here is told
// from somebody else's file.
const Mark = `.\" Written by provkeys man.` + "\n"

// Page is one manual page of section 1.
type Page struct {
	Name    string // such as provkeys-list
	Short   string // what it is for, in one line
	Source  string // the program and its version
	Date    string // 2006-01-02, or "" where it is not known
	Blocks  []Section
	SeeAlso []string // names of other pages of the section
}

// Section is a heading with a text, items, or both.
type Section struct {
	Heading string
	// Text is paragraphs between blank lines. Lines that begin with a blank stay as
	// they are.
	Text  string
	Items []Item
}

// Item is a term and what it means.
type Item struct {
	Term    string // in bold
	Operand string // behind it, in italics; "" for none
	Text    string
}

// Roff returns the page as man reads it. The same page is the same text every time.
func (p Page) Roff() string {
	var b strings.Builder
	b.WriteString(Mark)
	fmt.Fprintf(&b, ".TH %s 1 %s %s\n", quote(strings.ToUpper(p.Name)), quote(p.Date), quote(p.Source))
	b.WriteString(".nh\n.ad l\n") // names and examples are typed as they stand
	fmt.Fprintf(&b, ".SH NAME\n%s \\- %s\n", escape(p.Name), escape(p.Short))
	for _, s := range p.Blocks {
		s.write(&b)
	}
	if len(p.SeeAlso) > 0 {
		b.WriteString(".SH SEE ALSO\n")
		for i, name := range p.SeeAlso {
			end := ","
			if i == len(p.SeeAlso)-1 {
				end = ""
			}
			fmt.Fprintf(&b, ".BR %s (1)%s\n", escape(name), end)
		}
	}
	return b.String()
}

func (s Section) write(b *strings.Builder) {
	fmt.Fprintf(b, ".SH %s\n", quote(strings.ToUpper(s.Heading)))
	paragraphs(b, s.Text)
	for _, it := range s.Items {
		fmt.Fprintf(b, ".TP\n\\fB%s\\fR", escape(it.Term))
		if it.Operand != "" {
			fmt.Fprintf(b, " \\fI%s\\fR", escape(it.Operand))
		}
		fmt.Fprintf(b, "\n%s\n", line(it.Text))
	}
}

// paragraphs writes a text. What is indented is shown as it is typed.
func paragraphs(b *strings.Builder, text string) {
	begun, asIs, between := false, false, false
	for l := range strings.SplitSeq(strings.Trim(text, "\n"), "\n") {
		if strings.TrimSpace(l) == "" {
			between = begun
			continue
		}
		indented := strings.HasPrefix(l, " ")
		switch {
		case indented && asIs && between:
			b.WriteString(".sp\n")
		case indented && !asIs && begun:
			b.WriteString(".PP\n.EX\n")
		case indented && !asIs:
			b.WriteString(".EX\n")
		case !indented && asIs:
			b.WriteString(".EE\n.PP\n")
		case between:
			b.WriteString(".PP\n")
		}
		begun, asIs, between = true, indented, false
		b.WriteString(line(l) + "\n")
	}
	if asIs {
		b.WriteString(".EE\n")
	}
}

// line returns one line of a text, which no request of roff can begin.
func line(text string) string {
	text = escape(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		return `\&` + text
	}
	return text
}

// escape returns a text that means itself: a backslash begins no escape, a line break no
// request, and a hyphen, a quote or an accent is the one that is typed.
func escape(text string) string {
	return strings.NewReplacer("\n", " ", `\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`).Replace(text)
}

// quote returns an argument of a macro.
func quote(text string) string {
	return `"` + strings.ReplaceAll(escape(text), `"`, `\(dq`) + `"`
}
