package main

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"provkeys/client"
	"provkeys/cmd/internal/config"
	"provkeys/cmd/internal/names"
	"provkeys/tui/clipboard"
)

// completer says what a shell may put where the cursor is. It reads the configuration
// and what is kept of names: it signs in nowhere, follows no reference to a credential,
// asks nothing and never complains.
type completer struct {
	app   *app
	ascii bool // of the locale: it has no other characters
	files bool // names of files were asked for
}

// complete answers a shell's question in the words of cobra's scripts: a candidate a
// line, then what to do with them. It never fails: what cannot be answered has no
// candidates, and the names of files least of all.
func (a *app) complete(ctx context.Context, args []string) int {
	const noFiles = ":4\n"
	c := &completer{app: a}
	root := newRootCommand(a)
	// What it checks is for a command that is run.
	root.PersistentPreRunE = nil
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveNoFileComp)
	c.addTo(root)
	var answer bytes.Buffer
	root.SetArgs(args)
	root.SetOut(&answer)
	root.SetErr(io.Discard)
	if err := root.ExecuteContext(ctx); err != nil {
		answer.Reset()
		answer.WriteString(noFiles)
	}
	said := answer.String()
	if rest, ok := strings.CutSuffix(said, ":0\n"); ok && !c.files {
		// So it stands behind a flag that there is not, too.
		said = rest + noFiles
	}
	// There is nowhere left to tell that stdout is closed.
	_, _ = io.WriteString(a.out, said)
	return int(exitDone)
}

// addTo has everything in a tree of commands completed.
func (c *completer) addTo(cmd *cobra.Command) {
	cmd.ValidArgsFunction = c.arguments(cmd)
	cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
		_, f.Usage = pflag.UnquoteUsage(f)
		if of := c.values(cmd, f.Name); of != nil {
			// It fails for a flag that is completed already, which each is once.
			_ = cmd.RegisterFlagCompletionFunc(f.Name, of)
		}
	})
	for _, sub := range cmd.Commands() {
		c.addTo(sub)
	}
}

// arguments returns what completes a command's arguments, by its usage line; nil for
// nothing.
func (c *completer) arguments(cmd *cobra.Command) cobra.CompletionFunc {
	_, words, _ := strings.Cut(cmd.Use, " ")
	ofProfiles := cmd.HasParent() && cmd.Parent().Name() == "profile"
	switch {
	case cmd.Name() == "create", ofProfiles && (cmd.Name() == "add" || cmd.Name() == "import"):
		return nil // its NAME is a new one
	case ofProfiles && strings.Contains(words, "NAME"):
		return first(c.profiles)
	case strings.HasPrefix(strings.TrimPrefix(words, "["), "NAME"):
		if strings.Contains(words, "…") || strings.Contains(words, "...") {
			return c.keys
		}
		return first(c.keys)
	case strings.HasPrefix(words, "[GROUP"):
		return first(c.groups)
	case strings.HasPrefix(words, "[CERTIFICATE"):
		return first(c.certificates)
	case strings.HasPrefix(words, "[FILE"):
		return first(c.paths)
	case strings.HasPrefix(words, "SHELL"):
		return first(anyWord(shells()...))
	}
	return nil
}

// values returns what completes the value of a flag; nil for nothing.
func (c *completer) values(cmd *cobra.Command, flag string) cobra.CompletionFunc {
	switch flag {
	case "config", "ca-file", "recipients-file", "passphrase-file", "to", "dir":
		return c.paths
	case "from":
		if cmd.Name() == "create" {
			return c.paths
		}
		return anyWord("environment", "file")
	case "profile":
		return c.profiles
	case "view":
		return c.views
	case "like":
		return c.keys
	case "group":
		return c.groups
	case "certificate":
		return c.certificates
	case "output":
		return formatsOf
	case "kind":
		return anyWord(kindWords()...)
	case "sort":
		return sortsOf(cmd.Name())
	case "columns":
		return columnsOf(cmd.Name())
	case "field":
		return anyWord(fieldNames()...)
	case "as":
		return anyWord(strings.Split(formWords(), ", ")...)
	case "for":
		if cmd.Name() == "watch" {
			return nil // a time
		}
		return anyWord(strings.Split(formWords(), ", ")...)
	case "format":
		return anyWord("csv", "yaml")
	case "cloud":
		return anyWord(client.Clouds()...)
	case "auth":
		return anyWord(client.Legacy.String(), client.OneAPI.String())
	case "colour":
		return anyWord(config.Colours()...)
	case "theme":
		return anyWord("auto", "light", "dark", "mono")
	case "clipboard":
		return anyWord(strings.Split(strings.Replace(clipboard.ModeWords, " or ", ", ", 1), ", ")...)
	}
	return nil
}

// formatsOf completes --output: a command whose answer is a sentence has no columns.
func formatsOf(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	words := strings.Split(formatWords(), ", ")
	switch strings.TrimPrefix(cmd.CommandPath(), "provkeys ") {
	case "provkeys", "demo", "completion", "man":
		words = nil
	case "copy", "snippet", "download", "set-max", "edit", "delete", "inspect", "explain", "version",
		"profile add", "profile import", "profile use", "profile remove":
		words = []string{string(formatJSON), string(formatYAML)}
	case "watch":
		words = []string{string(formatTable), string(formatTSV), string(formatJSON)}
	case checkCommand:
		words = []string{string(formatJSON), string(formatYAML), string(formatPrometheus)}
	}
	return anyWord(words...)(cmd, args, begun)
}

// paths leaves it to the shell to complete the name of a file.
func (c *completer) paths(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	c.files = true
	return nil, cobra.ShellCompDirectiveDefault
}

// profiles completes the name of a profile. A file that cannot be read has none.
func (c *completer) profiles(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	// Its error is told by whatever is run.
	stored, _ := config.ReadStored(c.app.global.config, c.app.env)
	return begunWith(slices.DeleteFunc(stored.Names(), untypable), begun), cobra.ShellCompDirectiveNoFileComp
}

// views completes the name of a saved view that can be shown.
func (c *completer) views(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	held, err := c.app.savedViews()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	// Its error is told by whatever is run.
	saved, _ := held.List()
	var offered []string
	for _, s := range saved {
		if s.Fault == nil && !untypable(s.Name) {
			offered = append(offered, s.Name)
		}
	}
	return begunWith(offered, begun), cobra.ShellCompDirectiveNoFileComp
}

func untypable(name string) bool { return !names.Typable(name) }

// first completes one argument, and nothing behind it.
func first(of cobra.CompletionFunc) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return of(cmd, args, begun)
	}
}

// anyWord completes one of some words, which the shell chooses from in their order.
func anyWord(words ...string) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
		return begunWith(words, begun), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	}
}

// begunWith returns the candidates that begin as what is typed, in large or small
// letters. Shells choose by themselves too, but some take long over thousands, and
// what is quoted is left to them: fish hands it over as it is typed.
func begunWith(offered []string, begun string) []string {
	if strings.ContainsAny(begun, "\\'\"") {
		return offered
	}
	return slices.DeleteFunc(slices.Clone(offered), func(word string) bool {
		return word == "" || len(word) < len(begun) || !strings.EqualFold(word[:len(begun)], begun)
	})
}
