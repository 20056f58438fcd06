package tui

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// namedKeys are the keys that have a name instead of a character, as Bubble Tea
// writes them.
func namedKeys() []string {
	names := []string{
		"enter", "esc", "tab", "space", "backspace", "delete", "insert",
		"up", "down", "left", "right", "home", "end", "pgup", "pgdown",
	}
	for n := 1; n <= 12; n++ {
		names = append(names, fmt.Sprintf("f%d", n))
	}
	return names
}

// keyNamed returns a key as Bubble Tea writes it: modifiers in its order, and shift
// only where there is no capital letter for it. The error says how keys are written.
func keyNamed(name string) (string, error) {
	mods, base := []string{}, name
	if i := strings.LastIndex(strings.TrimSuffix(name, "+"), "+"); i >= 0 {
		mods, base = strings.Split(name[:i], "+"), name[i+1:]
	}
	single := utf8.RuneCountInString(base) == 1
	if !single {
		base = strings.ToLower(base)
	}
	r, _ := utf8.DecodeRuneInString(base)
	if single && !unicode.IsPrint(r) || !single && !slices.Contains(namedKeys(), base) {
		return "", fmt.Errorf("there is no key %q: write it as y, Y, ctrl+y, shift+tab, f5 or space", name)
	}
	if base == " " {
		base = "space"
	}
	has := map[string]bool{}
	for _, mod := range mods {
		mod = strings.ToLower(mod)
		if mod != "ctrl" && mod != "alt" && mod != "shift" || has[mod] {
			return "", fmt.Errorf("there is no key %q: before its name stand ctrl+, alt+ or shift+", name)
		}
		has[mod] = true
	}
	if has["shift"] && single {
		return "", fmt.Errorf("%q is written as the character that shift makes of it, such as Y", name)
	}
	if has["ctrl"] && single {
		base = strings.ToLower(base) // no terminal tells the two apart
	}
	key := base
	for _, mod := range []string{"shift", "alt", "ctrl"} {
		if has[mod] {
			key = mod + "+" + key
		}
	}
	return key, reserved(name, key)
}

// reserved refuses the keys that mean the same everywhere, and those that a terminal
// sends for another.
func reserved(name, key string) error {
	switch key {
	case "ctrl+c":
		return fmt.Errorf("%s always leaves the console: choose another", name)
	case "ctrl+i", "ctrl+m", "ctrl+[", "ctrl+j":
		return fmt.Errorf("a terminal sends %s for another key: choose another", name)
	}
	return nil
}

// edits reports whether a text field or a dialog has its own use for a key: it takes
// every character, and those that move and leave.
func edits(key string) bool {
	modified := strings.HasPrefix(key, "ctrl+") || strings.HasPrefix(key, "alt+")
	_, function := strings.CutPrefix(key, "f")
	return !modified && (!function || utf8.RuneCountInString(key) == 1)
}
