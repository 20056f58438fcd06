package tui

import (
	"fmt"
	"testing"

	"provkeys/client"
)

func TestNoneOfThemIsAnAnswerOnlyWhereKeysWereCompared(t *testing.T) {
	t.Parallel()
	all := client.Kinds()
	for name, test := range map[string]struct {
		refused, failed []client.Kind
		complete        bool
	}{
		"all came":              {nil, nil, true},
		"one refused":           {all[:1], nil, true},
		"all but one refused":   {all[1:], nil, true},
		"all refused":           {all, nil, false},
		"one failed":            {nil, all[:1], false},
		"refused, rest failed":  {all[:2], all[2:], false},
		"refused and one fails": {all[:1], all[3:], false},
	} {
		m := loaded(t, 8)
		for _, kind := range test.refused {
			m.loads.end(kind, client.ErrPermission, m.now)
		}
		for _, kind := range test.failed {
			m.loads.end(kind, client.ErrUnavailable, m.now)
		}
		k, _ := m.known()
		if k.Complete != test.complete || fmt.Sprint(k.Unread) != fmt.Sprint(test.refused) {
			t.Errorf("%s: complete %v, unread %v", name, k.Complete, k.Unread)
		}
	}
}
