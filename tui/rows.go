package tui

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"provkeys/client"
	"provkeys/client/catalog"
	"provkeys/tui/style"
)

const (
	// barCells is the length of the uses bar where the numbers beside it are short.
	barCells = 10
	// usesCells is the width of bar, space and numbers.
	usesCells = barCells + 8
	// barFrom is the width of the screen from which the bar is shown.
	barFrom = 80
	// datePlain is how a day is written.
	datePlain = "2006-01-02"
)

// look is what turning a key into cells depends on besides the key.
type look struct {
	theme  style.Theme
	now    time.Time
	near   client.Threshold
	room   int  // cells for what stands beside the label of a detail
	uses   int  // cells for the uses; a bar stands beside the numbers from usesCells on
	bare   bool // no bar, however many cells there are
	layout catalog.Layout
}

// usesWidth returns the cells of the uses on a screen of that width.
func usesWidth(width int) int {
	switch {
	case width < 60:
		return 7
	case width < barFrom:
		return 9
	}
	return usesCells
}

// usesCellsOf returns the cells that the uses have in a layout: those that were given
// to them, else the usual ones.
func usesCellsOf(shown catalog.Layout, width int) int {
	for _, s := range shown {
		if s.Column == catalog.ByUses && s.Width > 0 {
			return s.Width
		}
	}
	return usesWidth(width)
}

// uses returns the bar and the numbers: long numbers take room from the bar,
// never the other way round, and are written short where even that is too
// little.
func uses(k client.Key, l look) string { return share(k.Uses, k.MaxUses, l) }

func share(n, of int64, l look) string {
	numbers := fmt.Sprintf("%d/%d", n, of)
	if len(numbers) > l.uses {
		return short(n) + "/" + short(of)
	}
	if l.uses < usesCells || l.bare {
		return numbers
	}
	room := min(barCells, usesCells-1-len(numbers))
	if room < 3 {
		return numbers
	}
	part := 1.0
	if of > 0 {
		part = float64(n) / float64(of)
	}
	full, empty := style.Bar(l.theme.Glyphs, part, room)
	return full + empty + " " + numbers
}

// keyCell says what copying would do.
func keyCell(k client.Key, state client.State, l look) string {
	switch {
	case k.Text.IsZero() || state == client.Hidden:
		return ""
	case state == client.CertificateExpired:
		return l.theme.Glyphs.Blocked + " cert"
	case state.Blocks():
		return l.theme.Glyphs.Blocked + " " + state.String()
	}
	return strings.Repeat(l.theme.Glyphs.Mask, 8)
}

// certificateDays returns the days left of the signing certificate, "ended"
// after its end and nothing while it is unknown.
func certificateDays(k client.Key, now time.Time) string {
	switch {
	case k.CertificateEnd.IsZero():
		return ""
	case !now.Before(k.CertificateEnd):
		return "ended"
	}
	return strconv.Itoa(days(now, k.CertificateEnd)) + "d"
}

func (l look) certificateStyle(end time.Time) style.Style {
	switch left := end.Sub(l.now); {
	case end.IsZero():
		return l.theme.Text
	case left <= 0:
		return l.theme.StateBad
	case left < 30*24*time.Hour:
		return l.theme.StateWarn
	}
	return l.theme.Text
}

func (l look) stateStyle(s client.State) style.Style {
	switch s {
	case client.Expired, client.UsedUp, client.CertificateExpired:
		return l.theme.StateBad
	case client.Disabled, client.Hidden:
		return l.theme.StateOff
	case client.NearlyUsedUp:
		return l.theme.StateWarn
	}
	return l.theme.StateOK
}

// detail is one labelled line of an open row.
type detail struct{ label, text string }

// detailLabel is the width of a label in cells, with the blanks behind it.
const detailLabel = 13

// details returns the lines of an open row.
func details(k client.Key, l look) []detail {
	lines := append(certificateLines(k, l), keyLines(k, l)...)
	lines = append(lines, detail{"uses", fmt.Sprintf("%d of %d, %d left", k.Uses, k.MaxUses, k.Left())})
	if states := k.States(l.now, l.near); len(states) > 1 {
		var words []string
		for _, s := range states {
			words = append(words, s.String())
		}
		lines = append(lines, detail{"state", strings.Join(words, ", ")})
	}
	if !k.Expires.IsZero() {
		verb := "expires "
		if !l.now.Before(k.Expires) {
			verb = "expired "
		}
		lines = append(lines, detail{"expiry", verb + moment(k.Expires, l.now)})
	}
	if len(k.AllowedAddresses) > 0 {
		lines = append(lines, detail{"addresses", style.Sanitize(strings.Join(k.AllowedAddresses, ", "))})
	}
	kind, id := k.Kind.Title(), style.Sanitize(string(k.ID))
	lines = append(lines, l.joined(kind+" · id "+id, detail{"kind", kind}, detail{"id", id})...)
	return append(lines, history(k, l)...)
}

// joined returns one line that says all that parts say, under the label of the first,
// or those lines where it would be cut.
func (l look) joined(text string, parts ...detail) []detail {
	if style.Width(text) <= l.room {
		return []detail{{parts[0].label, text}}
	}
	return parts
}

func certificateLines(k client.Key, l look) []detail {
	name := style.Sanitize(k.Certificate)
	if k.CertificateEnd.IsZero() {
		return []detail{{"certificate", name + ", end not known"}}
	}
	day := k.CertificateEnd.In(l.now.Location()).Format(datePlain)
	if !l.now.Before(k.CertificateEnd) {
		return l.joined(name+", ended "+day, detail{"certificate", name}, detail{"ended", day})
	}
	day += fmt.Sprintf(" (%d days)", days(l.now, k.CertificateEnd))
	return l.joined(name+", valid until "+day, detail{"certificate", name}, detail{"valid until", day})
}

// keyLines show what may be shown of the key text.
func keyLines(k client.Key, l look) []detail {
	if k.Text.IsZero() {
		return []detail{{"key", "hidden: shown once, when the key was created"}}
	}
	masked := style.Sanitize(k.Hint.Masked())
	if k.Hint.LogPrefix == "" {
		return []detail{{"key", masked}}
	}
	logged := style.Sanitize(k.Hint.LogPrefix)
	return l.joined(masked+"   in logs as "+logged, detail{"key", masked}, detail{"in logs", logged})
}

// history says when the key was made, and last changed by whom.
func history(k client.Key, l look) []detail {
	made, changed := moment(k.Created, l.now), moment(k.Modified, l.now)+who(k.ModifiedBy)
	switch {
	case k.Created.IsZero() && k.Modified.IsZero():
		return []detail{{"created", "not known"}}
	case k.Created.IsZero():
		return []detail{{"changed", changed}}
	case k.Modified.IsZero():
		return []detail{{"created", made}}
	}
	return l.joined(made+" · changed "+changed, detail{"created", made}, detail{"changed", changed})
}
