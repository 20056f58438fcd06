package client

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"provkeys/client/keytext"
)

// hosted returns keys of a tenant, one for each host.
func hosted(hosts ...string) []Key {
	var list []Key
	for i, h := range hosts {
		list = append(list, sound(func(k *Key) { k.ID, k.Hint = ID(fmt.Sprint(i)), keytext.Hint{Host: h} }))
	}
	return list
}

func TestWhatIsOddAboutACopyIsTold(t *testing.T) {
	const last = "Last use: after this it is used up."
	host := func(h string) func(*Key) { return func(k *Key) { k.Hint.Host = h } }
	elsewhere := "The key text is for the host odd.example, those of most other keys for mock.example."
	three := []string{"mock.example", "mock.example", "Mock.Example"}
	for what, c := range map[string]struct {
		key    Key
		tenant []Key
		want   []string
	}{
		"nothing":                      {sound(), nil, nil},
		"two uses left":                {sound(used(8, 10)), nil, nil},
		"one use left":                 {sound(used(9, 10)), nil, []string{last}},
		"used up: it is blocked":       {sound(used(10, 10)), nil, nil},
		"hidden: it is blocked":        {sound(used(9, 10), unexportable), nil, nil},
		"no text: it is blocked":       {sound(used(9, 10), text("")), nil, nil},
		"a blank":                      {sound(text(testText + " ")), nil, []string{"The key text has a blank at character 400 of 400."}},
		"everything":                   {sound(used(9, 10), text(" "+testText+"x"), host("odd.example")), hosted(three...), []string{last, "The key text has a blank at character 1 of 401.", "The secret part of the key text has 385 characters, where 384 or 403 are usual.", elsewhere}},
		"another host":                 {sound(host("odd.example")), hosted(three...), []string{elsewhere}},
		"another host, and others":     {sound(host("odd.example")), hosted(append(three, "a", "b")...), []string{elsewhere}},
		"the same host":                {sound(host("MOCK.example")), hosted(three...), nil},
		"too few others":               {sound(host("odd.example")), hosted(three[:2]...), nil},
		"half of the others":           {sound(host("odd.example")), hosted(append(three, "a", "b", "c")...), nil},
		"hosts that are not known":     {sound(host("odd.example")), hosted(append(three, "", "", "", "", "")...), []string{elsewhere}},
		"no host of its own":           {sound(host("")), hosted(three...), nil},
		"it does not count for itself": {sound(host("odd.example")), append(hosted(three...), sound(host("odd.example")), sound(host("odd.example")), sound(host("odd.example"))), []string{elsewhere}},
	} {
		got := c.key.CopyWarnings(c.tenant)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", what, got, c.want)
		}
		if secret := strings.Repeat("MOCKmock", 2); strings.Contains(strings.Join(got, ""), secret) {
			t.Errorf("%s: a warning holds a part of the text", what)
		}
	}
}

func TestWarningsOfReadKeysKnowTheirHosts(t *testing.T) {
	// As the API brings it, so that hint and warning read the same text.
	odd := wireKey{ID: "9", Text: NewSecret("3|odd.example|" + strings.Repeat("MOCKmock", 6) + " ")}.key(AppConnector)
	got := odd.CopyWarnings(hosted("mock.example", "mock.example", "mock.example"))
	for _, part := range []string{"blank at character 63 of 63", "has 48 characters", "odd.example"} {
		if !strings.Contains(strings.Join(got, "\n"), part) {
			t.Errorf("%q does not tell of %q", got, part)
		}
	}
}
