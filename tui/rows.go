package tui

import (
	"fmt"
	"slices"
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
	narrow bool // too few cells for two things in one line
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
func uses(k client.Key, l look) string {
	numbers := fmt.Sprintf("%d/%d", k.Uses, k.MaxUses)
	if len(numbers) > l.uses {
		return short(k.Uses) + "/" + short(k.MaxUses)
	}
	if l.uses < usesCells || l.bare {
		return numbers
	}
	room := min(barCells, usesCells-1-len(numbers))
	if room < 3 {
		return numbers
	}
	share := 1.0
	if k.MaxUses > 0 {
		share = float64(k.Uses) / float64(k.MaxUses)
	}
	full, empty := style.Bar(l.theme.Glyphs, share, room)
	return full + empty + " " + numbers
}

// keyCell says what copying would do.
func keyCell(k client.Key, state client.State, l look) string {
	switch {
	case k.Text.IsZero() || state == client.Hidden:
		return ""
	case state == client.CertificateExpired:
		return l.theme.Glyphs.Blocked + " certificate"
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

// details returns the lines of an open row.
func details(k client.Key, l look) []detail {
	lines := []detail{
		{"certificate", certificateLine(k, l.now)},
		{"key", keyLine(k, l.narrow)},
		{"uses", fmt.Sprintf("%d of %d, %d left", k.Uses, k.MaxUses, k.Left())},
	}
	if l.narrow && k.Hint.LogPrefix != "" && !k.Text.IsZero() {
		lines = slices.Insert(lines, 2, detail{"in logs", style.Sanitize(k.Hint.LogPrefix)})
	}
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
	lines = append(lines, detail{"kind", k.Kind.Title() + " · id " + style.Sanitize(string(k.ID))})
	return append(lines, detail{"created", history(k, l.now)})
}

func certificateLine(k client.Key, now time.Time) string {
	name := style.Sanitize(k.Certificate)
	switch {
	case k.CertificateEnd.IsZero():
		return name + ", end not known"
	case !now.Before(k.CertificateEnd):
		return fmt.Sprintf("%s, ended %s", name, k.CertificateEnd.In(now.Location()).Format(datePlain))
	}
	return fmt.Sprintf("%s, valid until %s (%d days)", name, k.CertificateEnd.In(now.Location()).Format(datePlain), days(now, k.CertificateEnd))
}

// keyLine shows what may be shown of the key text; on a narrow screen what logs
// show has a line of its own.
func keyLine(k client.Key, narrow bool) string {
	if k.Text.IsZero() {
		return "hidden: shown once, when the key was created"
	}
	line := style.Sanitize(k.Hint.Masked())
	if k.Hint.LogPrefix != "" && !narrow {
		line += "   in logs as " + style.Sanitize(k.Hint.LogPrefix)
	}
	return line
}

func history(k client.Key, now time.Time) string {
	var parts []string
	if !k.Created.IsZero() {
		parts = append(parts, moment(k.Created, now))
	}
	if !k.Modified.IsZero() {
		parts = append(parts, "changed "+moment(k.Modified, now)+who(k.ModifiedBy))
	}
	if len(parts) == 0 {
		return "not known"
	}
	return strings.Join(parts, " · ")
}
