package main

import (
	"cmp"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"provkeys/cmd/internal/config"
)

func newProfileRemoveCommand(a *app) *cobra.Command {
	var assumed bool
	cmd := &cobra.Command{
		Use:   "remove NAME",
		Short: "Take a profile away, with the secret that was kept for it",
		Long: `remove takes a profile out of config.yaml. A secret that profile add kept for it
goes as well, in the keyring or in its file; a secret from anywhere else stays.

On a terminal it asks; elsewhere --yes is needed (else exit 8).`,
		Example: "  provkeys profile remove acme-lab --yes",
		Args:    exactArgs("NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := a.resultFormat("profile remove")
			if err != nil {
				return err
			}
			return a.interruptible(cmd.Context(), func(ctx context.Context) error {
				return a.removeProfile(ctx, args[0], assumed, f)
			})
		},
	}
	cmd.Flags().BoolVarP(&assumed, "yes", "y", false, "do not ask")
	return cmd
}

func (a *app) removeProfile(ctx context.Context, name string, assumed bool, f format) error {
	d, stored, err := a.storedProfile(name)
	if err != nil {
		return err
	}
	place, drop := a.keptFor(d, stored)
	if !assumed {
		if err := a.agree(ctx, removal(d, stored, place)); err != nil {
			return err
		}
	}
	after, err := config.RemoveProfile(stored.Path, name)
	if err != nil {
		return err
	}
	if drop != nil {
		if err := drop(); err != nil {
			a.note("its secret is still %s (%v)", place, err)
			place = ""
		}
	}
	a.tellNewDefault(stored.Default, after)
	sentence := fmt.Sprintf("%s was removed from %s", name, stored.Path)
	if place != "" {
		sentence += ", and its secret " + place
	}
	return a.writeDone(record{{"name", textOf(name)}, {"path", textOf(stored.Path)}, {"secret_removed", truthOf(place != "")}}, f, sentence)
}

// tellNewDefault says what a default that was there before became.
func (a *app) tellNewDefault(before string, after config.Stored) {
	switch {
	case after.Default == before || len(after.Profiles) == 0:
	case after.Default == "":
		a.note("there is no default any more: choose one with provkeys profile use NAME")
	default:
		a.note("%s is the default now, as the only one left", after.Default)
	}
}

// removal asks whether a profile is to go, and says what becomes of its secret.
func removal(d config.Draft, stored config.Stored, place string) question {
	secret := cmp.Or(d.ClientSecret, d.PrivateKey)
	fate := "Its secret stays where it is: " + secret + "."
	switch {
	case place != "":
		fate = "Its secret " + place + " goes with it."
	case secret == "written there":
		fate = "Its secret is written there, and is lost."
	case secret == "":
		fate = "It has no secret."
	}
	lines := []string{fmt.Sprintf("Profile %s of %s, customer %s.", d.Name, stored.Path, cmp.Or(d.CustomerID, "unknown")), fate}
	if d.Name == stored.Default {
		lines = append(lines, "It is the default.")
	}
	return question{
		lines: lines, ask: fmt.Sprintf("Remove %s? [y/N] ", d.Name), undone: "nothing was removed",
		would: fmt.Sprintf("the profile %q would be removed", d.Name), hint: "look at it with provkeys profile show " + d.Name + ", then give --yes",
	}
}
