package main

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"provkeys/client"
)

// createOptions are what "create" was asked for.
type createOptions struct {
	wish   wish
	like   string // the NAME of a key that the new one is like; "" for none
	from   string // the file of several; "" for one
	sheet  string // csv or yaml; "" says the file's name
	copy   bool
	print  bool
	yes    bool
	dryRun bool
	format format // of results; one key is written as its record
}

// createFlags are the fields of "create" as they were given.
type createFlags struct {
	kind, maxUses, expires string
	allow                  []string
}

const createHelp = `create creates a key and shows it. --kind, --group and --max-uses are required, or
--like KEY, which takes them and the signing certificate over; NAME may be left
out then. A name that stands already is refused (exit 2). Kinds: app-connector,
network-connector, service-edge, cloud-controller. The API lists no groups of
network connectors: theirs are those of existing keys, or an id.

The key text is masked, as everywhere: --with-secrets writes it, --print writes it
alone, --copy puts it onto the clipboard as provkeys copy does. The text of a
--hidden key is in the answer that creates it and never again, so that one of
these must be given.

--from creates the keys of a CSV or YAML file (- is standard input): name, kind,
group, max_uses, and where wanted certificate, hidden, disabled, expires and
allowed_addresses. The whole file is checked first. A key that is there already,
with the same group, certificate and max uses, is left alone: after a failure run
it again, and no key is made twice. On a terminal it asks; elsewhere it needs
--yes. Keys are created one after another, inside the rate limit, and --timeout is
for each. A backend that is gone ends it; a refused key leaves the others. The
exit code is that of what ended it, else of the first key that failed. With -o
json, yaml or csv each key's result is written once it is known: name, kind, id,
result (done, there already, failed, not reached), changes, key, error.

--dry-run checks, shows what would be sent, and sends nothing.`

func newCreateCommand(a *app) *cobra.Command {
	var o createOptions
	var flags createFlags
	cmd := &cobra.Command{
		Use:   "create NAME",
		Short: "Create a key, one like another, or those of a file",
		Long:  createHelp,
		Example: `  provkeys create eu-west-1-asg --kind app-connector --group 'EU West 1' --max-uses 10
  provkeys create --like ap-east-1-asg --expires 30d
  provkeys create edge-1 --kind service-edge --group 'Singapore Edge' --max-uses 5 --copy
  provkeys create once --like ap-east-1-asg --max-uses 1 --hidden --print | ssh host 'cat > provision_key'
  provkeys create --from keys.csv --dry-run`,
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if err := o.read(args, flags, cmd.Flags().Changed, a.now()); err != nil {
				return err
			}
			if o.format, err = a.createFormat(o); err != nil {
				return err
			}
			if err := a.checkPlace(o, cmd.Flags().Changed("output")); err != nil {
				return err
			}
			if o.from != "" {
				return createFrom(cmd.Context(), a, o)
			}
			return runCreate(cmd.Context(), a, o)
		},
	}
	o.add(cmd, &flags)
	addConsentFlags(cmd, &o.yes, &o.dryRun)
	return cmd
}

func (o *createOptions) add(cmd *cobra.Command, flags *createFlags) {
	f := cmd.Flags()
	f.StringVar(&flags.kind, "kind", "", "`kind` of the key")
	f.StringVar(&o.wish.group, "group", "", "`name` or id of its group")
	f.StringVar(&o.wish.certificate, "certificate", "", "`name` or id of the signing certificate; default is the kind's")
	f.StringVar(&flags.maxUses, "max-uses", "", "how often it may be used: `N`")
	f.BoolVar(&o.wish.hidden, "hidden", false, "never show the text again")
	f.BoolVar(&o.wish.disabled, "disabled", false, "let nobody enrol yet")
	f.StringVar(&flags.expires, "expires", "never", "`end` of life: 2027-01-31 (all of that day), 30d, 12h or never")
	f.StringArrayVar(&flags.allow, "allow", nil, "`addresses` that may enrol, between commas; default is all")
	f.StringVar(&o.like, "like", "", "take kind, group, certificate and max uses over from this `key`")
	f.BoolVar(&o.copy, "copy", false, "copy the key text to the clipboard")
	f.BoolVar(&o.print, "print", false, "write the key text alone, without a line break in a pipe")
	f.StringVar(&o.from, "from", "", "create the keys of this `file`; - is standard input")
	f.StringVar(&o.sheet, "format", "", "`format` of --from: csv or yaml; default is by the file's name")
}

// read takes the flags in, and refuses what contradicts itself.
func (o *createOptions) read(args []string, flags createFlags, given func(string) bool, now time.Time) error {
	for _, of := range []struct{ flag, value string }{
		{"kind", flags.kind}, {"group", o.wish.group}, {"certificate", o.wish.certificate}, {"max-uses", flags.maxUses},
		{"expires", flags.expires}, {"like", o.like}, {"from", o.from}, {"format", o.sheet},
	} {
		if given(of.flag) && strings.TrimSpace(of.value) == "" {
			return emptyFlag(of.flag)
		}
	}
	if given("from") {
		return o.checkFrom(args, given)
	}
	switch {
	case given("format"):
		return usageFault("give --from FILE too, or leave it out", "--format says what the file of --from is")
	case len(args) > 1:
		return usageFault("for several there is --from FILE", "create takes one NAME, and %d were given", len(args))
	case len(args) == 0 && o.like == "":
		return usageFault("provkeys create --help shows examples", "create takes a NAME, --like KEY or --from FILE")
	case o.copy && o.print:
		return usageFault("leave one of them out", "--copy and --print exclude each other")
	case o.copy && o.wish.disabled:
		return usageFault("leave --disabled out, or write the text with --print", "the text of a disabled key is not copied: it would not enrol")
	case o.print && given("output"):
		return usageFault("leave one of them out", "--print and --output exclude each other")
	}
	if len(args) == 1 {
		o.wish.name = args[0]
		if err := client.CheckName(args[0]); err != nil {
			return err
		}
	}
	return o.readFields(flags, now)
}

func (o *createOptions) readFields(flags createFlags, now time.Time) error {
	var err error
	if o.wish.kind, err = parseKind(flags.kind); err != nil {
		return err
	}
	if flags.maxUses != "" {
		if o.wish.maxUses, err = parseLimit(flags.maxUses); err != nil {
			return err
		}
	}
	if o.wish.expires, err = client.ParseExpiry(flags.expires, now); err != nil {
		return err
	}
	if o.wish.allowed, err = client.ParseAddresses(strings.Join(flags.allow, ",")); err != nil {
		return err
	}
	if o.like != "" {
		return nil
	}
	for _, of := range []struct {
		flag    string
		missing bool
	}{{"kind", o.wish.kind == ""}, {"group", o.wish.group == ""}, {"max-uses", o.wish.maxUses == 0}} {
		if of.missing {
			return usageFault("give it, or --like KEY for a key like another", "--%s is missing", of.flag)
		}
	}
	return nil
}

// parseLimit reads the max uses of a new key.
func parseLimit(text string) (int64, error) {
	unsigned, err := strconv.ParseUint(text, 10, 63)
	n := int64(unsigned)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		return 0, usageFault("write a number such as 10", "%q is no number of uses", text)
	}
	if err := client.CheckMaxUses(n, 0); err != nil {
		return 0, usageFault("write a number such as 10", "%v", err)
	}
	return n, nil
}

// checkFrom refuses the flags of one key beside a file.
func (o *createOptions) checkFrom(args []string, given func(string) bool) error {
	if len(args) > 0 {
		return usageFault("leave one of them out", "create takes NAME or --from, and not both")
	}
	for _, flag := range []string{"kind", "group", "certificate", "max-uses", "hidden", "disabled", "expires", "allow", "like", "copy", "print"} {
		if given(flag) {
			return usageFault("write it into the file, or leave it out", "--%s is for one key, and --from has several", flag)
		}
	}
	if o.sheet == "" {
		o.sheet = sheetOf(o.from)
	}
	if o.sheet != "csv" && o.sheet != "yaml" {
		return usageFault("say it with --format csv or --format yaml", "it is not known whether the file is CSV or YAML")
	}
	return nil
}

// sheetOf tells a file's format by its name.
func sheetOf(file string) string {
	switch name := strings.ToLower(file); {
	case strings.HasSuffix(name, ".csv"):
		return "csv"
	case strings.HasSuffix(name, ".yaml"), strings.HasSuffix(name, ".yml"), strings.HasSuffix(name, ".json"):
		return "yaml" // which JSON is
	}
	return ""
}
