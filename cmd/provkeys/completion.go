package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

const (
	bash       = "bash"
	zsh        = "zsh"
	fish       = "fish"
	powershell = "powershell"
)

// shells returns those that there is a script for.
func shells() []string { return []string{bash, zsh, fish, powershell} }

func newCompletionCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Write the script by which a shell completes commands and names",
		Long: `completion writes a script for bash, zsh, fish or powershell. With it the tab key
completes commands, flags, their words, profiles, views and the names of keys,
groups and signing certificates.

Those names are what list, the console and other commands saw last, kept for each
tenant by itself in the state folder. Completing signs in nowhere, runs no cmd: of
a profile and opens no keyring. A name that a shell would take for something else
is offered by its id.

Where the script goes:
  bash        ~/.local/share/bash-completion/completions/provkeys, or without the
              bash-completion package a line in ~/.bashrc:
              source <(provkeys completion bash)
  zsh         a file _provkeys in a folder of $fpath, and compinit in ~/.zshrc
  fish        ~/.config/fish/completions/provkeys.fish
  powershell  a line in $PROFILE:
              provkeys completion powershell | Out-String | Invoke-Expression`,
		Example: `  provkeys completion bash > ~/.local/share/bash-completion/completions/provkeys
  provkeys completion zsh > "${fpath[1]}/_provkeys"
  provkeys completion fish > ~/.config/fish/completions/provkeys.fish`,
		Args: exactArgs("SHELL"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(shells(), args[0]) {
				return usageFault("use one of "+strings.Join(shells(), ", "), "there is no script for %q", args[0])
			}
			script, err := completionScript(cmd.Root(), args[0])
			if err != nil {
				return err
			}
			return a.write(script)
		},
	}
}

// completionScript returns cobra's script for a shell, with what that lacks.
func completionScript(root *cobra.Command, shell string) (string, error) {
	var b strings.Builder
	var err error
	switch shell {
	case bash:
		err = root.GenBashCompletionV2(&b, true)
		return evaluatesNothing(b.String()) + bashRepairs, err
	case zsh:
		err = root.GenZshCompletion(&b)
		return strings.Replace(evaluatesNothing(b.String()), zshFork, zshTab, 1), err
	case fish:
		err = root.GenFishCompletion(&b, true)
		return b.String() + fishRepairs, err
	}
	err = root.GenPowerShellCompletionWithDesc(&b)
	return b.String(), err
}
