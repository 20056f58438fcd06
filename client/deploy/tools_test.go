package deploy_test

import (
	"os"
	"os/exec"
	"testing"
)

// tool returns where a tool is, and false where it is not installed: a developer
// goes without what it proves, CI (CI_TOOLS is set there) does not.
func tool(t *testing.T, name string) (string, bool) {
	t.Helper()
	file, err := exec.LookPath(name)
	if err == nil {
		return file, true
	}
	if os.Getenv("CI_TOOLS") != "" {
		t.Errorf("%s is not installed", name)
	}
	t.Logf("%s is not installed: nothing is proved with it here", name)
	return "", false
}

// shells are those that a snippet for sh is run with.
func shells(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, name := range []string{"dash", "bash", "zsh"} {
		if file, ok := tool(t, name); ok {
			found = append(found, file)
		}
	}
	return found
}
