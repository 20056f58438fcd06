package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/client/catalog"
)

// startFilter is what the console shows at first; the zero value is everything.
type startFilter struct {
	text string
	kind client.Kind // "" is all
	view string      // the saved view below both; "" is the configured one
}

// newRootCommand builds the command tree. The root itself is the console.
func newRootCommand(a *app) *cobra.Command {
	var filter, kind, view string
	root := &cobra.Command{
		Use:   "provkeys",
		Short: "A console and a command line for Zscaler provisioning keys",
		Long: `provkeys shows, copies, creates, edits and deletes Zscaler provisioning keys.
Without a command it starts the console.

It reads its credentials from the environment (ZPA_CLIENT_ID, ZPA_CLIENT_SECRET
and ZPA_CUSTOMER_ID, or their ZSCALER_ counterparts) or from a profile in
~/.config/provkeys/config.yaml. Key texts are masked unless you ask for them.`,
		Example: `  provkeys                                  start the console
  provkeys --filter 'used>=80%'             start it filtered
  provkeys --view 'nearly full'             start it with a saved view
  provkeys demo                             try it without a tenant
  provkeys profile add acme-prod            keep a tenant and its credentials
  provkeys list --filter 'state:"used up"'  list what needs raising
  provkeys copy eu-west-1-asg               copy a key text
  provkeys create --like eu-west-1-asg      create a key like another`,
		SilenceUsage:      true,
		SilenceErrors:     true,
		Args:              noSuchCommand,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return a.readVariables(cmd) },
		RunE: func(cmd *cobra.Command, _ []string) error {
			start, err := parseStart(filter, kind)
			if err != nil {
				return err
			}
			if start.view, err = a.parseStartView(cmd, view); err != nil {
				return err
			}
			return startConsole(cmd.Context(), a, start)
		},
	}
	root.Flags().StringVar(&filter, "filter", "", "start the console with this `text` as its filter")
	root.Flags().StringVar(&view, "view", "", "start the console with the saved view of this `name`")
	root.Flags().StringVar(&kind, "kind", "", "start the console with the keys of one `kind`")
	a.addGlobalFlags(root)
	root.SetFlagErrorFunc(flagFault)
	root.AddCommand(
		newDemoCommand(a), newListCommand(a), newGetCommand(a), newWatchCommand(a),
		newGroupsCommand(a), newConnectorsCommand(a), newCertsCommand(a),
		newCopyCommand(a), newSnippetCommand(a), newDownloadCommand(a),
		newCreateCommand(a), newSetMaxCommand(a), newEditCommand(a), newDeleteCommand(a),
		newInspectCommand(a), newExplainCommand(a), newProfileCommand(a), newDoctorCommand(a), newVersionCommand(a),
		newCheckCommand(a), newCompletionCommand(a), newManCommand(a), newHelperCommand(a),
	)
	return root
}

// noSuchCommand refuses words after the root, which are commands mistyped.
func noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := "provkeys --help lists the commands"
	cmd.SuggestionsMinimumDistance = 1
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		hint = "did you mean provkeys " + strings.Join(near, " or provkeys ") + "?"
	}
	return usageFault(hint, "there is no command %q", args[0])
}

// exactArgs refuses any other number of arguments than there are words.
func exactArgs(words ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == len(words) {
			return nil
		}
		want := "no argument"
		if len(words) > 0 {
			want = strings.Join(words, " and ")
		}
		return usageFault(cmd.CommandPath()+" --help shows examples", "%s takes %s, and %d were given", cmd.CommandPath(), want, len(args))
	}
}

func parseStart(filter, kind string) (startFilter, error) {
	if _, err := parseFilter(filter); err != nil {
		return startFilter{}, err
	}
	k, err := parseKind(kind)
	return startFilter{text: filter, kind: k}, err
}

// parseStartView refuses a view that cannot be shown before there is a screen. One
// that the configuration names is left to the console: whoever deleted it must not be
// kept out.
func (a *app) parseStartView(cmd *cobra.Command, name string) (string, error) {
	if cmd.Flags().Changed("view") && name == "" {
		return "", emptyFlag("view")
	}
	_, err := a.savedView(name)
	return name, err
}

// parseKind returns no kind for the empty word.
func parseKind(word string) (client.Kind, error) {
	if word == "" {
		return "", nil
	}
	k, ok := client.ParseKind(word)
	if !ok {
		return "", usageFault("use one of "+strings.Join(kindWords(), ", "), "there is no kind %q", word)
	}
	return k, nil
}

// kindWords are the words of --kind.
func kindWords() []string {
	words := make([]string, 0, len(client.Kinds()))
	for _, k := range client.Kinds() {
		words = append(words, string(k))
	}
	return words
}

func parseFilter(text string) (catalog.Filter, error) {
	f, err := catalog.ParseFilter(text)
	if err != nil {
		return catalog.Filter{}, usageFault(`such as --filter 'used>=80% !test' or --filter 'state:"used up"'`, "the filter cannot be read: %v", err)
	}
	return f, nil
}

// startConsole starts the console where there is a terminal for it. A script
// that wanted a list must not hang in a screen that nobody sees.
func startConsole(ctx context.Context, a *app, start startFilter) error {
	if !a.isTerminal(stdin) || !a.isTerminal(stdout) {
		return usageFault("for scripts there are provkeys list, get, copy, create, edit and delete", "the console needs a terminal")
	}
	if err := a.drawable(); err != nil {
		return err
	}
	return runConsole(ctx, a, start)
}

// drawable refuses terminals on which a screen cannot be drawn.
func (a *app) drawable() error {
	if name := a.variable("TERM"); a.goos != "windows" && (name == "" || name == "dumb") {
		return usageFault("for such terminals there are provkeys list, get, copy, create, edit and delete", "TERM=%q cannot show the console", name)
	}
	return nil
}
