package tui

import "testing"

func TestFormsHaveKeysOfTheirOwn(t *testing.T) {
	t.Parallel()
	m := loaded(t, 8)
	m.openCopyAs()
	taken := map[string]string{"j": "down", "k": "up", "q": "cancel"}
	for _, one := range m.copyAs.list {
		if other := taken[one.key]; other != "" || len(one.key) != 1 {
			t.Errorf("%q chooses %s and %s", one.key, one.words, other)
		}
		taken[one.key] = one.words
	}
}
