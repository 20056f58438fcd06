package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestCopyingTakesLittleMemory reads the most that the process ever held at once, from
// inside: the clipboard command looks at who started it. What the kernel tells a parent
// includes the parent itself, before the process was its own.
func TestCopyingTakesLittleMemory(t *testing.T) {
	t.Parallel()
	const budget = 25 << 10 // kB
	dir, home := built(t), t.TempDir()
	peak := filepath.Join(home, "peak")
	cmd := exec.CommandContext(t.Context(), filepath.Join(dir, "provkeys"), "copy", okKey, "--clipboard", "command")
	cmd.Env = append(tenantAt(t, home, 500), "PROVKEYS_CLIPBOARD_COMMAND=cat >/dev/null; grep VmHWM: /proc/$PPID/status >"+peak)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	line, err := os.ReadFile(peak)
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(string(line)) // VmHWM: 15884 kB
	if len(words) != 3 || words[2] != "kB" {
		t.Fatalf("the kernel says %q", line)
	}
	got, err := strconv.Atoi(words[1])
	if err != nil || got >= budget || got < 1<<10 {
		t.Errorf("copy held %s kB at once (%v), want less than %d", words[1], err, budget)
	}
	t.Logf("%d of %d kB", got, budget)
}
