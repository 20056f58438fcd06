package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/tui/style"
)

// setMaxOptions are what "set-max" was asked for.
type setMaxOptions struct {
	name   string
	amount int64
	raise  bool // amount is added to what the server holds
	format format
}

func newSetMaxCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "set-max NAME N|+N",
		Short: "Set or raise how often a key may be used",
		Long: `set-max sets max uses to N, or adds N to what the server holds when it is asked.
It reads the key back and says what it holds now. A limit below the uses, a
managed key and --read-only are refused before anything is sent.`,
		Example: `  provkeys set-max eu-west-1-asg +5
  provkeys set-max app-connector/eu-west-1-asg 60`,
		Args: exactArgs("NAME", "N or +N"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := parseSetMax(args[0], args[1])
			if err != nil {
				return err
			}
			if o.format, err = a.resultFormat("set-max"); err != nil {
				return err
			}
			return a.limited(cmd.Context(), func(ctx context.Context) error { return runSetMax(ctx, a, o) })
		},
	}
}

func parseSetMax(name, amount string) (setMaxOptions, error) {
	digits, raise := strings.CutPrefix(amount, "+")
	n, err := strconv.ParseUint(digits, 10, 63)
	switch {
	case err != nil && !errors.Is(err, strconv.ErrRange):
		return setMaxOptions{}, usageFault("write 15 to set it, or +5 to raise it", "%q is no number of uses", amount)
	case err != nil, n > client.MaxMaxUses, n == 0:
		return setMaxOptions{}, usageFault("write 15 to set it, or +5 to raise it", "max uses cannot be %s: it must be from 1 to %d", amount, client.MaxMaxUses)
	}
	return setMaxOptions{name: name, amount: int64(n), raise: raise}, nil
}

func runSetMax(ctx context.Context, a *app, o setMaxOptions) error {
	return a.withSession(ctx, func(ctx context.Context, s *session) error {
		if s.profile.ReadOnly {
			return &fault{faultReadOnly, "nothing was changed: this is read-only", "leave out --read-only, PROVKEYS_READ_ONLY or read_only: in the profile"}
		}
		seen, _, err := s.find(ctx, o.name)
		if err != nil {
			return err
		}
		var done client.Updated
		if o.raise {
			done, err = s.api.RaiseMaxUses(ctx, seen, o.amount)
		} else {
			done, err = s.api.UpdateKey(ctx, seen, client.Change{MaxUses: &o.amount})
		}
		if err != nil {
			return setMaxError(seen, err)
		}
		a.recordLimit(done)
		return a.writeRaised(ctx, done, o.format, a.view(s.settings.Near))
	})
}

// setMaxError names the key and, for a limit, what it could be.
func setMaxError(k client.Key, err error) error {
	var limit *client.LimitError
	switch {
	case errors.As(err, &limit) && limit.Asked < limit.Uses:
		return &fault{
			faultUsage, fmt.Sprintf("%q: %v", k.Name, err),
			fmt.Sprintf("give %d or more, such as: provkeys set-max %s %d", limit.Uses, argument(k), min(limit.Uses+1, client.MaxMaxUses)),
		}
	case errors.As(err, &limit):
		return &fault{faultUsage, fmt.Sprintf("%q has %d: %v", k.Name, k.MaxUses, err), "give a smaller number"}
	case errors.Is(err, client.ErrManaged):
		return &fault{
			faultManaged, fmt.Sprintf("%q is managed by Zscaler, and the API refuses to change it", k.Name),
			"choose a key that is not: provkeys list --filter '!is:managed'",
		}
	}
	return fmt.Errorf("%q: %w", k.Name, err)
}

func (a *app) writeRaised(ctx context.Context, done client.Updated, f format, v view) error {
	k := done.After
	if f != formatTable {
		if err := a.recordRevealed(ctx, revealed([]client.Key{k}, v)...); err != nil {
			return err
		}
	}
	switch f {
	case formatJSON:
		return a.write(jsonObject(newRecord(k, v)))
	case formatYAML:
		return a.write(yamlMapping(newRecord(k, v)))
	}
	change := fmt.Sprintf("%d → %d", done.Before.MaxUses, k.MaxUses)
	if done.Before.MaxUses == k.MaxUses {
		change = fmt.Sprintf("%d already", k.MaxUses)
	}
	return a.write(fmt.Sprintf("%s: max uses %s (%d left)\n", style.Sanitize(k.Name), change, k.Left()))
}
