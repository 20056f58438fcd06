package visible_test

import (
	"encoding/json"
	"testing"

	"provkeys/cmd/internal/visible"
)

func TestJSONSaysTheSameAndActsOnNothing(t *testing.T) {
	for text, want := range map[string]string{
		"plain":       `"plain"`,
		"Köln 日本":     `"Köln 日本"`,
		"\u009b2J":    `"\u009b2J"`,
		"\x7f":        `"\u007f"`,
		"\u202egpj":   `"\u202egpj"`,
		"a\u200bb":    `"a\u200bb"`,
		"\U000e0041!": `"\udb40\udc41!"`,
	} {
		encoded, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		got := visible.JSON(string(encoded))
		var back string
		if err := json.Unmarshal([]byte(got), &back); err != nil || back != text || got != want {
			t.Errorf("%q became %s, which reads as %q (%v)", text, got, back, err)
		}
	}
}
