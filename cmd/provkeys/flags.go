package main

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"provkeys/cmd/internal/config"
	"provkeys/tui/clipboard"
)

// defaultTimeout is for a whole command; the console has none.
const defaultTimeout = 60 * time.Second

// globalFlags are those of every command, the variables laid under them.
type globalFlags struct {
	config      config.Flags
	timeout     time.Duration // 0 is no limit
	output      format        // "" chooses by where the output goes
	outputAsked bool          // output was given as a flag, so a command must obey or refuse
	withSecrets bool
	noColor     bool
	debug       bool

	outputWord string // as given
}

func (a *app) addGlobalFlags(root *cobra.Command) {
	g := &a.global
	f := root.PersistentFlags()
	f.StringVar(&g.config.Profile, "profile", "", "`name` of the profile to use")
	f.StringVar(&g.config.BaseURL, "base-url", "", "`address` of the API, instead of the cloud's")
	f.StringVar(&g.config.TokenURL, "token-url", "", "full `address` of the sign-in")
	f.StringVar(&g.config.Cloud, "cloud", "", "`cloud` of the tenant, such as PRODUCTION or ZPATWO")
	f.StringVar(&g.config.CustomerID, "customer-id", "", "`id` of the tenant")
	f.StringVar(&g.config.Microtenant, "microtenant", "", "`id` of the microtenant; 0 is Default")
	f.BoolVar(&g.config.ReadOnly, "read-only", false, "refuse everything that would change a key")
	f.StringVar(&g.config.CAFile, "ca-file", "", "`file` of certificates to trust beside the system's")
	f.DurationVar(&g.timeout, "timeout", defaultTimeout, "`time` for the whole command, or for each of several keys that it changes; 0 is no limit")
	f.StringVar(&g.config.Clipboard, "clipboard", "", "`route` of copying: "+clipboard.ModeWords)
	f.StringVar(&g.config.ClearAfter, "clear-after", "", "`time` after which a copy is cleared (default 45s); 0 is never")
	f.StringVar(&g.config.Theme, "theme", "", "`colours` of the console: auto, light, dark or mono")
	for _, of := range []struct {
		name, usage string
		word        *string
	}{
		{"mouse", "take the mouse in the console", &g.config.Mouse},
		{"plain", "draw the console without lines, colours and movement, for screen readers", &g.config.Plain},
		{"ascii", "draw the console with ASCII alone (default by the locale)", &g.config.ASCII},
	} {
		f.VarPF((*switchValue)(of.word), of.name, "", of.usage).NoOptDefVal = "true"
	}
	f.StringVarP(&g.outputWord, "output", "o", "", "`format`: "+formatWords()+"; table on a terminal, else tsv")
	f.BoolVar(&g.withSecrets, "with-secrets", false, "write key texts instead of masking them")
	f.BoolVar(&g.noColor, "no-color", false, "write without colours")
	f.BoolVar(&g.debug, "debug", false, "log every call (no bodies, no secrets) to the state folder")
	f.StringVar(&g.config.Config, "config", "", "configuration `file`")
}

// switchValue is a switch that says besides on and off that it was not given: "".
type switchValue string

func (v *switchValue) String() string { return string(*v) }
func (v *switchValue) Type() string   { return "bool" }

func (v *switchValue) Set(word string) error {
	on, err := strconv.ParseBool(word)
	*v = switchValue(strconv.FormatBool(on))
	return err
}

// readVariables lays the PROVKEYS_ variables under the flags that the
// configuration does not read by itself. --with-secrets has none: a variable
// set once and forgotten must not spill key texts.
func (a *app) readVariables(cmd *cobra.Command) error {
	g := &a.global
	given := func(flag string) bool { return cmd.Flags().Changed(flag) }
	if err := refuseEmpty(cmd); err != nil {
		return err
	}
	if word := a.variable("PROVKEYS_TIMEOUT"); word != "" && !given("timeout") {
		d, err := time.ParseDuration(word)
		if err != nil {
			return usageFault("write it as 90s or 5m", "PROVKEYS_TIMEOUT is no time")
		}
		g.timeout = d
	}
	if g.timeout < 0 {
		return usageFault("write it as 90s or 5m, or 0 for no limit", "the time-out is negative")
	}
	g.outputAsked = given("output")
	source := "--output"
	if !g.outputAsked {
		g.outputWord, source = a.variable("PROVKEYS_OUTPUT"), "PROVKEYS_OUTPUT"
	}
	var ok bool
	if g.output, ok = parseFormat(g.outputWord); !ok {
		return usageFault("use "+formatWords(), "%s knows no format %q", source, g.outputWord)
	}
	if err := a.readSwitch(&g.debug, "PROVKEYS_DEBUG", given("debug")); err != nil {
		return err
	}
	if err := a.readSwitch(&g.noColor, "PROVKEYS_NO_COLOR", given("no-color")); err != nil {
		return err
	}
	// https://no-color.org: any text but the empty one switches colours off.
	if a.variable("NO_COLOR") != "" && !given("no-color") {
		g.noColor = true
	}
	return nil
}

// refuseEmpty refuses a flag that names a tenant and is empty, as of a variable that is
// not set: it would stand for the default one, which nobody meant.
func refuseEmpty(cmd *cobra.Command) error {
	for _, name := range []string{
		"profile", "config", "cloud", "base-url", "token-url", "customer-id", "microtenant", "ca-file", "theme", "clipboard", "clear-after",
	} {
		if f := cmd.Flags().Lookup(name); f != nil && f.Changed && f.Value.String() == "" {
			return emptyFlag(name)
		}
	}
	return nil
}

func (a *app) readSwitch(to *bool, name string, given bool) error {
	word := a.variable(name)
	if word == "" || given {
		return nil
	}
	on, err := strconv.ParseBool(word)
	if err != nil {
		return usageFault("set it to true or false", "%s is neither true nor false", name)
	}
	*to = on
	return nil
}

// flagFault rewrites what the flag parser says. Its words may hold the rest of
// an argument, which could be a secret that somebody tried to pass.
func flagFault(cmd *cobra.Command, err error) error {
	message, _, _ := strings.Cut(err.Error(), " in -")
	if rest, ok := strings.CutPrefix(message, "bad flag syntax"); ok {
		message = strings.TrimSuffix(message, rest)
	}
	message, _, _ = strings.Cut(message, ": strconv.")
	if flag, unknown := strings.CutPrefix(message, "unknown flag: --"); unknown {
		if hint := secretFlag(strings.ToLower(flag)); hint != "" {
			return usageFault("a secret is never an argument, which every process can read: "+hint, "%s", message)
		}
	}
	if strings.HasPrefix(message, "unknown shorthand flag") {
		return usageFault("what begins with - goes behind --, as in "+cmd.CommandPath()+" -- -name; "+cmd.CommandPath()+" --help lists the flags", "%s", message)
	}
	return usageFault(cmd.CommandPath()+" --help lists the flags", "%s", message)
}

// secretFlag says how a secret is given that a flag which there is not seems to be for;
// "" where it is for none.
func secretFlag(flag string) string {
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(flag, word) })
	}
	switch {
	case has("pass") && has("phrase"):
		return "write it into a file of mode 0600 and give --passphrase-file PATH"
	case flag == "key", has("key-text", "keytext", "provision"):
		return "a key is named by its name or id, and provkeys inspect - reads a text from standard input"
	case has("secret", "passw", "private-key", "privatekey", "api-key", "apikey", "credential"), strings.HasSuffix(flag, "token"):
		return "set ZPA_CLIENT_SECRET, or write client_secret: file:PATH into a profile"
	}
	return ""
}

// wantsJSON reports whether errors are to be JSON.
func (a *app) wantsJSON(args []string) bool { return a.formatWord(args) == formatJSON }

// formatWord returns the format that was asked for, be it one or not. It looks at the
// words of the command line, since a faulty one is never parsed to its end.
func (a *app) formatWord(args []string) format {
	word := a.variable("PROVKEYS_OUTPUT")
	for i, arg := range args {
		if arg == "--" {
			break
		}
		for _, flag := range []string{"--output", "-o"} {
			rest, found := strings.CutPrefix(arg, flag)
			switch {
			case !found:
			case rest == "" && i+1 < len(args):
				word = args[i+1]
			case strings.HasPrefix(rest, "="):
				word = rest[1:]
			case flag == "-o":
				word = rest
			}
		}
	}
	return format(word)
}
