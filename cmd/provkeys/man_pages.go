package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"provkeys/cmd/internal/manual"
)

// shownCommands are the commands below one that people are told of.
func shownCommands(cmd *cobra.Command) []*cobra.Command {
	return slices.DeleteFunc(slices.Clone(cmd.Commands()), func(sub *cobra.Command) bool {
		return !sub.IsAvailableCommand() || sub.Name() == "help"
	})
}

// pageOf returns the manual page of a command: its help, and for the program itself
// what no command's help says.
func pageOf(cmd *cobra.Command) manual.Page {
	b := buildOf(version)
	p := manual.Page{Name: pageName(cmd), Short: cmp.Or(cmd.Short, cmd.Name()), Source: "provkeys " + b.Version, Date: b.Date}
	p.Blocks = append(p.Blocks,
		manual.Section{Heading: "Synopsis", Text: synopsis(cmd)},
		manual.Section{Heading: "Description", Text: cmp.Or(cmd.Long, cmd.Short+".")},
	)
	var commands []manual.Item
	for _, sub := range shownCommands(cmd) {
		_, operand, _ := strings.Cut(sub.Use, " ")
		commands = append(commands, manual.Item{Term: sub.Name(), Operand: operand, Text: sub.Short})
		p.SeeAlso = append(p.SeeAlso, pageName(sub))
	}
	add := func(s manual.Section) {
		if len(s.Items) > 0 || s.Text != "" {
			p.Blocks = append(p.Blocks, s)
		}
	}
	add(manual.Section{Heading: "Commands", Items: commands})
	own := manual.Section{Heading: "Options", Items: options(cmd.LocalNonPersistentFlags())}
	if cmd.HasParent() {
		own.Text = "Options of all commands are in provkeys(1)."
		p.SeeAlso = append([]string{pageName(cmd.Parent())}, p.SeeAlso...)
	}
	add(own)
	add(manual.Section{Heading: "Options of all commands", Items: options(cmd.PersistentFlags())})
	add(manual.Section{Heading: "Examples", Text: strings.TrimRight(cmd.Example, "\n")})
	if !cmd.HasParent() {
		p.Blocks = append(p.Blocks, exitStatus(), filesRead(), environment(cmd))
	}
	return p
}

func pageName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// synopsis is how a command is called.
func synopsis(cmd *cobra.Command) string {
	_, operand, _ := strings.Cut(cmd.Use, " ")
	call := strings.TrimSpace(cmd.CommandPath() + " [OPTION…] " + operand)
	if len(shownCommands(cmd)) > 0 {
		call += "\n\n" + cmd.CommandPath() + " COMMAND [OPTION…]"
	}
	return call
}

// options returns flags as their page has them.
func options(flags *pflag.FlagSet) []manual.Item {
	var items []manual.Item
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		operand, usage := pflag.UnquoteUsage(f)
		if f.NoOptDefVal != "" {
			operand = ""
		}
		term := "--" + f.Name
		if f.Shorthand != "" {
			term = "-" + f.Shorthand + ", " + term
		}
		if d := f.DefValue; !slices.Contains([]string{"", "false", "0", "0s", "[]"}, d) && !strings.Contains(usage, "default") {
			usage += " (default " + d + ")"
		}
		items = append(items, manual.Item{Term: term, Operand: operand, Text: usage})
	})
	return items
}

func exitStatus() manual.Section {
	s := manual.Section{Heading: "Exit status", Text: "These numbers never change their meaning. The check of a monitoring system has that system's own."}
	for _, code := range exitCodes() {
		s.Items = append(s.Items, manual.Item{Term: fmt.Sprint(int(code)), Text: code.meaning()})
	}
	return s
}

func filesRead() manual.Section {
	const config, state = "~/.config/provkeys/", "~/.local/state/provkeys/"
	return manual.Section{
		Heading: "Files",
		Text: `What is written is for its owner alone (mode 0600), but for what others are to read
(mode 0644): the files of check --to and man --dir. $XDG_CONFIG_HOME and
$XDG_STATE_HOME move the two folders.`,
		Items: []manual.Item{
			{Term: config + "config.yaml", Text: "profiles and settings; --config names another"},
			{Term: config + "views.yaml", Text: "the saved views"},
			{Term: config + "secrets/", Text: "secrets of profiles, where there is no keyring"},
			{Term: state + "journal.jsonl", Text: "who copied, revealed, made, changed and deleted what, without key texts"},
			{Term: state + "log", Text: "every call, with --debug"},
			{Term: state + "memory.jsonl", Text: "keyed hashes by which texts that were copied are recognised"},
			{Term: state + "memory.key", Text: "the key of those hashes"},
			{Term: state + "names/", Text: "names for completion, a file for each tenant"},
			{Term: state + "refused.json", Text: "keyed hashes of sign-ins that were refused"},
			{Term: state + "refused.key", Text: "the key of those hashes"},
			{Term: state + "screen.yaml", Text: "how the console's table was left"},
			{Term: "~/.zscaler/zscaler.yaml", Text: "the file of the vendor's own SDKs, which is read where there is no profile"},
		},
	}
}

// environment names the variables that count: one for each option of all commands but
// that which shows secrets, and those of others.
func environment(root *cobra.Command) manual.Section {
	s := manual.Section{Heading: "Environment", Text: "An option goes before its variable, and that before the configuration file. An empty variable is none."}
	root.PersistentFlags().VisitAll(func(f *pflag.Flag) {
		if f.Name != "with-secrets" {
			name := "PROVKEYS_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
			s.Items = append(s.Items, manual.Item{Term: name, Text: "as --" + f.Name})
		}
	})
	s.Items = append(s.Items,
		manual.Item{Term: "PROVKEYS_MASK", Text: "always: key texts are never shown on a screen"},
		manual.Item{Term: "PROVKEYS_CLIPBOARD_COMMAND", Text: "a command that takes a copy on its standard input"},
		manual.Item{Term: "ZPA_CLIENT_ID, ZPA_CLIENT_SECRET, ZPA_CUSTOMER_ID, ZPA_CLOUD", Text: "a legacy API key"},
		manual.Item{
			Term: "ZSCALER_CLIENT_ID, ZSCALER_CLIENT_SECRET or ZSCALER_PRIVATE_KEY, ZSCALER_VANITY_DOMAIN, ZPA_CUSTOMER_ID, ZSCALER_CLOUD",
			Text: "a OneAPI client",
		},
		manual.Item{Term: "ZPA_MICROTENANT_ID, ZSCALER_USE_LEGACY_CLIENT", Text: "as the vendor's own SDKs read them"},
		manual.Item{Term: "HTTPS_PROXY, NO_PROXY", Text: "the proxy, which is never used for this machine itself"},
		manual.Item{Term: "NO_COLOR", Text: "any text but the empty one switches colours off"},
	)
	return s
}
