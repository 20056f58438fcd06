package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"provkeys/cmd/internal/config"
)

// importOptions are what "profile import" was asked for.
type importOptions struct {
	draft   profileDraft // its name, and how it is stored
	from    string       // environment, file, or "" for the first that there is
	assumed bool
	format  format
}

func newProfileImportCommand(a *app) *cobra.Command {
	var o importOptions
	cmd := &cobra.Command{
		Use:   "import [NAME]",
		Short: "Make a profile of the vendor's variables or file",
		Long: `import makes a profile of the credentials that the vendor's own SDKs use: the
variables ZSCALER_… or ZPA_…, else ~/.zscaler/zscaler.yaml. The profile refers to
the variables, which have to be set from then on too; the secret of the file is
copied into the keyring, or into a file of its own, once you agree (elsewhere than
on a terminal: --yes). Neither the variables nor the vendor's file are changed.

Without NAME the profile is called after the vanity domain or the cloud. The flags
of a tenant, such as --customer-id, add to it.`,
		Example: `  provkeys profile import acme-prod --use
  provkeys profile import --from file --yes`,
		Args: oneNameAtMost,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.draft.Name = strings.Join(args, "")
			if o.from != "" && o.from != "environment" && o.from != "file" {
				return usageFault("use environment or file, or leave it out", "--from is not one of its words")
			}
			var err error
			if o.format, err = a.resultFormat("profile import"); err != nil {
				return err
			}
			return a.interruptible(cmd.Context(), func(ctx context.Context) error { return a.importProfile(ctx, o) })
		},
	}
	cmd.Flags().StringVar(&o.from, "from", "", "`source`: environment or file")
	cmd.Flags().BoolVarP(&o.assumed, "yes", "y", false, "copy the secret of the file without asking")
	addStoringFlags(cmd, &o.draft)
	return cmd
}

func (a *app) importProfile(ctx context.Context, o importOptions) error {
	in, err := a.importable(o.from)
	if err != nil {
		return err
	}
	d := o.draft
	name := cmp.Or(d.Name, importedName(in.Draft))
	d.Draft, d.secret, d.key = in.Draft, in.Secret, in.Key
	d.Name = name
	if err := a.readAddress(&d.Draft); err != nil {
		return err
	}
	a.note("from %s: %s", in.Source, strings.Join(in.Taken, ", "))
	if len(in.Ignored) > 0 {
		a.note("ignored: %s", strings.Join(in.Ignored, ", "))
	}
	if itself := !d.secret.IsZero() || !d.key.IsZero(); itself && !o.assumed {
		if err := a.agree(ctx, copying(in.Source)); err != nil {
			return err
		}
	}
	return a.addAsked(ctx, d, o.format)
}

// copying asks whether the vendor file's secret may be kept a second time.
func copying(source string) question {
	return question{
		lines:  []string{source + " holds the secret itself. A copy is kept in the keyring, or in a file of its own; the file stays as it is."},
		ask:    "Copy it? [y/N] ",
		undone: "nothing was imported", would: "its secret would be copied", hint: "give --yes, or write the profile with provkeys profile add and a reference",
	}
}

// importable returns what there is to import.
func (a *app) importable(from string) (config.Import, error) {
	if from != "file" {
		in, ok, err := config.ImportVariables(a.global.config, a.env)
		if err != nil || ok {
			return in, err
		}
	}
	if from != "environment" {
		in, ok, err := config.ImportVendorFile(a.env)
		if err != nil || ok {
			return in, err
		}
	}
	return config.Import{}, &fault{
		faultNotFound, "there is nothing to import: " + map[string]string{
			"": "neither the vendor's variables nor ~/.zscaler/zscaler.yaml hold credentials", "environment": "the vendor's variables hold no credentials",
			"file": "there is no ~/.zscaler/zscaler.yaml with credentials",
		}[from],
		"make a profile with provkeys profile add NAME",
	}
}

// importedName is what a profile is called that nobody named.
func importedName(d config.Draft) string {
	name := strings.ToLower(cmp.Or(d.Vanity, d.Cloud, "production"))
	if d.Vanity != "" && d.Cloud != "" && !strings.EqualFold(d.Cloud, "production") {
		name = fmt.Sprintf("%s-%s", name, strings.ToLower(d.Cloud))
	}
	return name
}
