package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryClaimOfTheThreatModelHasItsTest keeps SECURITY.md from naming a test that
// was renamed or is gone, and from claiming something without one.
func TestEveryClaimOfTheThreatModelHasItsTest(t *testing.T) {
	t.Parallel()
	const root = "../.."
	page, err := os.ReadFile(filepath.Join(root, "SECURITY.md"))
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	declared := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	err = filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		for _, found := range declared.FindAllSubmatch(source, -1) {
			there[string(found[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	claims := 0
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(line, " | ")
		if len(cells) != 3 || strings.HasPrefix(line, "| from | how") {
			continue
		}
		claims++
		tests := regexp.MustCompile(`Test\w+`).FindAllString(cells[2], -1)
		if len(tests) == 0 {
			t.Errorf("no test shows: %s", cells[0])
		}
		for _, name := range tests {
			if !there[name] {
				t.Errorf("there is no test %s", name)
			}
		}
	}
	if claims < 10 {
		t.Errorf("only %d claims were found", claims)
	}
}
