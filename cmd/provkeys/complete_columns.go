package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// sortsOf completes --sort of a command that lists rows.
func sortsOf(command string) cobra.CompletionFunc {
	words := columnWords()
	switch command {
	case "groups":
		words = groupResource().sortWords()
	case "connectors":
		words = connectorResource().sortWords()
	case "certs":
		words = certificateResource().sortWords()
	}
	return anyWord(strings.Split(words, ", ")...)
}

// columnsOf completes --columns of a command that lists rows: one field behind the
// other, each once.
func columnsOf(command string) cobra.CompletionFunc {
	fields := fieldNames()
	switch command {
	case "groups":
		fields = groupSheet().fields()
	case "connectors":
		fields = connectorSheet().fields()
	case "certs":
		fields = certificateSheet().fields()
	}
	return func(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
		before := begun[:strings.LastIndexByte(begun, ',')+1]
		var offered []string
		for _, name := range fields {
			if !slices.Contains(strings.Split(before, ","), name) {
				offered = append(offered, before+name)
			}
		}
		return begunWith(offered, begun), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveKeepOrder
	}
}
