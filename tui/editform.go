package tui

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"provkeys/client"
	"provkeys/tui/form"
)

// formLook returns what a form for the key depends on.
func (m *Model) formLook(k client.Key) formLook {
	keys := m.tenantKeys()
	names := map[string]bool{}
	for _, other := range keys {
		if other.Kind == k.Kind && other.ID != k.ID {
			names[other.Name] = true
		}
	}
	return formLook{now: m.now, certificates: client.UsableCertificates(k.Kind, m.certificates, keys, m.now), names: names}
}

// editForm begins with an empty field for the limit: it is what mostly changes.
func editForm(k client.Key, l formLook) form.Form {
	fields := []form.Field{{
		Name:      maxUsesField,
		Label:     fmt.Sprintf("max uses now %d, used %d →", k.MaxUses, k.Uses),
		Hint:      "15 sets it, +5 adds to it",
		CharLimit: 11,
		Check: func(text string) (string, error) {
			if strings.TrimSpace(text) == "" {
				return "", nil // it stays
			}
			limit, err := newLimit(text, k)
			if err != nil {
				return "", err
			}
			return fmt.Sprintf("%d · %d left", limit, limit-k.Uses), nil
		},
	}}
	shared := keyFields(k, l)
	fields = append(append(fields, shared[:2]...), enabledFormField(k))
	return form.New(append(fields, shared[2:]...)...)
}

func enabledFormField(k client.Key) form.Field {
	return form.Field{
		Name: enabledField, Label: enabledField, Value: yesNo(k.Enabled), Switch: true,
		Options: []form.Option{{Value: yes, Label: yes}, {Value: no, Label: no}},
		Check: func(text string) (string, error) {
			if text == no {
				return "it enrols nobody", nil
			}
			return "", nil
		},
	}
}

// newLimit reads "15" as the limit itself and "+5" as so many more.
func newLimit(text string, k client.Key) (int64, error) {
	text = strings.TrimSpace(text)
	digits, relative := strings.CutPrefix(text, "+")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 0 || strings.HasPrefix(digits, "+") {
		return 0, errors.New("type a number: 15 sets it, +5 adds to it")
	}
	if relative {
		if n > client.MaxMaxUses {
			return 0, client.CheckMaxUses(n, k.Uses)
		}
		n += k.MaxUses
	}
	return n, client.CheckMaxUses(n, k.Uses)
}
