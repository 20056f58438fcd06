package main

import (
	"github.com/spf13/cobra"

	"provkeys/tui/clipboard"
)

// newHelperCommand is the clipboard's helper process, which provkeys starts by
// itself. It reads no configuration, no variable and no flag.
func newHelperCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:                clipboard.HelperCommand,
		Short:              "Hold a copy until it is cleared",
		Hidden:             true,
		DisableFlagParsing: true,
		Args:               exactArgs(),
		// In place of the root's, which reads variables.
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil },
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := a.signals(cmd.Context())
			defer stop()
			if err := clipboard.Serve(ctx, a.in, a.out); err != nil {
				return &fault{faultError, err.Error(), "provkeys starts this by itself, for provkeys copy NAME and the console"}
			}
			return nil
		},
	}
}
