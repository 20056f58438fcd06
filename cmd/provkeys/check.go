package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/client/catalog"
	"provkeys/cmd/internal/headroom"
)

// checkOptions are what "check" was asked for.
type checkOptions struct {
	names  []string
	query  catalog.Query
	limits headroom.Limits
	near   bool // no --warn: nearly used up is the warning
	follow bool // no --crit: it is reached no sooner than the warning
	perKey bool
	format format // "" is a monitoring plug-in's text
	to     string // the file that is written in place of standard output
}

// checkFlags are the flags of "check", as given.
type checkFlags struct {
	queryFlags
	warn, crit, certificate, expiry string
	all, perKey                     bool
	output, to                      string
}

func newCheckCommand(a *app) *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check [NAME…]",
		Short: "Judge what keys have left, for a monitoring system",
		Long: `check judges the keys of all kinds, of one, or of NAMEs, as a monitoring plug-in
does: one line with performance data, and the exit code 0 OK, 1 WARNING,
2 CRITICAL or 3 UNKNOWN, which is whatever kept it from judging: a wrong flag, a
refused sign-in, a backend that is away, no key that fits. The codes are the
same in every format.

A key is CRITICAL that is used up or has reached --crit, or whose signing
certificate has ended. WARNING is --warn reached, a certificate that ends within
--cert-warn, a key that expires within --expiry-warn. A limit is a share of the
uses (80%) or what is left (5). Without --warn a key is a WARNING once it is nearly
used up, as list and near: in the configuration have it (80%, or 1 left); a --crit
that is not given comes no sooner than the warning. Managed, disabled and expired keys do not count
unless --all or their NAME is given; then disabled and expired are CRITICAL.
Hidden keys count: who has the text enrols.

A kind that the role may not read is left out, and the text says so. What fails
makes it UNKNOWN, unless what did answer is CRITICAL already.

It asks nothing, even at a terminal, and sends no sign-in again that was refused
within 30 minutes.

-o json and yaml have status, code, checked, profile, counts, thresholds, keys
(kind, name, id, group, uses, max_uses, left, state, status, reasons), missing
(part, denied, reason). -o prometheus has gauges for each key and certificate,
with the profile's name as a label where there is one.

--to FILE writes the output for a collector, whole or not at all. A new file has
mode 0644, since no secret is in it; one that is there keeps its own. FILE stays
as it was where check cannot judge, so raise an alert when
provkeys_check_timestamp_seconds is old. --per-key is for few keys: Nagios reads
no more than 8 KB.`,
		Example: `  provkeys check
  provkeys check --kind app-connector --warn 80% --crit 3
  provkeys check ap-east-1-asg --per-key
  provkeys check --filter 'group:"EU West"' --cert-warn 2w --expiry-warn 36h
  provkeys check --all -o json
  provkeys check -o prometheus --to /var/lib/node_exporter/provkeys.prom`,
		RunE: func(cmd *cobra.Command, names []string) error {
			o, err := a.parseCheck(cmd, names, f)
			if err != nil {
				return err
			}
			return a.limited(cmd.Context(), func(ctx context.Context) error { return runCheck(ctx, a, o) })
		},
	}
	f.add(cmd)
	return cmd
}

func (f *checkFlags) add(cmd *cobra.Command) {
	f.queryFlags.add(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.warn, "warn", "", "`limit` from which uses are a warning: a share, or a number that is left (default nearly used up)")
	flags.StringVar(&f.crit, "crit", "95%", "`limit` from which uses are critical")
	flags.StringVar(&f.certificate, "cert-warn", "30d", "`time` before a signing certificate ends from which that is a warning; 0 is never")
	flags.StringVar(&f.expiry, "expiry-warn", "14d", "`time` before a key expires from which that is a warning; 0 is never")
	flags.BoolVar(&f.all, "all", false, "managed, disabled and expired keys count, too")
	flags.BoolVar(&f.perKey, "per-key", false, "the uses of every key in the performance data")
	// In place of the flag of all commands: its formats are other ones.
	flags.StringVarP(&f.output, "output", "o", "", "`format`: json, yaml or prometheus; else a monitoring plug-in's text")
	flags.StringVar(&f.to, "to", "", "`file` to write in place of standard output")
}

// parseCheck refuses what cannot be carried out before anything is asked.
func (a *app) parseCheck(cmd *cobra.Command, names []string, f checkFlags) (checkOptions, error) {
	o := checkOptions{names: names, perKey: f.perKey, to: f.to}
	given := cmd.Flags().Changed
	switch {
	case len(names) > 0 && (given("filter") || given("view")):
		return o, usageFault("leave one of them out", "check takes NAMEs, or --filter or --view, and not both")
	case given("to") && f.to == "":
		return o, emptyFlag("to")
	case f.to == "-":
		return o, usageFault("leave --to out for standard output, or write ./- for a file of that name", "--to - is no file")
	}
	var err error
	if o.query, _, err = a.parseQuery(cmd, f.queryFlags); err != nil {
		return o, err
	}
	if o.format, err = a.parseCheckFormat(f.output); err != nil {
		return o, err
	}
	o.near, o.follow = !given("warn"), !given("crit")
	o.limits, err = f.limits(o)
	// Who names a key wants to know about that one, whatever it is.
	o.limits.All = f.all || len(names) > 0
	return o, err
}

// formatPrometheus is a format of check alone.
const formatPrometheus format = "prometheus"

// parseCheckFormat takes the variable's word where there is no flag, and none that is
// meant for other commands.
func (a *app) parseCheckFormat(word string) (format, error) {
	switch f := format(word); f {
	case "":
		return a.resultFormat(checkCommand)
	case formatJSON, formatYAML, formatPrometheus:
		return f, nil
	}
	return "", usageFault("use json, yaml or prometheus, or leave it out for a monitoring plug-in's text", "check does not write %q", word)
}

// limits reads those of the flags. What stands in for one that is not given, judge knows.
func (f checkFlags) limits(o checkOptions) (headroom.Limits, error) {
	var l headroom.Limits
	for _, of := range []struct {
		flag, text string
		to         *headroom.Limit
	}{{"warn", f.warn, &l.Warn}, {"crit", f.crit, &l.Crit}} {
		if of.flag == "warn" && o.near {
			continue
		}
		var err error
		if *of.to, err = headroom.ParseLimit(of.text); err != nil {
			return l, usageFault(fmt.Sprintf("such as --%s 90%% of the uses, or --%s 5 left", of.flag, of.flag), "--%s %q %v", of.flag, of.text, err)
		}
	}
	for _, of := range []struct {
		flag, text string
		to         *time.Duration
	}{{"cert-warn", f.certificate, &l.Certificate}, {"expiry-warn", f.expiry, &l.Expiry}} {
		var err error
		if *of.to, err = client.ParsePeriod(of.text); err != nil {
			return l, usageFault("write it as 30d, 2w or 36h, or 0 for never", "--%s %q %v", of.flag, of.text, err)
		}
	}
	if err := l.Check(); err != nil && !o.near && !o.follow {
		return l, usageFault("let --crit be reached after --warn, such as --warn 80% --crit 95%", "%v", err)
	}
	return l, nil
}

// runCheck judges, says so, and ends with an error that is the verdict where it is not
// good.
func runCheck(ctx context.Context, a *app, o checkOptions) error {
	a.repeated = true
	s, err := a.openSession(ctx)
	if err != nil {
		return err
	}
	report, err := a.judge(ctx, s, o)
	if err != nil {
		return err
	}
	if err := a.writeReport(report, o); err != nil {
		return err
	}
	if status := report.Status(); status != headroom.OK {
		return &verdictError{status}
	}
	return nil
}

// judge asks for the keys and judges them. What failed is an error, unless what did
// answer is bad enough without it.
func (a *app) judge(ctx context.Context, s *session, o checkOptions) (headroom.Report, error) {
	v := a.view(s.settings.Near)
	keys, listing, err := s.ask(ctx, o.query, v)
	if err != nil {
		return headroom.Report{}, err
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return headroom.Report{}, ctx.Err() // somebody interrupted it, and wants no verdict
	}
	if len(o.names) > 0 {
		if keys, err = pickAll(listing, o.names); err != nil {
			return headroom.Report{}, err
		}
		listing.Failed = nil // none of those that were named hides there
	}
	_, err = missing(listing, o.query.Kind)
	o.limits.Near = v.near
	if o.near {
		o.limits.Warn = headroom.NearLimit(v.near)
	}
	if o.follow {
		o.limits.Crit = o.limits.Crit.NotBefore(o.limits.Warn)
	}
	report := headroom.Judge(keys, o.limits, v.now)
	report.Lacks, report.Profile = lacks(listing), s.profile.Name
	switch {
	case err != nil && report.Status() != headroom.Critical:
		return report, err
	case len(report.Keys) == 0 && report.Skipped > 0:
		return report, &fault{faultNotFound, fmt.Sprintf("no key counts: what fits is managed, disabled or expired (%d)", report.Skipped), "let it count with --all"}
	case len(report.Keys) == 0:
		return report, &fault{faultNotFound, "no key fits", "look what there is with provkeys list, with the same --filter, --view and --kind"}
	}
	return report, nil
}
