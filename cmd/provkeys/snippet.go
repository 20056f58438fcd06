package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/client/deploy"
)

// snippetOptions are what "snippet" was asked for.
type snippetOptions struct {
	name   string
	form   deploy.Form
	format format
}

func newSnippetCommand(a *app) *cobra.Command {
	var o snippetOptions
	var form string
	cmd := &cobra.Command{
		Use:   "snippet NAME --for FORM",
		Short: "Write what puts a key text where it belongs",
		Long: `snippet writes a key in the form that a machine, a tool or a cloud takes, with the
path, the service and the quoting that its kind needs. The forms:

` + formLines() + `
On a terminal the key text is masked; a pipe and --with-secrets get it. To paste
it, copy it: provkeys copy NAME --as FORM. Like copy it refuses a key that would
not enrol: used up (exit 5), hidden (6), disabled or expired (8). A form that the
key's kind has no use for is exit 2. With -o json or yaml: name, form, masked,
snippet, warnings.`,
		Example: `  provkeys snippet eu-west-1-asg --for cloud-init
  provkeys snippet eu-west-1-asg --for cloud-init > user-data.yaml
  provkeys snippet eu-west-1-asg --for file | ssh host sh
  provkeys snippet eu-west-1-asg --for terraform`,
		Args: exactArgs("NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if o.form, err = parseForm("--for", form); err != nil {
				return err
			}
			if o.format, err = a.resultFormat("snippet"); err != nil {
				return err
			}
			o.name = args[0]
			return a.limited(cmd.Context(), func(ctx context.Context) error { return runSnippet(ctx, a, o) })
		},
	}
	cmd.Flags().StringVar(&form, "for", "", "`form` of the snippet: "+formWords())
	return cmd
}

// formLines lists the forms for a help text.
func formLines() string {
	rows := make([]labelled, 0, len(deploy.Forms()))
	for _, f := range deploy.Forms() {
		rows = append(rows, labelled{string(f), f.Title()})
	}
	return aligned(rows, 0)
}

func formWords() string {
	words := make([]string, 0, len(deploy.Forms()))
	for _, f := range deploy.Forms() {
		words = append(words, string(f))
	}
	return strings.Join(words, ", ")
}

func parseForm(flag, word string) (deploy.Form, error) {
	f, ok := deploy.ParseForm(word)
	switch {
	case ok:
		return f, nil
	case word == "":
		return "", usageFault("use one of "+formWords(), "%s is missing: it says what the snippet is for", flag)
	}
	// The word is not repeated: it may be a key text in the wrong place.
	return "", usageFault("use one of "+formWords(), "%s knows no such form", flag)
}

func runSnippet(ctx context.Context, a *app, o snippetOptions) error {
	return a.withSession(ctx, func(ctx context.Context, s *session) error {
		k, listing, err := s.find(ctx, o.name)
		if err != nil {
			return err
		}
		if err := a.mayHandOut(k, listing, o.form, "written"); err != nil {
			return err
		}
		shown := snippet{key: k, form: o.form, always: s.settings.MaskAlways, warnings: k.CopyWarnings(listing.Keys)}
		shown.masked = o.form.Secret() && a.isTerminal(stdout) && !a.global.withSecrets
		if shown.masked {
			shown.text, err = deploy.Masked(o.form, k)
		} else {
			var secret client.Secret
			secret, err = deploy.Snippet(o.form, k)
			shown.text = secret.Reveal()
		}
		if err != nil {
			return snippetError(k, err)
		}
		return a.writeSnippet(ctx, shown, o.format)
	})
}

// mayHandOut asks the copy function, and whether the form is for such keys; deed
// says what is not done otherwise, such as "copied".
func (a *app) mayHandOut(k client.Key, listing client.Listing, form deploy.Form, deed string) error {
	if err := form.Fits(k.Kind); err != nil {
		return snippetError(k, err)
	}
	if b := k.CopyBlock(a.now()); b != nil {
		return blocked(k, b, deed)
	}
	return a.checkCertificates(listing)
}

// snippetError finds the words for a form that cannot be made.
func snippetError(k client.Key, err error) error {
	if errors.Is(err, deploy.ErrNoForm) {
		return usageFault("provkeys snippet --help lists the forms", "%q: %v", k.Name, err)
	}
	return &fault{faultHidden, err.Error(), damagedHint}
}

// snippet is a key in the form that something takes. It is about to be written:
// nothing keeps it.
type snippet struct {
	key      client.Key
	form     deploy.Form
	text     string
	masked   bool
	always   bool // no terminal may show the text
	warnings []string
}

// writeSnippet writes a snippet and, where it holds the text, the deed down.
func (a *app) writeSnippet(ctx context.Context, s snippet, f format) error {
	if s.form.Secret() && !s.masked {
		if err := a.recordRevealed(ctx, s.key); err != nil {
			return err
		}
	}
	if f != formatTable {
		return a.writeResult(record{
			{"name", textOf(s.key.Name)},
			{"form", textOf(string(s.form))},
			{"masked", truthOf(s.masked)},
			{"snippet", textOf(s.text)},
			{"warnings", listOf(s.warnings)},
		}, f)
	}
	for _, w := range s.warnings {
		a.note("%s: %s", s.key.Name, w)
	}
	if s.masked {
		ways := "send it into a pipe, use --with-secrets, or copy it"
		if s.always {
			ways = "send it into a pipe, or copy it"
		}
		a.note("the key text is masked on a terminal: %s with provkeys copy %s --as %s", ways, argument(s.key), s.form)
	}
	return a.write(a.ended(s.text))
}
