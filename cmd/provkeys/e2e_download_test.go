//go:build e2e

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// newKeys makes a pair of keys in the lab and returns the path of the private
// one and the public one's line.
func (l *lab) newKeys(kind ...string) (private, public string) {
	l.t.Helper()
	private = l.path("home", "id_"+strings.Join(kind, ""))
	generate := l.command(need(l.t, "ssh-keygen"), append([]string{"-q", "-N", "", "-f", private, "-t"}, kind...)...)
	reads := l.command("cat", private+".pub")
	if kind[0] == "age" {
		generate, reads = l.command(need(l.t, "age-keygen"), "-o", private), l.command("age-keygen", "-y", private)
	}
	if out, err := generate.CombinedOutput(); err != nil {
		l.t.Fatalf("%v: %s", err, out)
	}
	out, err := reads.Output()
	if err != nil {
		l.t.Fatal(err)
	}
	return private, strings.TrimSpace(string(out))
}

// Debian's age opens what provkeys has written, for every kind of recipient.
func TestE2EAgeOpensTheDownload(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	need(t, "age")
	for _, kind := range [][]string{{"age"}, {"ed25519"}, {"rsa", "-b", "2048"}, {"rsa", "-b", "4096"}} {
		l := newLab(t, s.legacy()...)
		private, public := l.newKeys(kind...)
		l.write("home/team", "# the team\n"+public+"\n")
		_, other := l.newKeys("ed25519", "-C", "another")
		for name, flags := range map[string]string{
			"recipient": "-r '" + public + "'", "file": "-R team", "armor": "-a -R team", "two": "-R team -r '" + other + "'",
		} {
			out, errs, code := l.run("umask 0; provkeys download " + okKey + " --debug --to " + name + " " + flags + " && age -d -i " + private + " " + name)
			if said, text, _ := strings.Cut(out, "\n"); code != 0 || text != s.text(okKey) || !strings.Contains(said, "private key") {
				t.Errorf("%s, %s: exit %d: %s\n%s", kind, name, code, said, errs)
			}
		}
		// Nothing of the text lies anywhere, and nobody else could read the files.
		found, _ := searchFor(map[string]string{"the key text": s.text(okKey)[15:], "the client secret": s.listening.ClientSecret}).inFiles(t, l.dir)
		for _, line := range found {
			t.Error(line)
		}
		if info, err := os.Stat(l.path("home", "file")); err != nil || info.Mode() != 0o600 {
			t.Errorf("%v, %v", info, err)
		}
	}
}

func TestE2EKeysThatCannotEncryptAreRefused(t *testing.T) {
	t.Parallel()
	l := newLab(t, "ZPA_CLIENT_ID=a", "ZPA_CLIENT_SECRET=b", "ZPA_CUSTOMER_ID=1", "PROVKEYS_BASE_URL=http://127.0.0.1:1")
	_, ecdsa := l.newKeys("ecdsa")
	private, _ := l.newKeys("age")
	for given, want := range map[string]string{
		"-r '" + ecdsa + "'": "age cannot encrypt for an ECDSA key",
		"-r 'sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t jo'":    "age cannot encrypt for a security key's SSH key (sk-)",
		"-r 'sk-ecdsa-sha2-nistp256@openssh.com AAAAInNrLWVjZHNhLXNoYTItbmlzdHAyNTY= j'": "age cannot encrypt for a security key's SSH key (sk-)",
		"-R " + private: "line 3: that is a private key, which decrypts and must stay secret",
	} {
		out, errs, code := l.run("provkeys download " + okKey + " " + given)
		if code != 2 || out != "" || !strings.Contains(errs, want) || strings.Contains(errs, "AGE-SECRET") {
			t.Errorf("%.30s: exit %d: %s%s", given, code, out, errs)
		}
	}
}

func TestE2EAgeTakesThePassphrase(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	need(t, "age")
	const passphrase = "correct horse battery"
	for _, tt := range []struct {
		name string
		made bool
	}{{"typed", false}, {"made", true}} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t, s.legacy()...)
			term := l.terminal(110, 30, lasting("provkeys download "+okKey+" --to a && age -d -o b a"))
			term.sees("Passphrase for the text of " + okKey)
			typed := passphrase
			if tt.made {
				term.keys("Enter")
				term.sees("shown this once:", "written to")
				typed = madePassphrase(term.screen())
			} else {
				term.enters(passphrase)
				term.sees("once more:")
				term.enters(passphrase)
			}
			term.sees("Readable by whoever has the passphrase", "Enter passphrase:")
			term.enters(typed)
			term.sees("exit 0")
			if l.read("home/b") != s.text(okKey) || typed == "" {
				t.Error("age opened another text")
			}
			if strings.Contains(term.screen(), passphrase) {
				t.Error("the passphrase shows on the screen")
			}
			if found, _ := searchFor(map[string]string{"the passphrase": typed + typed}).inFiles(t, l.path("home")); len(found) > 0 {
				t.Error(found)
			}
		})
	}
}

// madePassphrase finds the five groups on a screen.
func madePassphrase(screen string) string {
	for word := range strings.FieldsSeq(screen) {
		if len(word) == 29 && strings.Count(word, "-") == 4 {
			return word
		}
	}
	return ""
}

// Whatever ends the program while a passphrase is typed, the terminal shows
// again what is typed.
func TestE2EEndedPassphraseLeavesTheTerminalsEcho(t *testing.T) {
	t.Parallel()
	for name, sig := range map[string]syscall.Signal{"ctrl+c": 0, "SIGTERM": syscall.SIGTERM, "SIGHUP": syscall.SIGHUP} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t, "ZPA_CLIENT_ID=a", "ZPA_CLIENT_SECRET=b", "ZPA_CUSTOMER_ID=1", "PROVKEYS_BASE_URL=http://127.0.0.1:1")
			term := l.terminal(110, 30, "trap : INT; "+lasting(l.path("bin", "provkeys")+" download "+okKey+"; code=$?; stty -a | tr ' ' '\\n' | grep -x -e echo -e -echo; (exit $code)"))
			term.sees("Passphrase for the text of " + okKey)
			term.keys("C-z") // a shell that took over would show nothing
			if sig == 0 {
				term.keys("C-c")
			}
			for _, pid := range l.provkeys() {
				if err := syscall.Kill(pid, sig); err != nil && sig != 0 {
					t.Fatal(err)
				}
			}
			term.sees("exit 130")
			if lines := strings.Fields(term.screen()); !strings.Contains(" "+strings.Join(lines, " ")+" ", " echo exit 130") {
				t.Errorf("the terminal shows nothing that is typed\n%s", term.screen())
			}
		})
	}
}

func TestE2ENothingIsWrittenWhereItCannotBeWhole(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	l := newLab(t, s.legacy()...)
	l.write("home/file", "old")
	for _, err := range []error{
		os.Symlink("file", l.path("home", "link")), os.Symlink("elsewhere", l.path("home", "dangling")),
		os.Mkdir(l.path("home", "closed"), 0o555), os.Mkdir(l.path("home", "full"), 0o777), os.Chmod(l.path("home", "full"), 0o777),
		// Root may write anywhere, so it is somebody else below.
		os.Chmod(l.dir, 0o755), os.Chmod(l.path("home"), 0o755), os.Chmod(l.path("bin"), 0o755),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	somebody := ""
	if os.Getuid() == 0 {
		somebody = need(t, "setpriv") + " --reuid=65534 --regid=65534 --clear-groups "
	}
	for command, want := range map[string]string{
		"provkeys download --to file":                                       "exists already",
		"provkeys download --to link":                                       "is a link, and nothing is written through one",
		"provkeys download --to dangling":                                   "is a link, and nothing is written through one",
		"provkeys download --to no/file":                                    "there is no folder",
		"provkeys download --to " + strings.Repeat("a", 300):                "too long for its file system",
		somebody + l.path("bin", "provkeys") + " download --to closed/file": "you may not make a file in",
		"ulimit -f 0; provkeys download --to full/file":                     "there is no room",
	} {
		_, errs, code := l.run(command + " --plaintext " + okKey)
		if code != 1 || !strings.Contains(errs, want) || !strings.Contains(errs, "\nhint: ") {
			t.Errorf("%.60s: exit %d: %s", command, code, errs)
		}
	}
	found, _ := searchFor(map[string]string{"the key text": s.text(okKey)[15:]}).inFiles(t, l.dir)
	for _, line := range found {
		t.Error(line)
	}
	// Below .local is what provkeys itself keeps.
	if left, _ := filepath.Glob(l.path("home", "[a-z]*", "*")); len(left) > 0 || l.read("home/file") != "old" || l.read("home/elsewhere") != "" {
		t.Errorf("%q is left behind", left)
	}
}

// TestE2EKilledDownloadLeavesTheWholeFileOrNone kills the program ever nearer to
// the moment at which the file comes to be.
func TestE2EKilledDownloadLeavesTheWholeFileOrNone(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	l := newLab(t, s.legacy()...)
	if err := os.Mkdir(l.path("home", "out"), 0o700); err != nil {
		t.Fatal(err)
	}
	var whole, none int
	delay, step := 100*time.Millisecond, 20*time.Millisecond
	for n := range 80 {
		name := fmt.Sprintf("out/%d", n)
		cmd := l.command(l.path("bin", "provkeys"), "download", okKey, "--plaintext", "--to", name)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(delay)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		switch b, err := os.ReadFile(l.path("home", name)); {
		case os.IsNotExist(err):
			none++
			delay += step
		case err == nil && string(b) == text:
			whole++
			delay = max(delay-step, 0)
		default:
			t.Errorf("run %d left a part: %d bytes, %v", n, len(b), err)
		}
		step = max(step*9/10, time.Millisecond)
	}
	t.Logf("%d whole files, %d times none", whole, none)
	if whole == 0 || none == 0 {
		t.Error("it was always killed too early, or always too late, which proves nothing")
	}
	files, err := os.ReadDir(l.path("home", "out"))
	if err != nil || len(files) != whole {
		t.Errorf("%d files are left of %d whole ones: %v", len(files), whole, err)
	}
	found, _ := searchFor(map[string]string{"the key text": text[15:]}).inFiles(t, l.dir)
	if len(found) != whole {
		t.Errorf("the text is in %d files, want %d:\n%s", len(found), whole, strings.Join(found, "\n"))
	}
}
