package catalog

import "strings"

// Exactly returns a filter text that asks for the whole text of a column, such as
// group="EU West 1", whatever characters are in it.
func Exactly(column, text string) string {
	return column + `="` + strings.ReplaceAll(text, `"`, `""`) + `"`
}
