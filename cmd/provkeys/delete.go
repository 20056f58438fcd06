package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/cmd/internal/journal"
)

// deleteOptions are what "delete" was asked for.
type deleteOptions struct {
	keys   selection
	yes    bool
	dryRun bool
	format format
}

func newDeleteCommand(a *app) *cobra.Command {
	var o deleteOptions
	var filter filterFlags
	cmd := &cobra.Command{
		Use:   "delete NAME…",
		Short: "Delete keys, once it is said what depends on them",
		Long: `delete deletes keys for good. It says first which machines enrolled with a key:
without it they are not upgraded any more. Where nobody is to enrol with a key,
disabling it is enough: provkeys edit NAME --disable.

On a terminal the key's name is to be typed, or the number of keys; elsewhere
--yes is needed (else exit 8). A key that was changed since it was listed is a
conflict (exit 9); one that somebody else deleted meanwhile is done. A managed
key and --read-only are refused (exit 8).

` + severalHelp,
		Example: `  provkeys delete ap-east-1-blue
  provkeys delete ap-east-1-blue --yes
  provkeys delete --filter 'state:expired !is:managed' --dry-run
  provkeys edit ap-east-1-asg --disable                  in its place`,
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if o.keys, err = a.parseSelection(cmd, args, filter); err != nil {
				return err
			}
			if o.format, err = a.resultFormat("delete"); err != nil {
				return err
			}
			return runDelete(cmd.Context(), a, o)
		},
	}
	filter.add(cmd)
	addConsentFlags(cmd, &o.yes, &o.dryRun)
	return cmd
}

func runDelete(ctx context.Context, a *app, o deleteOptions) error {
	return a.changing(ctx, o.dryRun, func(ctx context.Context, s *session) error {
		var keys []client.Key
		var d dependents
		spent, err := a.reading(ctx, func(ctx context.Context) error {
			var err error
			if keys, d.listing, err = a.choose(ctx, s, o.keys); err != nil {
				return err
			}
			if !o.keys.several() && keys[0].Managed() {
				return managedFault(keys[0])
			}
			return d.read(ctx, s.api, keys)
		})
		if err != nil {
			return err
		}
		if err := a.agreeToDelete(ctx, o, keys, d); err != nil {
			return err
		}
		p := plan{
			deed: deedDelete, several: o.keys.several(), dryRun: o.dryRun, format: o.format, spent: o.keys.once(spent),
			again: "what was deleted is gone: run it again for the rest", alone: amendError,
		}
		for _, k := range keys {
			p.turns = append(p.turns, a.deleteTurn(s, o, k))
		}
		return a.carryOut(ctx, s, p)
	})
}

// deleteTurn deletes one key, or shows how.
func (a *app) deleteTurn(s *session, o deleteOptions, k client.Key) turn {
	return turn{key: k, reads: 2, writes: 1, do: func(ctx context.Context) (result, error) {
		switch {
		case !o.dryRun:
		case k.Managed():
			return result{}, client.ErrManaged
		default:
			return result{outcome: outcomeWould, key: k, words: "would be deleted", request: s.api.PreviewDelete(k)}, nil
		}
		already, err := s.api.DeleteKey(ctx, k)
		switch {
		case err != nil:
			return result{}, err
		case already:
			return result{outcome: outcomeDone, key: k, already: true, words: "was gone already"}, nil
		}
		a.record(journal.Deed{Action: journal.Deleted, Key: k.Ref(), Name: k.Name})
		return result{outcome: outcomeDone, key: k, words: "deleted"}, nil
	}}
}

// agreeToDelete says what depends on the keys, and asks for the name of one or
// for the number of several.
func (a *app) agreeToDelete(ctx context.Context, o deleteOptions, keys []client.Key, d dependents) error {
	k, n := keys[0], counted(len(keys), "key")
	q := question{undone: "nothing was deleted", hint: "look at them with --dry-run, then give --yes"}
	said := d.ofSeveral(keys)
	if o.keys.several() {
		q.lines = append(append([]string{n + " to be deleted:"}, listed(keys, d.remark)...), said...)
		q.ask = fmt.Sprintf("Type the number of keys, %d, to delete them: ", len(keys))
		q.accept, q.would = []string{fmt.Sprint(len(keys))}, n+" would be deleted"
	} else {
		said = d.ofOne(k)
		instead := "To keep others from enrolling with it, disabling is enough: provkeys edit " + argument(k) + " --disable"
		q.lines = append(append([]string{d.title(k)}, said...), instead)
		name := typed(k)
		q.ask = fmt.Sprintf("Type %s to delete it: ", name)
		q.accept, q.would = []string{name}, fmt.Sprintf("%q would be deleted", k.Name)
		q.hint = "give --yes, or disable it instead: provkeys edit " + argument(k) + " --disable"
	}
	if !o.dryRun && !o.yes {
		return a.agree(ctx, q)
	}
	if o.format == formatTable {
		for _, words := range said {
			if !o.keys.several() {
				words = k.Name + ": " + words
			}
			a.note("%s", words)
		}
	}
	return nil
}
