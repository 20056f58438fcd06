package deploy_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/client/deploy"
)

// yamlRules are yamllint's own, but for what a cloud-config cannot do: its first
// line is a comment without a blank, nothing stands before that, and a key text
// is long.
const yamlRules = "{extends: default, rules: {comments: disable, document-start: disable, line-length: disable}}"

// linted says which dialect of the linter a form is for; the rest has none.
var linted = map[deploy.Form][]string{
	deploy.Env:       {"shellcheck", "--shell=sh", "--exclude=SC2034"}, // a variable for somebody else
	deploy.File:      {"shellcheck", "--shell=sh"},
	deploy.Docker:    {"shellcheck", "--shell=sh"},
	deploy.Helm:      {"shellcheck", "--shell=sh"},
	deploy.GCP:       {"shellcheck", "--shell=sh"},
	deploy.AWS:       {"shellcheck"},
	deploy.Azure:     {"shellcheck"},
	deploy.CloudInit: {"yamllint", "--strict", "-d", yamlRules},
}

func TestLintersHaveNothingToSay(t *testing.T) {
	folder := t.TempDir()
	calls := map[string][]string{} // by the linter with its options: the files
	add := func(linter []string, name, text string) {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		call := strings.Join(linter, "\x00")
		calls[call] = append(calls[call], file)
	}
	eachSnippet(func(f deploy.Form, kind client.Kind) {
		k := fakeKey(kind)
		k.Name = "it's $(a) `name`\nof \"two\" lines"
		text := snippet(t, f, k)
		if linter := linted[f]; linter != nil {
			add(linter, string(f)+"."+string(kind), text)
		}
		if f == deploy.GCP {
			add(linted[deploy.AWS], "startup."+string(kind), startupOf(t, text))
		}
	})
	if len(calls) != 4 {
		t.Errorf("%d sets of options are in use, want 4", len(calls))
	}
	for call, files := range calls {
		command := strings.Split(call, "\x00")
		if _, ok := tool(t, command[0]); !ok {
			continue
		}
		if out, err := exec.Command(command[0], append(command[1:], files...)...).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", command[0], err, strings.ReplaceAll(string(out), fakeText, "KEY"))
		}
	}
}

// startupOf returns the start-up script inside a snippet for GCP.
func startupOf(t *testing.T, snippet string) string {
	t.Helper()
	_, rest, begins := strings.Cut(snippet, "<<'PROVKEYS' || {\n")
	script, _, ends := strings.Cut(rest, "\nPROVKEYS\n")
	if !begins || !ends {
		t.Fatal("there is no start-up script")
	}
	return script + "\n"
}
