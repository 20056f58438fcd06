package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/cmd/internal/headroom"
	"provkeys/cmd/internal/store"
	"provkeys/tui/style"
)

// checkCommand is the name of the one command whose exit codes are not those of all
// others.
const checkCommand = "check"

// verdictError says by the exit code alone what the output has said in words.
type verdictError struct{ status headroom.Status }

func (e *verdictError) Error() string { return "the keys are " + e.status.String() }

// code is what a monitoring system reads the verdict from.
func (e *verdictError) code() exitCode { return exitCode(e.status) }

// writeReport writes a report to where it was asked for.
func (a *app) writeReport(r headroom.Report, o checkOptions) error {
	var text string
	switch o.format {
	case formatJSON:
		text = jsonObject(reportRecord(r))
	case formatYAML:
		text = yamlMapping(reportRecord(r))
	case formatPrometheus:
		text = r.Prometheus()
	default:
		text = r.Text(o.perKey)
	}
	if o.to == "" {
		return a.write(text)
	}
	if err := store.Publish(o.to, []byte(text)); err != nil {
		return &fault{faultError, fmt.Sprintf("--to cannot be written: %v", err), "give a file of your own in a folder that is there, and in which you may make files"}
	}
	return nil
}

// reportUnknown says why check could not judge, where its reader looks for that: a
// monitoring system in the text on standard output, everybody else on stderr.
func (a *app) reportUnknown(cmd *cobra.Command, args []string, f fault) exitCode {
	code := (&verdictError{headroom.Unknown}).code()
	// The flag is always there. Who gives it a - looks at standard output.
	to, _ := cmd.Flags().GetString("to")
	switch word := a.formatWord(args); {
	case word == formatJSON, word == formatYAML, word == formatPrometheus, to != "" && to != "-":
		a.report(f, code, word == formatJSON)
	default:
		f = f.shown()
		// There is nowhere left to tell that stdout is closed.
		_ = a.write(headroom.NoVerdict(f.message, f.hint))
	}
	return code
}

// isCheck reports whether a command line was for check.
func isCheck(cmd *cobra.Command) bool { return cmd.CommandPath() == "provkeys "+checkCommand }

// lacks returns what could not be judged.
func lacks(listing client.Listing) []headroom.Lack {
	var all []headroom.Lack
	add := func(part string, err error) {
		all = append(all, headroom.Lack{
			Part: part, Denied: errors.Is(err, client.ErrPermission), Why: withoutSecrets(style.Sanitize(err.Error())),
		})
	}
	for _, k := range client.Kinds() {
		if err := listing.Failed[k]; err != nil {
			add(string(k), err)
		}
	}
	if err := listing.CertificatesErr; err != nil {
		add("signing certificates", err)
	}
	return all
}

// reportRecord is a report as a program reads it. Its fields and their order are a
// promise.
func reportRecord(r headroom.Report) record {
	keys := make([]record, 0, len(r.Keys))
	for _, v := range r.Keys {
		reasons := make([]string, 0, len(v.Reasons))
		for _, of := range v.Reasons {
			reasons = append(reasons, of.Words)
		}
		k := v.Key
		keys = append(keys, record{
			{"kind", textOf(string(k.Kind))}, {"name", textOf(k.Name)}, {"id", textOf(string(k.ID))}, {"group", textOf(k.Group)},
			{"uses", numberOf(k.Uses)}, {"max_uses", numberOf(k.MaxUses)}, {"left", numberOf(k.Left())},
			{"state", textOf(v.State.String())}, {"status", textOf(v.Status.String())}, {"reasons", listOf(reasons)},
		})
	}
	missing := make([]record, 0, len(r.Lacks))
	for _, l := range r.Lacks {
		missing = append(missing, record{{"part", textOf(l.Part)}, {"denied", truthOf(l.Denied)}, {"reason", textOf(l.Why)}})
	}
	t := r.Totals()
	return record{
		{"status", textOf(r.Status().String())},
		{"code", numberOf(int64(r.Status()))},
		{"checked", timeOf(r.Now)},
		{"profile", textOrNull(r.Profile)},
		{"counts", objectOf(record{
			{"keys", numberOf(int64(len(r.Keys)))}, {"ok", numberOf(int64(r.Count(headroom.OK)))},
			{"warning", numberOf(int64(r.Count(headroom.Warning)))}, {"critical", numberOf(int64(r.Count(headroom.Critical)))},
			{"skipped", numberOf(int64(r.Skipped))}, {"uses", numberOf(t.Uses)}, {"max_uses", numberOf(t.MaxUses)},
			{"left", numberOf(t.Left)}, {"least_left", numberOf(t.Least)},
		})},
		{"thresholds", objectOf(record{
			{"warn", textOf(r.Limits.Warn.String())}, {"crit", textOf(r.Limits.Crit.String())},
			{"cert_warn", textOf(periodWords(r.Limits.Certificate))}, {"expiry_warn", textOf(periodWords(r.Limits.Expiry))},
			{"all", truthOf(r.Limits.All)},
		})},
		{"keys", objectsOf(keys)},
		{"missing", objectsOf(missing)},
	}
}

// periodWords returns a length of time as its flag takes it.
func periodWords(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d == 0:
		return "0"
	case d%day == 0:
		return fmt.Sprintf("%dd", d/day)
	}
	return fmt.Sprintf("%dh", d/time.Hour)
}
