package keytext

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
)

var (
	// assignments find what names a key text in front of it, blanks left out.
	// Where no anchor follows only known names are one: base64 may end in "=".
	assignments = regexp.MustCompile(`(?i)^(-|--)?(export|set|setx|env|-e|--env=?)?["']?\$?(env:)?` +
		`(zpa_provision_?key|provision_?key|provisioning_?key|zsglobal\.provisionkey\.value|key|value)["']?[=:]`)
	anyAssignments = regexp.MustCompile(`[A-Za-z_][\w.-]*["']?[=:]["']?$`)
	prompts        = regexp.MustCompile(`^[^"'=]*[$#>%]$`)
	// pasteMarks are what is left of a bracketed paste's control sequence.
	pasteMarks = regexp.MustCompile(`^(\^\[)?\[?2?0?0~`)
)

// surroundings is what stands around the key text in a reading: the key text
// itself is text[start:end].
type surroundings struct {
	start, end int
	pasted     bool // between the marks of a bracketed paste, their escapes lost
}

// anchor returns where the first key text at or behind from begins, and where
// its secret part does. A damaged host is one as well.
func anchor(text []byte, from int) (begin, secret int, ok bool) {
	for i := from; ; i++ {
		n := bytes.IndexByte(text[i:], '|')
		if n < 0 {
			return 0, 0, false
		}
		i += n
		host := text[i+1 : min(len(text), i+2+longestHost)]
		end := bytes.IndexByte(host, '|')
		if i > from && end > 0 && isVersion(text[i-1:i]) && isHost(host[:end]) {
			return i - 1, i + end + 2, true
		}
	}
}

// anchors returns how many key texts begin in a text.
func anchors(text []byte) int {
	n := 0
	for from := 0; ; n++ {
		_, secret, ok := anchor(text, from)
		if !ok {
			return n
		}
		from = secret
	}
}

// around finds the key text in a reading.
func (r *reading) around() surroundings {
	s := surroundings{0, len(r.text), false}
	if lead := pasteMarks.Find(r.text); lead != nil {
		s.start, s.pasted = len(lead), true
		closing := append(bytes.Clone(lead[:len(lead)-2]), "1~"...)
		if bytes.HasSuffix(r.text[s.start:], closing) {
			s.end -= len(closing)
		}
	}
	begin, secret, ok := anchor(r.text[:s.end], s.start)
	switch {
	case ok && r.begins(begin):
		s.start = begin
	case !ok:
		s.start += len(assignments.Find(r.text[s.start:s.end]))
		for s.start < s.end && bytes.IndexByte([]byte("\"'`$#>"), r.text[s.start]) >= 0 {
			s.start++
		}
		secret = max(s.start, bytes.LastIndexByte(r.text[:s.end], '|')+1)
	}
	s.end = r.ending(secret, s.end)
	return s
}

// begins reports whether a text may begin at i: a letter or digit directly in
// front of it would belong to it.
func (r *reading) begins(i int) bool {
	return i == 0 || r.gap(i) || bytes.IndexByte([]byte("\"'`=:$#>%({[,;)}]~<"), r.text[i-1]) >= 0
}

// ending returns where the secret part that begins at from is closed, and end
// where nothing closes it. A closing character in its middle is damage.
func (r *reading) ending(from, end int) int {
	const closers = "\"'`,;)}]>&<[^"
	for i := from; i < end; i++ {
		switch c := r.text[i]; {
		case inSecret(c):
			continue
		case bytes.IndexByte([]byte(closers), c) < 0:
			return end
		case usualLength(r.text[from:i]) || len(bytes.Trim(r.text[i:end], closers)) == 0:
			return i
		}
		return end
	}
	return end
}

// inSecret reports whether c may stand in a secret part.
func inSecret(c byte) bool { return inBase64(c) || c == '=' || c == '-' }

func inBase64(c byte) bool { return letterOrDigit(c) || c == '+' || c == '/' }

// usualLength reports whether a secret part has the length of those seen so far.
func usualLength(secret []byte) bool {
	return len(secret) == opaqueLength || len(secret) == opaqueLength+numberLength
}

// aroundFaults returns what is wrong with the surroundings, and the quotes among
// them as marks.
func (r *reading) aroundFaults(s surroundings) ([]Fault, []mark) {
	var faults []Fault
	lead, tail := r.text[:s.start], r.text[s.end:]
	var marks []mark
	if s.pasted {
		marks = append(marks, mark{sequence, r.at[0]})
		lead = lead[len(pasteMarks.Find(lead)):]
		tail = nil
	}
	if name := bytes.Trim(lead, "\"'`"); len(name) > 0 {
		faults = append(faults, Fault{FaultShell, []int{r.at[0]}, leadMessage(lead)})
	}
	if rest := bytes.Trim(tail, "\"'`"); len(rest) > 0 {
		at := []int{r.at[s.end+bytes.IndexByte(tail, rest[0])]}
		message := "Something else stands behind the key text."
		switch {
		case len(rest) == 1 && rest[0] == ',':
			message = "A comma stands behind the key text."
		case len(rest) == 1 && rest[0] == ';':
			message = "A semicolon stands behind the key text."
		case r.behind(s) > 0:
			message = "Another key text stands behind the key text: look at one at a time."
		}
		faults = append(faults, Fault{FaultShell, at, message})
	}
	for _, i := range []int{s.start - 1, s.end} {
		// A typographic one has its mark already.
		if i >= 0 && i < len(r.text) && isQuote(r.text[i]) && !slices.Contains(r.typed, i) {
			marks = append(marks, mark{quote, r.at[i]})
		}
	}
	return faults, marks
}

// behind returns how many other key texts stand behind the key text.
func (r *reading) behind(s surroundings) int {
	if bytes.Contains(r.text[s.end:], r.text[s.start:s.end]) {
		return 0
	}
	return anchors(r.text[s.end:])
}

func isQuote(c byte) bool { return c == '"' || c == '\'' || c == '`' }

// leadMessage says what stands in front of a key text.
func leadMessage(lead []byte) string {
	switch {
	case assignments.Match(lead) || anyAssignments.Match(lead):
		return "An assignment or a field's name stands in front of the key text."
	case prompts.Match(lead):
		return "A shell's prompt stands in front of the key text."
	}
	return "Something else stands in front of the key text."
}

// inside reports whether a mark belongs to the key text, and not to the blanks
// and breaks of what stands around it.
func (r *reading) inside(s surroundings, m mark) bool {
	switch {
	case m.blemish != blank && m.blemish != tab && m.blemish != lineBreak:
		return true
	case s.start > 0 && m.at < r.at[s.start-1]:
		return false
	case s.start > 0 && s.start < len(r.at) && !isQuote(r.text[s.start-1]) && m.at < r.at[s.start]:
		return false
	case s.end < len(r.text) && m.at > r.at[s.end]:
		return false
	case s.end > 0 && s.end < len(r.text) && !isQuote(r.text[s.end]) && m.at > r.at[s.end-1]:
		return false
	}
	return true
}

// settleTypographic makes aliens of the typographic quotes and dashes inside the
// key text. Only the dash before a number is sure to have been a "-".
func (r *reading) settleTypographic(s surroundings) {
	for _, i := range r.typed {
		number := r.text[min(i+1, s.end):s.end]
		if i < s.start || i >= s.end || r.text[i] == '-' && len(number) == numberDigits && len(bytes.Trim(number, "0123456789")) == 0 {
			continue
		}
		r.text[i] = alien
	}
}

// wrapping says how long the lines of a wrapped text are, "" where they are not
// alike.
func (r *reading) wrapping(s surroundings) string {
	const widest = 200 // a longer line is no terminal's and no mail's
	width, begin := 0, s.start
	for i := s.start + 1; i < s.end; i++ {
		if !r.newLine(i) {
			continue
		}
		if width == 0 {
			width = i - begin
		}
		if i-begin != width {
			return ""
		}
		begin = i
	}
	if width == 0 || width > widest || s.end-begin > width {
		return ""
	}
	return fmt.Sprintf(": it is wrapped into lines of %d characters", width)
}
