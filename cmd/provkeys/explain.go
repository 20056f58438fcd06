package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/client/diagnose"
	"provkeys/client/keytext"
	"provkeys/cmd/internal/config"
)

// maxLine is how much of a line is looked at, in bytes; the rest passes.
const maxLine = 1 << 20

// explainOptions are what "explain" was asked for.
type explainOptions struct {
	file    string // "" and "-" are standard input
	all     bool   // write the lines that are not known, too
	offline bool
	format  format
}

func newExplainCommand(a *app) *cobra.Command {
	var o explainOptions
	cmd := &cobra.Command{
		Use:   "explain [FILE|-]",
		Short: "Say what a connector's journal tells about its key",
		Long: `explain reads the journal of a connector that does not enrol, from a file or from
standard input (at a terminal: paste it, then ctrl+d), and says for the lines it
knows what they mean, which key they speak of, and what to do.

A log shows the first 7 characters of a key text. With a profile they are
compared with the tenant's keys; hidden and deleted keys are recognised once they
were copied with provkeys on this machine. A key that cannot be proved is not
named. A tenant that does not answer within 20 seconds, or refuses the sign-in,
is a warning; --offline asks none.

--all writes every line that is not known as well, in front of the explanations:
untouched in a pipe, made safe and without key texts on a terminal. Of a line,
the first MiB is looked at.

It ends with exit code 0 when all was read, whatever it tells. With -o json or
yaml: lines, known (how many of them), tenant_complete, explanations (event, first
and last line, count, cause, match as inspect has it, machine, logged_as, notes,
next, harmless), warnings.`,
		Example: `  journalctl -u zpa-connector --no-pager | provkeys explain
  provkeys explain --all connector.log
  ssh host journalctl -u zpa-connector | provkeys explain -o json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.read(a, args); err != nil {
				return err
			}
			return a.interruptible(cmd.Context(), func(ctx context.Context) error { return runExplain(ctx, a, o) })
		},
	}
	cmd.Flags().BoolVar(&o.all, "all", false, "write the lines that are not known, too")
	cmd.Flags().BoolVar(&o.offline, "offline", false, "ask no tenant")
	return cmd
}

// read completes the options by what else the command line says.
func (o *explainOptions) read(a *app, args []string) error {
	var err error
	if o.file, err = oneFile(args); err != nil {
		return err
	}
	if o.format, err = a.resultFormat("explain"); err != nil {
		return err
	}
	if o.all && o.format != formatTable {
		return usageFault("leave one of them out", "--all writes lines, and -o %s one object", o.format)
	}
	return nil
}

func runExplain(ctx context.Context, a *app, o explainOptions) error {
	settings, err := config.LoadSettings(a.global.config, a.env)
	if err != nil {
		return err
	}
	options := knownOptions{offline: o.offline, machines: true}
	if a.pastedHere(o.file) {
		text, err := a.readPaste(ctx, "the lines of the journal")
		if err != nil {
			return err
		}
		k, err := a.known(ctx, settings, options)
		if err != nil {
			return err
		}
		return a.explainPasted(ctx, text, k, o)
	}
	if !isStdin(o.file) {
		// A file that is not there is told before anybody is asked.
		if _, err := os.Stat(o.file); err != nil {
			return unreadable(ctx, err)
		}
	}
	k, err := a.known(ctx, settings, options)
	if err != nil {
		return err
	}
	return a.explainLines(ctx, a.source(ctx, o.file), k, o)
}

// explainPasted explains a log that may hold a key text.
func (a *app) explainPasted(ctx context.Context, text client.Secret, k known, o explainOptions) error {
	return a.explainLines(ctx, strings.NewReader(text.Reveal()), k, o)
}

// explainLines reads a log to its end and writes what it tells.
func (a *app) explainLines(ctx context.Context, from io.Reader, k known, o explainOptions) error {
	if o.format == formatTable {
		a.noteWarnings(k)
	}
	r := logReader{in: bufio.NewReaderSize(from, 64<<10), to: diagnose.NewExplainer(k.Known)}
	if o.all {
		out := bufio.NewWriterSize(a.out, 64<<10)
		r.unknown = out
		if a.isTerminal(stdout) {
			r.unknown = &shown{to: out}
		}
		r.flush = out.Flush
	}
	if err := r.read(); err != nil {
		if errors.Is(err, errNotWritten) {
			return err
		}
		return unreadable(ctx, err)
	}
	if r.open && !a.isTerminal(stdout) {
		// What is explained does not belong to the line that the input ended in.
		if err := a.write("\n"); err != nil {
			return err
		}
	}
	return a.writeExplained(explained{known: k, all: r.to.Explanations(), lines: r.lines, told: r.told, keyText: r.keyText}, o)
}

// logReader hands a log to an explainer, line by line.
type logReader struct {
	in      *bufio.Reader
	to      *diagnose.Explainer
	unknown io.Writer    // takes the lines that are not known; nil for nowhere
	flush   func() error // of unknown
	open    bool         // the last line that was passed on has no break
	lines   int
	told    int  // of them known
	keyText bool // the first line is a key text
}

// errNotWritten is the cause where the output takes no more lines.
var errNotWritten = errors.New("write the output")

// read reads to the end.
func (r *logReader) read() error {
	for {
		err := r.line()
		if r.unknown != nil && (err != nil || r.in.Buffered() == 0) {
			// What follows may be long in coming.
			if failed := r.flush(); failed != nil {
				return fmt.Errorf("%w: %w", errNotWritten, failed)
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// line reads one line. Only its beginning is looked at and held.
func (r *logReader) line() error {
	var head []byte
	part, err := r.in.ReadSlice('\n')
	for errors.Is(err, bufio.ErrBufferFull) && len(head)+len(part) < maxLine {
		head = append(head, part...)
		part, err = r.in.ReadSlice('\n')
	}
	if head != nil {
		part = append(head, part...)
	}
	if len(part) == 0 {
		return err
	}
	if r.lines++; r.lines == 1 {
		r.keyText = keytext.Describe(strings.TrimSpace(string(part))).Host != ""
	}
	known := r.to.Read(strings.TrimSuffix(string(part), "\n"))
	if known {
		r.told++
	}
	for pass := r.unknown != nil && !known; ; {
		if pass {
			if _, failed := r.unknown.Write(part); failed != nil {
				return fmt.Errorf("%w: %w", errNotWritten, failed)
			}
			r.open = !bytes.HasSuffix(part, []byte("\n"))
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
		part, err = r.in.ReadSlice('\n')
	}
}
