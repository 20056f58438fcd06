//go:build e2e

package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"provkeys/tui/clipboard"
)

// patience is how long a test polls for something before it gives up.
const patience = 20 * time.Second

// lab is the world of one case: a folder of its own, a provkeys in it, and an
// environment with nothing of the tester's.
type lab struct {
	t   *testing.T
	dir string
	env []string
}

// newLab makes a lab. Its folder is not t.TempDir: the path of a socket may have
// 107 bytes.
func newLab(t *testing.T, env ...string) *lab {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "pk")
	if err != nil {
		t.Fatal(err)
	}
	l := &lab{t: t, dir: dir}
	t.Cleanup(l.clean)
	for _, sub := range []string{"bin", "home", "tmp", "run", "screens", "sockets"} {
		if err := os.Mkdir(l.path(sub), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	// A file of its own tells this lab's processes from those of any other.
	copyFile(t, binary(t, "provkeys"), l.path("bin", "provkeys"))
	l.env = append([]string{
		"HOME=" + l.path("home"), "PATH=" + l.path("bin") + ":" + os.Getenv("PATH"), "SHELL=/bin/sh", "USER=operator",
		"TERM=xterm-256color", "LANG=C.UTF-8", "TMPDIR=" + l.path("tmp"), "XDG_RUNTIME_DIR=" + l.path("run"),
		"SCREENDIR=" + l.path("screens"), "TMUX_TMPDIR=" + l.path("sockets"),
	}, env...)
	return l
}

// copyFile links a program, or copies it where the folder is on another disk.
func copyFile(t *testing.T, from, to string) {
	t.Helper()
	if os.Link(from, to) == nil {
		return
	}
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o700)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}

func (l *lab) path(parts ...string) string {
	return filepath.Join(append([]string{l.dir}, parts...)...)
}

// write makes a file in the lab and returns its path. A program is a shell
// script.
func (l *lab) write(name, content string) string {
	l.t.Helper()
	path := l.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		l.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		l.t.Fatal(err)
	}
	return path
}

// program makes a shell script in the lab and returns its path.
func (l *lab) program(name string, lines ...string) string {
	l.t.Helper()
	path := l.write(name, "#!/bin/sh\n"+strings.Join(lines, "\n")+"\n")
	if err := os.Chmod(path, 0o700); err != nil {
		l.t.Fatal(err)
	}
	return path
}

// read returns what a file of the lab holds, "" when there is none.
func (l *lab) read(name string) string {
	b, _ := os.ReadFile(l.path(name))
	return string(b)
}

// only makes a folder that holds the named tools and nothing else, to be put
// into PATH, and returns its path.
func (l *lab) only(tools ...string) string {
	l.t.Helper()
	folder := l.path("only-" + strings.Join(tools, "-"))
	if err := os.Mkdir(folder, 0o700); err != nil {
		l.t.Fatal(err)
	}
	for _, tool := range tools {
		if err := os.Symlink(need(l.t, tool), filepath.Join(folder, tool)); err != nil {
			l.t.Fatal(err)
		}
	}
	return folder
}

// command returns a command in the lab's environment, away from the tester's
// own terminal.
func (l *lab) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Env, cmd.Dir = l.env, l.path("home")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	return cmd
}

// run runs a shell command without a terminal and returns its output and exit
// code.
func (l *lab) run(command string) (stdout, stderr string, code int) {
	l.t.Helper()
	cmd := l.command("sh", "-c", command)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	// What a command leaves behind may hold its output open.
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		l.t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// processes returns the ids of this lab's processes whose command line holds
// every word.
func (l *lab) processes(words ...string) []int {
	l.t.Helper()
	return processes(l.t, func(args, env string) bool {
		for _, word := range words {
			if !strings.Contains(args, word) {
				return false
			}
		}
		return strings.Contains(args, l.dir+"/") || strings.Contains(env, l.dir+"/")
	})
}

// provkeys returns the ids of this lab's own provkeys, helpers included.
func (l *lab) provkeys() []int { return l.processes(l.path("bin", "provkeys")) }

// helpers returns the ids of the processes that look after copies.
func (l *lab) helpers() []int {
	return l.processes(l.path("bin", "provkeys"), clipboard.HelperCommand)
}

// clean ends what the case has left behind and removes its folder.
func (l *lab) clean() {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		left := l.processes()
		if len(left) == 0 {
			break
		}
		for _, pid := range left {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
	if err := os.RemoveAll(l.dir); err != nil {
		l.t.Errorf("remove the lab: %v", err)
	}
}

// processes returns the ids of the processes that a function chooses by their
// arguments and environment, each word ended by NUL. What may not be read is "".
func processes(t *testing.T, choose func(args, env string) bool) []int {
	t.Helper()
	folders, err := os.ReadDir("/proc")
	if err != nil {
		t.Fatal(err)
	}
	var pids []int
	for _, folder := range folders {
		pid, err := strconv.Atoi(folder.Name())
		if err != nil {
			continue
		}
		args, _ := os.ReadFile(filepath.Join("/proc", folder.Name(), "cmdline"))
		env, _ := os.ReadFile(filepath.Join("/proc", folder.Name(), "environ"))
		if choose(string(args), string(env)) {
			pids = append(pids, pid)
		}
	}
	return pids
}

// need returns the path of a tool. Nothing is skipped without one: a suite that
// skips proves nothing.
func need(t *testing.T, tool string) string {
	t.Helper()
	packages := map[string]string{"sshd": "openssh-server", "ssh": "openssh-client", "ssh-keygen": "openssh-client", "Xvfb": "xvfb", "wl-copy": "wl-clipboard", "wl-paste": "wl-clipboard"}
	path, err := exec.LookPath(tool)
	if err != nil {
		// Daemons lie where an ordinary user's PATH does not reach.
		path, err = exec.LookPath(filepath.Join("/usr/sbin", tool))
	}
	if err != nil {
		name := packages[tool]
		if name == "" {
			name = tool
		}
		t.Fatalf("%s is missing: apt-get install %s", tool, name)
	}
	return path
}

// waitFor polls until something holds.
func waitFor(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("waited %s in vain: %s", patience, what)
}
