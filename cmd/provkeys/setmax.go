package main

import (
	"errors"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"provkeys/client"
)

// severalHelp is what the help of every command says that changes several keys.
const severalHelp = `Several NAMEs, or --filter or --view for all keys that it fits, are shown and
asked about on a terminal; elsewhere they need --yes. They are changed one after
another, inside the rate limit, with a line for each; --timeout is for each key.
ctrl+c stops between two keys. What fails for one key leaves the others; a backend
that is gone, or a refused sign-in, ends it. The exit code is that of what ended
it, else of the first key that failed. With -o json or yaml the answer is a list:
name, kind, id, result (done, failed, not reached), changes (field as list calls
it, before, after) and error (code, kind, message, hint).

--dry-run reads, shows what would be sent, and sends no change.`

func newSetMaxCommand(a *app) *cobra.Command {
	var o amendOptions
	var filter filterFlags
	cmd := &cobra.Command{
		Use:   "set-max NAME… N|+N",
		Short: "Set or raise how often keys may be used",
		Long: `set-max sets max uses to N, or adds N to what the server holds when it is asked.
It reads each key back and says what it holds now. A limit below the uses, a
managed key and --read-only are refused before anything is sent.

` + severalHelp,
		Example: `  provkeys set-max ap-east-1-asg +5
  provkeys set-max app-connector/ap-east-1-asg 60
  provkeys set-max ap-east-1-asg ap-east-1-blue +5 --yes
  provkeys set-max --filter 'state:"used up" !is:managed' +10 --dry-run`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 || len(args) == 1 && !filter.given(cmd) {
				return usageFault("provkeys set-max --help shows examples", "set-max takes a NAME, several, or --filter, and then N or +N")
			}
			var err error
			names, amount := args[:len(args)-1], args[len(args)-1]
			if o.keys, err = a.parseSelection(cmd, names, filter); err != nil {
				return err
			}
			if o.what, err = parseAmount(amount); err != nil {
				return err
			}
			if o.format, err = a.resultFormat("set-max"); err != nil {
				return err
			}
			o.asKey = true
			return a.amend(cmd.Context(), o)
		},
	}
	filter.add(cmd)
	addConsentFlags(cmd, &o.yes, &o.dryRun)
	return cmd
}

// addConsentFlags are those of every command that changes keys.
func addConsentFlags(cmd *cobra.Command, yes, dryRun *bool) {
	cmd.Flags().BoolVarP(yes, "yes", "y", false, "do not ask")
	cmd.Flags().BoolVar(dryRun, "dry-run", false, "show what would be sent, and send no change")
}

// parseAmount reads max uses: 15 sets it, +5 raises it.
func parseAmount(amount string) (amendment, error) {
	digits, raise := strings.CutPrefix(amount, "+")
	n, err := strconv.ParseUint(digits, 10, 63)
	const hint = "write 15 to set it, or +5 to raise it"
	switch limit := int64(n); {
	case err != nil && !errors.Is(err, strconv.ErrRange):
		return amendment{}, usageFault(hint, "%q is no number of uses", amount)
	case err != nil, limit > client.MaxMaxUses, limit == 0:
		return amendment{}, usageFault(hint, "max uses cannot be %s: it must be from 1 to %d", amount, client.MaxMaxUses)
	case raise:
		return amendment{raise: limit}, nil
	default:
		return amendment{change: client.Change{MaxUses: &limit}}, nil
	}
}
