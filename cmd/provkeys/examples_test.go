package main

import (
	"encoding/csv"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// remark is what stands behind a command of an example, for people.
var remark = regexp.MustCompile(`  +[^ ].*$`)

// words splits a line as a shell does, as far as examples need it.
func words(t *testing.T, line string) []string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(strings.ReplaceAll(strings.ReplaceAll(line, `"`, `""`), "'", `"`)))
	r.Comma, r.LazyQuotes = ' ', true
	list, err := r.Read()
	if err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	for i := range list {
		list[i] = strings.ReplaceAll(list[i], `""`, `"`)
	}
	return list
}

func TestTheExamplesOfTheHelpWork(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"create", "edit", "delete", "set-max"} {
		t.Run(command, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.board = &board{outcome: verified()}
			f.mustRun(exitDone, command, "--help")
			_, examples, _ := strings.Cut(f.out.String(), "Examples:\n")
			examples, _, _ = strings.Cut(examples, "\n\n")
			lines := strings.Split(examples, "\n")
			if len(lines) < 4 {
				t.Fatalf("the examples are %q", examples)
			}
			sheet := f.sheet("keys.csv", sheetHead, "new-1,app-connector,Tokyo,1")
			for _, line := range lines {
				line, _, _ = strings.Cut(strings.TrimSpace(line), " | ")
				args := words(t, remark.ReplaceAllString(line, ""))
				if i := slices.Index(args, "keys.csv"); i > 0 {
					args[i] = sheet
				}
				if args[0] != "provkeys" {
					t.Fatalf("an example is %q", line)
				}
				f.attended("y")
				if args[1] == "delete" {
					f.attended(args[2])
				}
				// Every line is for a tenant as it is at first.
				fresh := newFixture(t)
				f.mock, f.transport = fresh.mock, fresh.transport
				f.mustRun(exitDone, args[1:]...)
			}
		})
	}
}
