package tui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestTheTenantStandsOnItsColour(t *testing.T) {
	t.Parallel()
	plain := loadedWith(t, 4, Options{Tenant: "acme-prod"})
	red := loadedWith(t, 4, Options{Tenant: "acme-prod", Colour: "red"})
	for w := leastWidth; w < 130; w += 7 {
		line := red.headerLine(w)
		if ansi.Strip(line) != ansi.Strip(plain.headerLine(w)) {
			t.Errorf("at %d the colour changes what the header says: %q", w, line)
		}
		if w > 60 && !strings.Contains(line, "\x1b[1;37;41macme-prod\x1b[m") {
			t.Errorf("at %d: %q", w, line)
		}
	}
	if line := plain.headerLine(100); strings.Contains(line, ";4") {
		t.Errorf("without a colour: %q", line)
	}
}
