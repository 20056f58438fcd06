package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"provkeys/cmd/internal/config"
)

func newProfileAddCommand(a *app) *cobra.Command {
	var d profileDraft
	cmd := &cobra.Command{
		Use:   "add NAME",
		Short: "Add a profile, once its sign-in was tried",
		Long: `add writes a profile into config.yaml. On a terminal it asks for what is missing;
elsewhere that is an error. --cloud, --base-url, --token-url, --customer-id,
--microtenant, --ca-file and --read-only are those of every command.

A secret is never an argument: --client-secret and --private-key take a reference,
env:NAME, file:PATH, keyring:NAME or cmd:COMMAND, or - for standard input. Without one
the secret is asked for and does not show. What was read or typed is then kept in the
system's keyring, or where there is none in a file of its own beside config.yaml that
nobody else may read.

It signs in once first, and says whose the credentials are where the API tells. If
they are refused (exit 3) nothing is stored; --no-test leaves that out. Comments and
everything else in config.yaml stay as they are.`,
		Example: `  provkeys profile add acme-prod
  provkeys profile add acme-prod --vanity acme --customer-id 216196257331281920 \
      --client-id 8c5f… --client-secret keyring:acme --use
  provkeys profile add acme-lab --cloud BETA --customer-id 216196257331281921 \
      --client-id env:LAB_ID --client-secret env:LAB_SECRET --colour red --read-only
  provkeys profile add acme-dr --customer-id 216196257331281920 \
      --client-id 8c5f… --client-secret - < secret`,
		Args: exactArgs("NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d.Name = args[0]
			f, err := a.resultFormat("profile add")
			if err != nil {
				return err
			}
			if err := a.readDraft(&d); err != nil {
				return err
			}
			return a.interruptible(cmd.Context(), func(ctx context.Context) error { return a.addAsked(ctx, d, f) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&d.Auth, "auth", "", "`way` to sign in: legacy or oneapi (default by what else is given)")
	f.StringVar(&d.Vanity, "vanity", "", "vanity `domain` of a OneAPI tenant, such as acme")
	f.StringVar(&d.ClientID, "client-id", "", "`id` of the API client, or a reference to it")
	f.StringVar(&d.ClientSecret, "client-secret", "", "`reference` to the secret, or - for standard input")
	f.StringVar(&d.PrivateKey, "private-key", "", "`reference` to the private key of a OneAPI client, or - for standard input")
	f.StringVar(&d.Colour, "colour", "", "`colour` of the console's header: "+strings.Join(config.Colours(), ", "))
	f.StringVar(&d.View, "view", "", "`name` of the view that the console starts with")
	addStoringFlags(cmd, &d)
	return cmd
}

// addStoringFlags are those of every command that adds a profile.
func addStoringFlags(cmd *cobra.Command, d *profileDraft) {
	cmd.Flags().BoolVar(&d.use, "use", false, "make it the default")
	cmd.Flags().BoolVar(&d.untested, "no-test", false, "store it without signing in")
}

// readDraft takes the global flags in, and refuses what cannot be stored before
// somebody is asked for the rest.
func (a *app) readDraft(d *profileDraft) error {
	if err := a.readAddress(&d.Draft); err != nil {
		return err
	}
	switch {
	case d.Auth != "" && d.Auth != "legacy" && d.Auth != "oneapi":
		return usageFault("use legacy or oneapi", "--auth is not one of its words")
	case d.Colour != "" && !slices.Contains(config.Colours(), d.Colour):
		return usageFault("use one of "+strings.Join(config.Colours(), ", "), "--colour is not one of its words")
	case d.ClientSecret != "" && d.PrivateKey != "":
		return usageFault("leave one of them out", "--client-secret and --private-key exclude each other")
	case d.ClientID == fromStdin:
		return usageFault("give the id itself, or a reference such as env:NAME", "--client-id is not read from standard input")
	case d.piped() && a.isTerminal(stdin):
		return usageFault("leave it out: the secret is asked for and does not show", "- reads a secret from a pipe, and this is a terminal")
	}
	for _, of := range []struct {
		flag  string
		value *string
	}{{"client-secret", &d.ClientSecret}, {"private-key", &d.PrivateKey}} {
		if *of.value == "" || *of.value == fromStdin {
			continue
		}
		if !config.IsReference(*of.value) {
			return usageFault("leave it out on a terminal, where it is asked for and does not show; or give env:NAME, file:PATH, keyring:NAME, cmd:COMMAND or - for standard input",
				"--%s takes a reference: every process can read an argument", of.flag)
		}
		if path, isFile := strings.CutPrefix(*of.value, "file:"); isFile {
			*of.value = "file:" + config.WholePath(path)
		}
	}
	return nil
}

// readAddress takes in what the flags of every command say of a tenant. Variables
// are not asked: they are for what is done just now.
func (a *app) readAddress(d *config.Draft) error {
	g := a.global.config
	for _, of := range []struct {
		field *string
		flag  string
	}{
		{&d.Cloud, g.Cloud}, {&d.BaseURL, g.BaseURL}, {&d.TokenURL, g.TokenURL},
		{&d.CustomerID, g.CustomerID}, {&d.Microtenant, g.Microtenant},
	} {
		if of.flag != "" {
			*of.field = of.flag
		}
	}
	if g.CAFile != "" {
		d.CAFile = config.WholePath(g.CAFile)
	}
	d.ReadOnly = d.ReadOnly || g.ReadOnly
	stored, err := config.ReadStored(g, a.env)
	if err != nil || d.Name == "" {
		return err
	}
	return newProfileName(d.Name, stored)
}

// addAsked asks for what is missing, adds the profile and tells of it.
func (a *app) addAsked(ctx context.Context, d profileDraft, f format) error {
	var spent time.Duration
	var err error
	if d.piped() {
		spent, err = a.reading(ctx, func(ctx context.Context) error { return a.readPiped(ctx, &d) })
		if err != nil {
			return err
		}
	}
	if err := a.askMissing(ctx, &d); err != nil {
		return err
	}
	d.asks = true
	var done addedProfile
	err = a.timedAfter(ctx, spent, func(ctx context.Context) error {
		var err error
		done, err = a.addProfile(ctx, d, a.tellWait)
		return err
	})
	if err != nil {
		return err
	}
	if done.isDefault {
		a.tellOverridden(done.Name)
	}
	return a.writeAdded(done, f)
}

// writeAdded tells of a profile that was added.
func (a *app) writeAdded(p addedProfile, f format) error {
	r := append(newProfileRecord(p.Draft, p.isDefault),
		field{"path", textOf(p.path)}, field{"tested", truthOf(p.tested)},
		field{"customer", textOrNull(p.identity.Customer)}, field{"secret_kept", textOrNull(p.kept)})
	lines := []string{fmt.Sprintf("%s was added to %s", p.Name, p.path)}
	if p.isDefault {
		lines[0] += " as the default"
	}
	switch {
	case !p.tested:
		lines = append(lines, "its sign-in was not tried")
	case p.identity.Customer != "":
		lines = append(lines, "signed in to "+p.identity.Customer)
	default:
		lines = append(lines, "signed in; the API does not tell this role whose tenant it is")
	}
	if p.kept != "" {
		lines = append(lines, "its secret is kept "+p.kept)
	}
	return a.writeDone(r, f, sanitizedLines(lines))
}
