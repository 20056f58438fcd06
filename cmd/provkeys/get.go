package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/tui/style"
)

// getOptions are what "get" was asked for.
type getOptions struct {
	name  string
	field string // "" is the whole key
}

func newGetCommand(a *app) *cobra.Command {
	var o getOptions
	cmd := &cobra.Command{
		Use:   "get NAME",
		Short: "Show one key, or one field of it",
		Long: `get shows one key: its fields on a terminal, the columns of list in a pipe.

NAME is a name, an id or kind/name. --field takes the fields of list, by the
console's words too. --field key writes the key text itself, exact to the byte and
without a line break in a pipe; it refuses a text that is hidden or damaged.`,
		Example: `  provkeys get eu-west-1-asg
  provkeys get service-edge/fra-edge -o json
  provkeys get eu-west-1-asg --field left
  provkeys get eu-west-1-asg --field key | ssh host 'cat > provision_key'`,
		Args: exactArgs("NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.name = args[0]
			if err := o.check(a.global.outputAsked); err != nil {
				return err
			}
			return a.limited(cmd.Context(), func(ctx context.Context) error { return runGet(ctx, a, o) })
		},
	}
	cmd.Flags().StringVar(&o.field, "field", "", "write this `field` alone, such as left, state or key")
	return cmd
}

// check refuses a field that there is not, and calls the others by their names.
func (o *getOptions) check(outputAsked bool) error {
	if o.field == "" {
		return nil
	}
	c, known := keySheet().find(o.field)
	switch {
	case !known:
		return usageFault("use one of "+strings.Join(fieldNames(), ", "), "there is no field %q", o.field)
	case outputAsked:
		return usageFault("leave one of them out", "--field and --output exclude each other")
	}
	o.field = c.name
	return nil
}

func runGet(ctx context.Context, a *app, o getOptions) error {
	return a.withSession(ctx, func(ctx context.Context, s *session) error {
		if o.field == fieldKey {
			if err := a.mayShow(s.settings); err != nil {
				return err
			}
		}
		k, _, err := s.find(ctx, o.name)
		if err != nil {
			return err
		}
		v := a.view(s.settings.Near)
		switch o.field {
		case "":
			if err := a.writeKey(ctx, k, v); err != nil {
				return err
			}
			a.noteDamage([]client.Key{k}, v)
			return nil
		case fieldKey:
			return a.writeText(ctx, k)
		}
		value, _ := newRecord(k, v).get(o.field)
		return a.write(style.Sanitize(value.words()) + "\n")
	})
}

// writeText writes the key text alone. What reads a pipe gets the text to the
// byte; a person gets a line.
func (a *app) writeText(ctx context.Context, k client.Key) error {
	b := k.CopyBlock(a.now())
	switch {
	case b != nil && b.Has(client.Hidden):
		return &fault{faultHidden, fmt.Sprintf("%q is hidden: the API does not show its text again", k.Name), hiddenHint}
	case b != nil && b.Fault != nil:
		return &fault{faultHidden, fmt.Sprintf("%q is not written: %v", k.Name, b.Fault), damagedHint}
	}
	if b != nil {
		a.note("%q is %s: its text will not enrol", k.Name, b.Words())
	}
	if err := a.recordRevealed(ctx, k); err != nil {
		return err
	}
	return a.write(a.ended(k.Text.Reveal()))
}
