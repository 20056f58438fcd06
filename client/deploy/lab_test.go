package deploy_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/client/deploy"
)

// patience is how long a shell may take: far more than a loaded machine needs.
const patience = 30 * time.Second

// lab is a scratch root with fakes of the tools that a snippet calls, and what
// they saw.
type lab struct {
	t    *testing.T
	root string
	kind client.Kind
	vars []string // for the fakes: FAKE_…

	status int
	output string // of both streams
}

func newLab(t *testing.T, kind client.Kind) *lab {
	t.Helper()
	l := &lab{t: t, root: t.TempDir(), kind: kind}
	l.mkdir("bin")
	l.mkdir(filepath.Dir(deploy.Path(kind)))
	fake, err := os.ReadFile("testdata/fake.sh")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(l.root, "fake"), fake, 0o700); err != nil {
		t.Fatal(err)
	}
	// printf and echo are there to be caught: what is no builtin shows its arguments.
	for _, name := range strings.Fields("sudo systemctl cloud-init-per docker helm gcloud curl printf echo") {
		l.link(filepath.Join(l.root, "fake"), name)
	}
	// Of the machine's own tools there are these alone, so that no snippet ever
	// stops a real service.
	for _, name := range strings.Fields("sh base64 cat chmod cp grep mkdir mktemp mv rm sed tr uname") {
		file, err := exec.LookPath(name)
		if err != nil {
			t.Fatal(err)
		}
		l.link(file, name)
	}
	return l
}

func (l *lab) mkdir(name string) {
	l.t.Helper()
	if err := os.MkdirAll(filepath.Join(l.root, name), 0o755); err != nil {
		l.t.Fatal(err)
	}
}

// link puts a tool onto the lab's PATH.
func (l *lab) link(file, name string) {
	l.t.Helper()
	if err := os.Symlink(file, filepath.Join(l.root, "bin", name)); err != nil {
		l.t.Fatal(err)
	}
}

// forget removes files of the lab.
func (l *lab) forget(pattern string) {
	l.t.Helper()
	names, err := filepath.Glob(filepath.Join(l.root, pattern))
	if err != nil {
		l.t.Fatal(err)
	}
	for _, name := range names {
		if err := os.RemoveAll(name); err != nil {
			l.t.Fatal(err)
		}
	}
}

// file returns where the key's file lies in the scratch root.
func (l *lab) file() string { return filepath.Join(l.root, deploy.Path(l.kind)) }

// here moves what is under /opt into the scratch root.
func (l *lab) here(snippet string) string {
	return strings.ReplaceAll(snippet, "/opt/zscaler", l.root+"/opt/zscaler")
}

// env is what every shell of the lab runs with.
func (l *lab) env() []string {
	return append([]string{
		"PATH=" + filepath.Join(l.root, "bin"), "HOME=" + l.root, "LAB=" + l.root,
		"TERM=xterm", "LANG=C", "FAKE_FILE=" + l.file(),
	}, l.vars...)
}

// run runs a script with a shell, options before it, and keeps what came out.
func (l *lab) run(script string, shell ...string) {
	l.t.Helper()
	name := filepath.Join(l.root, "script")
	if err := os.WriteFile(name, []byte(l.here(script)), 0o600); err != nil {
		l.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(l.t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, shell[0], append(shell[1:], name)...)
	cmd.Dir, cmd.Env = l.root, l.env()
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		l.t.Fatal(err)
	}
	l.output, l.status = string(out), cmd.ProcessState.ExitCode()
}

// read returns a file of the lab, "" when it is not there.
func (l *lab) read(name string) string {
	l.t.Helper()
	b, err := os.ReadFile(filepath.Join(l.root, name))
	if err != nil && !os.IsNotExist(err) {
		l.t.Fatal(err)
	}
	return string(b)
}

// calls returns how the fakes were called, those of sudo left out: it calls the
// rest.
func (l *lab) calls() []string {
	var calls []string
	for line := range strings.Lines(l.read("calls")) {
		if strings.HasPrefix(line, "systemctl ") || strings.HasPrefix(line, "docker ") ||
			strings.HasPrefix(line, "helm ") || strings.HasPrefix(line, "gcloud ") {
			calls = append(calls, strings.TrimSuffix(line, "\n"))
		}
	}
	return calls
}

// written checks that the file holds exactly the text, mode 644, that it came
// between stop and start, and that nothing was left beside it.
func (l *lab) written(text string) {
	l.t.Helper()
	if l.status != 0 {
		l.t.Errorf("exit %d: %s", l.status, l.output)
	}
	name := strings.TrimPrefix(l.file(), l.root)
	if l.read(name) != text {
		l.t.Errorf("the file has %d bytes, want exactly the %d of the key text", len(l.read(name)), len(text))
	}
	if info, err := os.Stat(l.file()); err == nil && info.Mode() != 0o644 {
		l.t.Errorf("the file has mode %v, want 0644", info.Mode())
	}
	if l.read("at-stop") == text {
		l.t.Error("the file was written before the service stopped")
	}
	if l.read("at-start") != text {
		l.t.Error("the file was not there when the service started")
	}
	service := deploy.Service(l.kind)
	calls := strings.Join(l.calls(), "\n")
	if want := "systemctl stop " + service + "\nsystemctl start " + service; !strings.HasSuffix(calls, want) {
		l.t.Errorf("calls:\n%s\nwant at the end:\n%s", calls, want)
	}
	l.tidy()
}

// tidy checks that nothing but the key's file lies in its folder.
func (l *lab) tidy() {
	l.t.Helper()
	entries, err := os.ReadDir(filepath.Dir(l.file()))
	if err != nil {
		l.t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "provision_key" && !e.IsDir() {
			l.t.Errorf("%s was left behind", e.Name())
		}
	}
}

// silent checks that the secret came out nowhere but where it belongs.
func (l *lab) silent() {
	l.t.Helper()
	if leaks(l.output) {
		l.t.Error("the output holds the secret")
	}
	if leaks(l.read("calls")) {
		l.t.Error("the arguments of a command hold the secret")
	}
}
