package main

import (
	"os/exec"
	"strings"
	"testing"
)

// TestArrowsBetweenPackages holds what may import what: cmd → tui → client,
// cmd → mockserver, and nothing the other way.
func TestArrowsBetweenPackages(t *testing.T) {
	t.Parallel()
	rules := []struct {
		pkg  string   // the package, or the tree where it ends in /
		deny []string // what it must not import, directly or, with a trailing "…", by way of another
	}{
		{"provkeys/client/", []string{"provkeys/cmd…", "provkeys/tui…", "provkeys/mockserver…", "charm.land…", "github.com/spf13…", "flag", "os"}},
		{"provkeys/client/catalog", []string{"net/http", "context", "os"}},
		{"provkeys/client/estate", []string{"net/http", "context", "os"}},
		{"provkeys/client/internal/", []string{"provkeys…", "net/http", "context", "os"}},
		{"provkeys/client/keytext", []string{"provkeys…", "net/http", "os"}},
		{"provkeys/mockserver", []string{"provkeys…"}},
		{"provkeys/tui/", []string{"provkeys/cmd…", "provkeys/mockserver…", "net/http"}},
		{"provkeys/tui", []string{"os", "os/exec"}},
		{"provkeys/tui/table", []string{"provkeys/client…", "os", "net/http…"}},
		{"provkeys/tui/form", []string{"provkeys/client…", "os"}},
		{"provkeys/tui/style", []string{"provkeys/client…", "os"}},
		{"provkeys/tui/clipboard", []string{"provkeys/client/catalog"}},
	}
	packages := imports(t)
	for _, rule := range rules {
		found := false
		for pkg, of := range packages {
			if pkg != strings.TrimSuffix(rule.pkg, "/") && (!strings.HasSuffix(rule.pkg, "/") || !strings.HasPrefix(pkg, rule.pkg)) {
				continue
			}
			found = true
			for _, deny := range rule.deny {
				if culprit := of.breaks(deny, pkg); culprit != "" {
					t.Errorf("%s imports %s", pkg, culprit)
				}
			}
		}
		if !found {
			t.Errorf("there is no package %s: the rule guards nothing", rule.pkg)
		}
	}
}

// imported is what a package imports, without its tests.
type imported struct{ direct, all []string }

// breaks returns the import that a rule forbids, "" when there is none.
func (i imported) breaks(deny, pkg string) string {
	tree, deep := strings.CutSuffix(deny, "…")
	list := i.direct
	if deep {
		list = i.all
	}
	for _, path := range list {
		if path != pkg && (path == tree || deep && strings.HasPrefix(path, tree+"/")) {
			return path
		}
	}
	return ""
}

// imports asks the go command for every package of the module.
func imports(t *testing.T) map[string]imported {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}}|{{join .Imports " "}}|{{join .Deps " "}}`, "provkeys/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	packages := map[string]imported{}
	for line := range strings.SplitSeq(strings.TrimSpace(string(out)), "\n") {
		parts := strings.Split(line, "|")
		packages[parts[0]] = imported{strings.Fields(parts[1]), strings.Fields(parts[2])}
	}
	return packages
}
