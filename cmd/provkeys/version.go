package main

import (
	"cmp"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// version is set by the linker: -ldflags "-X main.version=v1.2.3". It is the
// one variable of the package, because the linker can set nothing else.
var version string

// build says what this binary was made from.
type build struct {
	Version string // "dev" when nobody named it
	Commit  string // "" when it was built outside of a checkout
	Date    string // of the commit, as 2006-01-02; "" likewise
	Go      string
}

// buildOf reads what the toolchain wrote into the binary; named wins.
func buildOf(named string) build {
	b := build{Version: named, Go: runtime.Version()}
	if info, ok := debug.ReadBuildInfo(); ok {
		if info.Main.Version != "(devel)" {
			b.Version = cmp.Or(b.Version, info.Main.Version)
		}
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				b.Commit = s.Value
			case "vcs.time":
				b.Date, _, _ = strings.Cut(s.Value, "T")
			}
		}
	}
	b.Version = cmp.Or(b.Version, "dev")
	return b
}

func newVersionCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Say which version this is",
		Example: "  provkeys version -o json",
		Args:    exactArgs(),
		RunE: func(*cobra.Command, []string) error {
			f, err := a.resultFormat("version")
			if err != nil {
				return err
			}
			return a.writeVersion(buildOf(version), f)
		},
	}
}

func (a *app) writeVersion(b build, f format) error {
	result := record{{"version", textOf(b.Version)}, {"commit", textOf(b.Commit)}, {"go", textOf(b.Go)}}
	if b.Commit == "" {
		result[1].scalar = scalar{}
	}
	switch f {
	case formatJSON:
		return a.write(jsonObject(result))
	case formatYAML:
		return a.write(yamlMapping(result))
	}
	commit := ""
	if b.Commit != "" {
		commit = " (commit " + b.Commit + ")"
	}
	return a.write(fmt.Sprintf("provkeys %s%s, %s\n", b.Version, commit, b.Go))
}
