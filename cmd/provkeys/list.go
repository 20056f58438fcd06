package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/client/catalog"
)

// listFlags are the flags of "list", as given.
type listFlags struct {
	queryFlags
	sort string
}

func newListCommand(a *app) *cobra.Command {
	var f listFlags
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List keys: a table on a terminal, TSV in a pipe",
		Long: `list writes the keys of all kinds, or of one.

The columns are NAME KIND GROUP USES LEFT CERT KEY STATE; TSV has no header.
CERT is how long the signing certificate is valid. Key texts are masked unless
--with-secrets is given. A filter is words that must all occur in name, group or
id; !word excludes; column:word (group: cert: kind: by: id: state:), is:managed
and comparisons (used>=80% left<5 cert<30d) narrow it further.

--view takes filter, kind and sort of a view that was saved in the console.
--filter, --kind and --sort each replace that part of it; --filter '' drops it.`,
		Example: `  provkeys list --kind service-edge
  provkeys list --filter 'used>=80% !test' --sort left
  provkeys list --filter state:ok -o name
  provkeys list --view 'nearly full' --kind service-edge
  provkeys list -o json`,
		Args: exactArgs(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			q, err := a.parseList(cmd, f)
			if err != nil {
				return err
			}
			return a.limited(cmd.Context(), func(ctx context.Context) error { return runList(ctx, a, q) })
		},
	}
	f.add(cmd)
	return cmd
}

func (f *listFlags) add(cmd *cobra.Command) {
	f.queryFlags.add(cmd)
	cmd.Flags().StringVar(&f.sort, "sort", "name", "`column` to sort by: "+columnWords())
}

func columnWords() string {
	words := make([]string, 0, len(catalog.Columns()))
	for _, c := range catalog.Columns() {
		words = append(words, c.String())
	}
	return strings.Join(words, ", ")
}

// parseList lays --sort over the view's.
func (a *app) parseList(cmd *cobra.Command, f listFlags) (catalog.Query, error) {
	q, _, err := a.parseQuery(cmd, f.queryFlags)
	if err != nil || !cmd.Flags().Changed("sort") {
		return q, err
	}
	if q.Sort, err = catalog.ParseSort(f.sort); err != nil {
		return q, usageFault("use one of "+columnWords(), "there is no column %q to sort by", f.sort)
	}
	q.Reverse = false
	return q, nil
}

func runList(ctx context.Context, a *app, q catalog.Query) error {
	return a.withSession(ctx, func(ctx context.Context, s *session) error {
		v := a.view(s.settings.Near)
		keys, listing, err := s.ask(ctx, q, v)
		if err != nil {
			return err
		}
		if err := a.writeKeys(ctx, keys, v); err != nil {
			return err
		}
		a.noteDamage(keys, v)
		return a.tellMissing(listing, q.Kind)
	})
}

// tellMissing says what the list lacks: a line for what the role may not see,
// an error for what failed, was asked for by name, or is all there is. Where there is an error
// it holds the lines too, so that its JSON stands alone.
func (a *app) tellMissing(listing client.Listing, named client.Kind) error {
	denied, failed := deniedKinds(listing), failedKinds(listing)
	if named != "" && len(denied) > 0 {
		return &fault{faultPermission, failureWords(listing, denied), "ask for a role that may see the keys of this kind, or leave --kind out"}
	}
	var faults, lines []string
	if len(failed) > 0 {
		faults = append(faults, failureWords(listing, failed))
	}
	if len(denied) > 0 {
		lines = append(lines, failureWords(listing, denied))
	}
	if err := listing.CertificatesErr; err != nil {
		words := fmt.Sprintf("when signing certificates end is unknown: %v", err)
		if errors.Is(err, client.ErrPermission) {
			lines = append(lines, words)
		} else {
			faults = append(faults, words)
		}
	}
	if len(faults) > 0 {
		return &fault{faultUnavailable, "the list is not complete: " + strings.Join(append(faults, lines...), "; "), "try again later"}
	}
	if len(denied) == len(client.Kinds()) {
		return &fault{faultPermission, failureWords(listing, denied), "check the customer id, and ask for a role that may see provisioning keys"}
	}
	for _, l := range lines {
		a.note("%s", l)
	}
	return nil
}

// noteDamage names the keys whose text was asked for and is not fit to write.
func (a *app) noteDamage(keys []client.Key, v view) {
	if !v.secrets {
		return
	}
	for _, k := range keys {
		if err := damage(k); err != nil {
			a.note("%s is written without its text: %v", k.Name, err)
		}
	}
}
