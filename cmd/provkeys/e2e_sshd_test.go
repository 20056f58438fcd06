//go:build e2e

package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"strings"
	"testing"
)

// sshd is an ssh server on this machine, an ordinary process with keys made for
// it. Behind it lies the same lab: the far machine.
type sshd struct {
	lab  *lab
	port string
}

func (l *lab) startSSHD() *sshd {
	l.t.Helper()
	d := &sshd{lab: l, port: freePort(l.t)}
	for _, key := range []string{"host-key", "user-key"} {
		if out, err := exec.Command(need(l.t, "ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", l.path(key)).CombinedOutput(); err != nil {
			l.t.Fatalf("ssh-keygen: %v: %s", err, out)
		}
	}
	host, err := os.ReadFile(l.path("host-key.pub"))
	if err != nil {
		l.t.Fatal(err)
	}
	l.write("known-hosts", fmt.Sprintf("[127.0.0.1]:%s %s", d.port, host))
	// Started by root, sshd wants this folder, which its package's service makes.
	_ = os.MkdirAll("/run/sshd", 0o755)
	config := l.write("sshd.conf", strings.Join([]string{
		"Port " + d.port, "ListenAddress 127.0.0.1", "HostKey " + l.path("host-key"), "AuthorizedKeysFile " + l.path("user-key.pub"),
		"PidFile none", "UsePAM no", "StrictModes no", "PermitRootLogin prohibit-password", "PasswordAuthentication no",
		"KbdInteractiveAuthentication no", "PrintMotd no", "PrintLastLog no", "X11Forwarding no", "",
	}, "\n"))
	// The lab's environment lets the lab find the server and what it starts.
	cmd := l.command(need(l.t, "sshd"), "-D", "-f", config, "-E", l.path("sshd.log"))
	if err := cmd.Start(); err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if log, err := os.ReadFile(l.path("sshd.log")); err == nil && l.t.Failed() {
			l.t.Logf("sshd's log:\n%s", log)
		}
	})
	waitFor(l.t, "an ssh server", func() bool {
		conn, err := net.Dial("tcp", "127.0.0.1:"+d.port)
		if err != nil {
			return false
		}
		return conn.Close() == nil
	})
	return d
}

// freePort returns a port that nobody listens on at the moment.
func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// there returns the shell command that runs another one on the far machine, in
// a terminal (-tt) or without one (-T). The lab's environment goes along as if an
// operator's profile set it there; TERM is the session's own.
func (d *sshd) there(terminal, command string) string {
	d.lab.t.Helper()
	var lines []string
	for _, variable := range d.lab.env {
		name, value, _ := strings.Cut(variable, "=")
		if name != "TERM" {
			lines = append(lines, fmt.Sprintf("export %s='%s'", name, value))
		}
	}
	me, err := user.Current()
	if err != nil {
		d.lab.t.Fatal(err)
	}
	return strings.Join([]string{
		need(d.lab.t, "ssh"), terminal, "-F none", "-p " + d.port, "-i " + d.lab.path("user-key"), "-o IdentitiesOnly=yes",
		"-o UserKnownHostsFile=" + d.lab.path("known-hosts"), "-o StrictHostKeyChecking=yes", "-o LogLevel=ERROR", me.Username + "@127.0.0.1",
		d.lab.program("far", append(lines, command)...),
	}, " ")
}
