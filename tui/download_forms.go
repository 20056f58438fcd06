package tui

import (
	"errors"
	"fmt"
	"strings"

	"provkeys/client"
	"provkeys/tui/form"
)

// The fields of the download dialog.
const (
	passphraseField = "passphrase"
	againField      = "again"
	pathField       = "path"
)

// recipientsMost is how many recipients the dialog has fields for: more go into
// a file of them.
const recipientsMost = 20

// recipientField names the field of the recipient i, counted from 0.
func recipientField(i int) string { return fmt.Sprintf("recipient %d", i+1) }

// downloadForm asks for what a protection needs, and for the path.
func downloadForm(path form.Field, p protection, checks Downloads) form.Form {
	path.Check = func(text string) (string, error) {
		if strings.TrimSpace(text) == "" {
			return "", errors.New("type the path of a new file")
		}
		return "", nil
	}
	switch p {
	case ownPassphrase:
		return form.New(form.Field{
			Name: passphraseField, Label: "passphrase", Hint: "12 characters or more", Secret: true,
			Check: func(text string) (string, error) { return "", checks.CheckPassphrase(client.NewSecret(text)) },
		}, form.Field{Name: againField, Label: "again", Secret: true}, path)
	case toRecipients:
		return form.New(newRecipient(0), path)
	}
	return form.New(path)
}

// newRecipient returns the field of a recipient. Only the first must be there.
func newRecipient(i int) form.Field {
	f := form.Field{Name: recipientField(i), Label: "to"}
	if i > 0 {
		f.Label, f.Hint = "and to", "or leave it empty"
		return f
	}
	f.Hint = "age1…, ssh-ed25519 …, ssh-rsa …, or the path of a file of them"
	f.Check = func(text string) (string, error) {
		if strings.TrimSpace(text) == "" {
			return "", errors.New("type or paste a recipient: " + f.Hint)
		}
		return "", nil
	}
	return f
}

// withNextRecipient returns the form with an empty field for one more recipient,
// once every field for one is filled.
func withNextRecipient(f form.Form) form.Form {
	n := 0
	for f.Has(recipientField(n)) {
		if f.Value(recipientField(n)) == "" {
			return f
		}
		n++
	}
	if n == recipientsMost {
		return f
	}
	return f.With(recipientField(n-1), newRecipient(n))
}

// recipients returns what was typed into the fields for recipients, and which
// field each is from.
func recipients(f form.Form) (list, fields []string) {
	for i := 0; f.Has(recipientField(i)); i++ {
		if text := strings.TrimSpace(f.Value(recipientField(i))); text != "" {
			list, fields = append(list, text), append(fields, recipientField(i))
		}
	}
	return list, fields
}
