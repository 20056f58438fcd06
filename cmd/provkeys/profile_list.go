package main

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"provkeys/cmd/internal/config"
	"provkeys/tui/style"
)

func newProfileListCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the profiles, the default one marked",
		Long: `list writes the profiles of config.yaml. The columns are NAME, AUTH, TENANT (cloud
or host), CUSTOMER, SECRET (where it comes from, never itself) and MARKS; TSV has no
header.`,
		Example: "  provkeys profile list\n  provkeys profile list -o name",
		Args:    exactArgs(),
		RunE:    func(*cobra.Command, []string) error { return a.listProfiles() },
	}
}

func (a *app) listProfiles() error {
	stored, err := config.ReadStored(a.global.config, a.env)
	if err != nil {
		return err
	}
	records := make([]record, 0, len(stored.Profiles))
	for _, d := range stored.Profiles {
		records = append(records, newProfileRecord(d, d.Name == stored.Default))
	}
	switch a.keyFormat() {
	case formatJSON:
		return a.write(jsonArray(records))
	case formatYAML:
		return a.write(yamlList(records))
	case formatCSV:
		return a.write(csvTable(newProfileRecord(config.Draft{}, false).names(), records))
	case formatName:
		return a.write(profileLines(stored, func(d config.Draft) string { return style.Sanitize(d.Name) }))
	case formatTSV:
		return a.write(profileLines(stored, func(d config.Draft) string { return strings.Join(profileCells(d, stored.Default), "\t") }))
	}
	if len(stored.Profiles) == 0 {
		a.note("there is no profile in %s yet: provkeys profile add NAME makes one", stored.Path)
		return nil
	}
	return a.write(profileTable(stored, a.tableLook()))
}

func newProfileShowCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "show [NAME]",
		Short: "Show one profile, without secrets",
		Long: `show writes the fields of a profile, else of the default one. Of a secret it says
where it comes from: a reference, or that it is written there.`,
		Example: "  provkeys profile show acme-prod -o json",
		Args:    oneNameAtMost,
		RunE: func(_ *cobra.Command, args []string) error {
			name := strings.Join(args, "")
			if name == "" {
				stored, err := config.ReadStored(a.global.config, a.env)
				if err != nil {
					return err
				}
				if name = cmp.Or(a.global.config.Profile, a.variable("PROVKEYS_PROFILE"), stored.Default); name == "" && len(stored.Profiles) == 0 {
					return usageFault("make one with provkeys profile add NAME", "there is no profile in %s yet", stored.Path)
				}
				if name == "" {
					return usageFault("give a NAME: provkeys profile list has them", "%s chooses no profile", stored.Path)
				}
			}
			d, stored, err := a.storedProfile(name)
			if err != nil {
				return err
			}
			return a.showProfile(newProfileRecord(d, name == stored.Default), profileCells(d, stored.Default))
		},
	}
}

func (a *app) showProfile(r record, cells []string) error {
	switch a.keyFormat() {
	case formatJSON:
		return a.write(jsonObject(r))
	case formatYAML:
		return a.write(yamlMapping(r))
	case formatCSV:
		return a.write(csvTable(r.names(), []record{r}))
	case formatName:
		return a.write(cells[0] + "\n")
	case formatTSV:
		return a.write(strings.Join(cells, "\t") + "\n")
	}
	return a.write(block(r, nil, a.tableLook()))
}

// newProfileRecord is a profile as a program reads it. Its fields and their order
// are a promise, and none of them is a secret.
func newProfileRecord(d config.Draft, isDefault bool) record {
	return record{
		{"name", textOf(d.Name)},
		{"default", truthOf(isDefault)},
		{"auth", textOf(d.Auth)},
		{"cloud", textOrNull(strings.ToUpper(d.Cloud))},
		{"vanity", textOrNull(d.Vanity)},
		{"base_url", textOrNull(d.BaseURL)},
		{"token_url", textOrNull(d.TokenURL)},
		{"customer_id", textOrNull(d.CustomerID)},
		{"microtenant", textOrNull(d.Microtenant)},
		{"client_id", textOrNull(d.ClientID)},
		{"client_secret", textOrNull(d.ClientSecret)},
		{"private_key", textOrNull(d.PrivateKey)},
		{"ca_file", textOrNull(d.CAFile)},
		{"colour", textOrNull(d.Colour)},
		{"view", textOrNull(d.View)},
		{"read_only", truthOf(d.ReadOnly)},
	}
}

// profileCells returns what a profile shows in each column, safe for any terminal.
func profileCells(d config.Draft, chosen string) []string {
	where := strings.ToUpper(cmp.Or(d.Cloud, "production"))
	if u, err := url.Parse(d.BaseURL); err == nil && u.Host != "" {
		where = u.Host
	}
	var marks []string
	if d.Name == chosen {
		marks = append(marks, "default")
	}
	if d.ReadOnly {
		marks = append(marks, "read-only")
	}
	cells := []string{d.Name, d.Auth, where, d.CustomerID, cmp.Or(d.ClientSecret, d.PrivateKey), strings.Join(marks, ", ")}
	for i, c := range cells {
		cells[i] = style.Sanitize(c)
	}
	return cells
}

func profileLines(stored config.Stored, line func(config.Draft) string) string {
	var b strings.Builder
	for _, d := range stored.Profiles {
		b.WriteString(line(d) + "\n")
	}
	return b.String()
}

// profileTable writes the profiles for people, cut at the terminal's width.
func profileTable(stored config.Stored, look tableLook) string {
	rows := [][]string{{"NAME", "AUTH", "TENANT", "CUSTOMER", "SECRET", "MARKS"}}
	for _, d := range stored.Profiles {
		rows = append(rows, profileCells(d, stored.Default))
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, c := range row {
			widths[i] = max(widths[i], style.Width(c))
		}
	}
	var b strings.Builder
	for n, row := range rows {
		var cells []string
		for i, c := range row {
			cells = append(cells, style.Fit(c, widths[i]))
		}
		text := strings.TrimRight(strings.Join(cells, strings.Repeat(" ", gap)), " ")
		if look.width > 0 {
			text = style.Truncate(text, look.width)
		}
		if n == 0 {
			text = look.render(look.theme.Header, text)
		}
		fmt.Fprintln(&b, text)
	}
	return b.String()
}
