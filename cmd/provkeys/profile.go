package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"provkeys/cmd/internal/config"
)

func newProfileCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "profile",
		Short: "Keep tenants and their credentials under names",
		Long: `A profile is a tenant and the credentials to sign in to it, in config.yaml. It is
chosen with --profile NAME or PROVKEYS_PROFILE; else complete credentials in the
environment go before the default one.

A secret is never an argument. A profile refers to it: env:NAME, file:PATH,
keyring:NAME or cmd:COMMAND. One that is typed goes into the system's keyring, or
where there is none into a file of its own that nobody else may read.`,
		Example: `  provkeys profile add acme-prod                    asks for what it needs
  provkeys profile import                           from the vendor's variables or file
  provkeys profile list
  provkeys profile use acme-prod`,
		Args: noSuchProfileCommand,
		RunE: func(*cobra.Command, []string) error {
			return usageFault("provkeys profile --help shows examples", "profile takes a command: add, import, list, show, use or remove")
		},
	}
	cmd.AddCommand(
		newProfileAddCommand(a), newProfileImportCommand(a), newProfileListCommand(a),
		newProfileShowCommand(a), newProfileUseCommand(a), newProfileRemoveCommand(a),
	)
	return cmd
}

// noSuchProfileCommand refuses words behind profile, which are commands mistyped.
func noSuchProfileCommand(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usageFault("use add, import, list, show, use or remove", "there is no command %q", "profile "+args[0])
}

// oneNameAtMost refuses more than one NAME.
func oneNameAtMost(cmd *cobra.Command, args []string) error {
	if len(args) <= 1 {
		return nil
	}
	return usageFault(cmd.CommandPath()+" --help shows examples", "%s takes one NAME, and %d were given", cmd.CommandPath(), len(args))
}

// storedProfile returns a profile of the configuration file by its name.
func (a *app) storedProfile(name string) (config.Draft, config.Stored, error) {
	stored, err := config.ReadStored(a.global.config, a.env)
	if err != nil {
		return config.Draft{}, stored, err
	}
	d, ok := stored.Find(name)
	if !ok {
		hint := "make it with provkeys profile add"
		if names := stored.Names(); len(names) > 0 {
			hint = "it has " + strings.Join(names, ", ")
		}
		return d, stored, &fault{faultNotFound, fmt.Sprintf("there is no profile %q in %s", name, stored.Path), hint}
	}
	return d, stored, nil
}

// newProfileUseCommand makes another profile the default.
func newProfileUseCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "use NAME",
		Short:   "Make a profile the default",
		Example: "  provkeys profile use acme-prod",
		Args:    exactArgs("NAME"),
		RunE: func(_ *cobra.Command, args []string) error {
			f, err := a.resultFormat("profile use")
			if err != nil {
				return err
			}
			return a.useProfile(args[0], f)
		},
	}
}

func (a *app) useProfile(name string, f format) error {
	d, stored, err := a.storedProfile(name)
	if err != nil {
		return err
	}
	if err := config.UseProfile(stored.Path, name); err != nil {
		return err
	}
	a.tellOverridden(name)
	return a.writeDone(newProfileRecord(d, true), f, fmt.Sprintf("%s is the default now", name))
}

// tellOverridden says what goes before a default profile here.
func (a *app) tellOverridden(name string) {
	if other := a.variable("PROVKEYS_PROFILE"); other != "" && other != name {
		a.note("PROVKEYS_PROFILE still chooses another: unset it, or give --profile %s", name)
		return
	}
	for _, variable := range []string{"ZSCALER_CLIENT_ID", "ZPA_CLIENT_ID"} {
		if a.variable(variable) != "" {
			a.note("the credentials of the environment (%s …) still go before it: unset them, or give --profile %s", variable, name)
			return
		}
	}
}

// writeDone writes what became of a profile: its record, or a sentence.
func (a *app) writeDone(r record, f format, sentence string) error {
	if f == formatTable {
		return a.write(sentence + "\n")
	}
	return a.writeResult(r, f)
}
