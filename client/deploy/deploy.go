// Package deploy knows where a key text goes, kind by kind, and the text that
// puts it there.
//
// It knows paths, services, quoting and the order of things on the machine that
// is to enrol: stop the service, write the file, start the service, since a
// service that starts without a key looks for one again only after 24 hours. It
// is pure, and it must never decide whether a key may be used: who asks for a
// snippet has asked the copy function before.
package deploy

import (
	"errors"
	"fmt"

	"provkeys/client"
	"provkeys/client/keytext"
)

// Form is how a key text is handed on. Its text is the word of the command line.
type Form string

// The forms, in the order in which they are offered.
const (
	Text      Form = "text"       // the key text alone
	Env       Form = "env"        // a line for an environment file
	File      Form = "file"       // shell commands for a running machine
	CloudInit Form = "cloud-init" // #cloud-config
	Docker    Form = "docker"
	Helm      Form = "helm"
	AWS       Form = "aws"   // user data
	Azure     Form = "azure" // custom data
	GCP       Form = "gcp"   // Secret Manager and a start-up script
	Terraform Form = "terraform"
)

// Forms returns every form, in the order in which they are offered.
func Forms() []Form {
	return []Form{Text, Env, File, CloudInit, Docker, Helm, AWS, Azure, GCP, Terraform}
}

// ParseForm returns the form of a word; false when there is no such form.
func ParseForm(word string) (Form, bool) {
	for _, f := range Forms() {
		if string(f) == word {
			return f, true
		}
	}
	return "", false
}

// Title says in a few words what the form is for.
func (f Form) Title() string {
	switch f {
	case Text:
		return "the key text alone"
	case Env:
		return "line for sh, systemd, compose; not --env-file"
	case File:
		return "commands for a running machine (bash, zsh)"
	case CloudInit:
		return "#cloud-config for a first boot"
	case Docker:
		return "docker run for a new container"
	case Helm:
		return "upgrade --install for Helm 3.14 and later"
	case AWS:
		return "EC2 user data for a first boot"
	case Azure:
		return "custom data for a first boot"
	case GCP:
		return "Secret Manager and a start-up script"
	case Terraform:
		return "data source, without the key text"
	}
	return "unknown form"
}

// Secret reports whether a snippet of this form holds the key text.
func (f Form) Secret() bool { return f != Terraform }

// ErrNoForm is in the chain of the error for a kind that a form does not fit.
var ErrNoForm = errors.New("there is no such snippet")

// Snippet returns the text that puts a key's text where it belongs, with a line
// break at its end for every form but Text. The error wraps ErrNoForm, or
// keytext.ErrUnsafe where the text is damaged or missing.
func Snippet(f Form, k client.Key) (client.Secret, error) {
	if err := f.Fits(k.Kind); err != nil {
		return client.Secret{}, err
	}
	text := k.Text.Reveal()
	if f.Secret() {
		if text == "" {
			return client.Secret{}, fmt.Errorf("%w: there is none", keytext.ErrUnsafe)
		}
		if err := keytext.Check(text); err != nil {
			return client.Secret{}, err
		}
	}
	return client.NewSecret(write(f, k, text)), nil
}

// Masked returns the same with dots in place of the secret part, for hidden keys
// too. The error wraps ErrNoForm.
func Masked(f Form, k client.Key) (string, error) {
	if err := f.Fits(k.Kind); err != nil {
		return "", err
	}
	return write(f, k, k.Hint.Masked()), nil
}

// write returns the snippet with text for the key's text. Everything else of the
// key is hostile: it goes in through a function of quote.go or not at all.
func write(f Form, k client.Key, text string) string {
	switch f {
	case Text:
		return text
	case Env:
		return variable + "=" + shell(text) + "\n"
	case File:
		return file(k.Kind, text)
	case CloudInit:
		return cloudInit(k, text)
	case Docker:
		return docker(k.Kind, text)
	case Helm:
		return helm(text)
	case AWS, Azure:
		return bootScript(f, k, text)
	case GCP:
		return gcp(k, text)
	case Terraform:
		return terraform(k)
	}
	return ""
}
