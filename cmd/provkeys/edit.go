package main

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"provkeys/client"
)

// editFlags are the fields of "edit" as they were given.
type editFlags struct {
	name        string
	maxUses     string
	certificate string
	enable      bool
	disable     bool
	hide        bool
	expires     string
	allow       []string
}

func newEditCommand(a *app) *cobra.Command {
	var o amendOptions
	var flags editFlags
	var filter filterFlags
	cmd := &cobra.Command{
		Use:   "edit NAME…",
		Short: "Change the fields of keys",
		Long: `edit changes what is given and leaves the rest as it is. It reads each key first
and says what was changed, field by field. Somebody else's change between the two
is a conflict (exit 9) and nothing is sent. +N counts from what the server holds.

A key's group cannot be changed: create another key, with create --like. --hide
is one way: the text is never shown again. It is asked about on a terminal;
elsewhere it needs --yes (else exit 8). A managed key and --read-only are refused
(exit 8).

` + severalHelp,
		Example: `  provkeys edit ap-east-1-asg --max-uses +5 --expires 30d
  provkeys edit ap-east-1-asg --name ap-east-1-asg-old --disable
  provkeys edit ap-east-1-asg --certificate 'Connector 2027'
  provkeys edit ap-east-1-asg --allow 192.0.2.0/24,198.51.100.7
  provkeys edit --filter 'cert<30d !is:managed' --certificate 'Connector 2027' --dry-run`,
		RunE: func(cmd *cobra.Command, args []string) error {
			given := cmd.Flags().Changed
			if given("group") {
				return usageFault("make another key in that group: provkeys create --like NAME --group GROUP", "the group of a key cannot be changed")
			}
			var err error
			if o.keys, err = a.parseSelection(cmd, args, filter); err != nil {
				return err
			}
			if o.what, err = flags.amendment(given, a.now()); err != nil {
				return err
			}
			if o.what.change.Name != nil && o.keys.several() {
				return usageFault("give one NAME", "several keys cannot have one name")
			}
			if o.format, err = a.resultFormat("edit"); err != nil {
				return err
			}
			return a.amend(cmd.Context(), o)
		},
	}
	flags.add(cmd)
	filter.add(cmd)
	addConsentFlags(cmd, &o.yes, &o.dryRun)
	return cmd
}

func (e *editFlags) add(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&e.name, "name", "", "another `name`")
	f.StringVar(&e.maxUses, "max-uses", "", "max uses: `N` sets it, +N adds to it")
	f.StringVar(&e.certificate, "certificate", "", "`name` or id of another signing certificate")
	f.BoolVar(&e.enable, "enable", false, "let others enrol again")
	f.BoolVar(&e.disable, "disable", false, "let nobody enrol any more")
	f.BoolVar(&e.hide, "hide", false, "never show the text again")
	f.StringVar(&e.expires, "expires", "", "`end` of life: 2027-01-31 (all of that day), 30d, 12h or never")
	f.StringArrayVar(&e.allow, "allow", nil, "`addresses` that may enrol, between commas; '' lets all")
	// It is no flag of edit, and what people try first.
	f.String("group", "", "")
	_ = f.MarkHidden("group") // it is there
}

// amendment reads what was given. An empty value is an empty variable of a
// script, but for --allow, where it means something.
func (e *editFlags) amendment(given func(string) bool, now time.Time) (amendment, error) {
	var m amendment
	for _, of := range []struct{ flag, value string }{
		{"name", e.name}, {"max-uses", e.maxUses}, {"certificate", e.certificate}, {"expires", e.expires},
	} {
		if given(of.flag) && of.value == "" {
			return m, emptyFlag(of.flag)
		}
	}
	if e.enable && e.disable {
		return m, usageFault("leave one of them out", "--enable and --disable exclude each other")
	}
	var err error
	if given("max-uses") {
		if m, err = parseAmount(e.maxUses); err != nil {
			return m, err
		}
	}
	m.certificate = e.certificate
	if given("name") {
		m.change.Name, err = &e.name, client.CheckName(e.name)
	}
	if err == nil && given("expires") {
		var end time.Time
		end, err = client.ParseExpiry(e.expires, now)
		m.change.Expires = &end
	}
	if err == nil && given("allow") {
		var addresses []string
		addresses, err = client.ParseAddresses(strings.Join(e.allow, ","))
		addresses = append([]string{}, addresses...) // none is an empty list, and no null
		m.change.AllowedAddresses = &addresses
	}
	if err != nil {
		return m, err
	}
	if e.enable || e.disable {
		m.change.Enabled = &e.enable
	}
	if e.hide {
		no := false
		m.change.Exportable = &no
	}
	if m.change.IsZero() && m.raise == 0 && m.certificate == "" {
		return m, usageFault("provkeys edit --help lists the fields", "edit was told nothing to change")
	}
	return m, nil
}

func emptyFlag(flag string) *fault {
	return usageFault("give a value, or leave it out", "--%s is empty", flag)
}
