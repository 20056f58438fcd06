package main

import (
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"provkeys/cmd/internal/memory"
	"provkeys/cmd/internal/refusals"
)

func TestTheManualHasEveryCommandFlagAndExample(t *testing.T) {
	t.Parallel()
	root := newRootCommand(newFixture(t).app())
	pages := map[string]string{}
	for _, p := range pagesOf(root) {
		pages[p.Name] = strings.ReplaceAll(p.Roff(), `\-`, "-")
	}
	for cmd := range everyCommand(root) {
		page := pages[pageName(cmd)]
		if page == "" {
			t.Errorf("%s has no page", cmd.CommandPath())
		}
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if !f.Hidden && !strings.Contains(page, "--"+f.Name+`\fR`) {
				t.Errorf("the page of %s lacks --%s", cmd.CommandPath(), f.Name)
			}
		})
	}
}

func TestTheManualNamesTheFilesThatAreWritten(t *testing.T) {
	t.Parallel()
	files := filesRead()
	var terms []string
	for _, item := range files.Items {
		terms = append(terms, path.Base(item.Term))
	}
	for _, name := range []string{memory.KeyFile, refusals.KeyFile} {
		if !slices.Contains(terms, name) {
			t.Errorf("%s is not among the files", name)
		}
	}
	if !strings.Contains(files.Text, "(mode 0644): the files of check --to and man --dir") {
		t.Errorf("of modes it says %q", files.Text)
	}
}

func TestTheReadmeHasTheExitCodesOfTheManual(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range exitCodes() {
		if row := fmt.Sprintf("| %d | %s |\n", code, strings.Replace(code.meaning(), "inspect", "`inspect`", 1)); !strings.Contains(strings.ReplaceAll(string(readme), "`--wait`", "--wait"), row) {
			t.Errorf("the README lacks %q", row)
		}
	}
}
