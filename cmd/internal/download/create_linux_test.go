package download

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"provkeys/client"
)

// childOf says in the environment what this binary is to do instead of tests.
const childOf = "PROVKEYS_DOWNLOAD_CHILD"

func TestMain(m *testing.M) {
	if job := os.Getenv(childOf); job != "" {
		work(job, os.Args[1])
		return
	}
	os.Exit(m.Run())
}

// work writes files in a process of its own, under what the job says.
func work(job, path string) {
	at := target{filepath.Dir(path), filepath.Base(path)}
	switch job {
	case "without a byte of room":
		_ = unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{})
	case "with room for a part":
		_ = unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: 100, Max: 100})
	case "under a strange umask":
		unix.Umask(0o777)
	case "undumpable": // as the program makes itself, which closes parts of /proc
		_ = unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0)
		if _, err := (target{at.folder, "nameless"}).nameless([]byte(keyText), true); err != nil {
			fmt.Println("not without a name:", err)
			return
		}
	case "again and again", "again and again, beside":
		for n := 0; ; n++ {
			at.name = strconv.Itoa(n)
			create := at.create
			if strings.HasSuffix(job, "beside") {
				create = at.beside
			}
			if _, err := create([]byte(keyText), true); err != nil {
				fmt.Print(err)
				return
			}
		}
	}
	at.name += "-beside"
	if _, err := at.beside([]byte(keyText), true); err != nil {
		fmt.Println(at.explain(err))
	}
	w, err := Write(context.Background(), Request{Text: client.NewSecret(keyText), Path: path})
	fmt.Println(w.Readers, err)
}

// child returns this binary about to do a job. Run by root it is nobody, whom
// permissions keep from something.
func child(t *testing.T, job, path string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command("/proc/self/exe", path)
	cmd.Env = append(os.Environ(), childOf+"="+job, "GORACE=atexit_sleep_ms=0")
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	return cmd
}

// folder returns one that a child can write to.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := errors.Join(os.Chmod(filepath.Dir(dir), 0o755), os.Chmod(dir, 0o777)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestFileIsWholeUnderHarshConditions(t *testing.T) {
	t.Parallel()
	for _, job := range []string{"under a strange umask", "undumpable"} {
		dir := folder(t)
		out, err := child(t, job, filepath.Join(dir, "a")).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "alone (mode 0600); others can delete or replace it, since they may write in its folder (mode 0777) <nil>") {
			t.Errorf("%s: %v: %s", job, err, out)
		}
		info, err := os.Stat(filepath.Join(dir, "a"))
		if err != nil || info.Mode() != 0o600 || info.Size() != int64(len(keyText)) {
			t.Errorf("%s: %v %v", job, info, err)
		}
	}
}

func TestFullDiskLeavesNothing(t *testing.T) {
	t.Parallel()
	for _, job := range []string{"without a byte of room", "with room for a part"} {
		dir := folder(t)
		out, err := child(t, job, filepath.Join(dir, "a")).CombinedOutput()
		if err != nil || strings.Count(string(out), "there is no room for a file in "+dir+", and nothing was written: make some room") != 2 {
			t.Errorf("%s: %v: %s", job, err, out)
		}
		if got := names(t, dir); len(got) != 0 {
			t.Errorf("%s: the folder holds %q", job, got)
		}
	}
}

func TestFolderThatMayNotBeWrittenIsNamed(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	out, err := child(t, "plainly", filepath.Join(dir, "a")).CombinedOutput()
	if err != nil || strings.Count(string(out), "you may not make a file in "+dir+": choose another folder") != 2 {
		t.Errorf("%v: %s", err, out)
	}
}

func TestReasonsOfTheSystemHaveWords(t *testing.T) {
	t.Parallel()
	at := target{"/mnt/stick", "a"}
	for err, want := range map[error]string{
		unix.ENOSPC: "no room for a file in /mnt/stick", unix.EDQUOT: "no room", unix.EFBIG: "no room",
		unix.EROFS: "/mnt/stick is on a read-only file system: choose another folder", unix.EACCES: "you may not make a file",
		unix.EIO: "/mnt/stick/a could not be written: write: input/output error: choose another folder",
	} {
		got := at.explain(fmt.Errorf("write: %w", err))
		if !strings.Contains(got.Error(), want) || !errors.Is(got, err) {
			t.Errorf("%v: %v", err, got)
		}
	}
}

// TestKilledProcessLeavesTheWholeFileOrNone kills a process that writes one file
// after the other, so that it dies in the middle of one.
func TestKilledProcessLeavesTheWholeFileOrNone(t *testing.T) {
	t.Parallel()
	for job, strays := range map[string]bool{"again and again": false, "again and again, beside": true} {
		files, reach := 0, 20*time.Millisecond
		for n := 0; n < 40 || files == 0; n++ {
			if reach > time.Minute {
				t.Fatalf("%s: no process came to write anything, so killing them proves nothing", job)
			}
			dir := folder(t)
			cmd := child(t, job, filepath.Join(dir, "0"))
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			kill := time.AfterFunc(10*time.Millisecond+time.Duration(rand.IntN(int(reach))), func() { _ = cmd.Process.Kill() })
			_ = cmd.Wait()
			if kill.Stop() {
				t.Fatalf("%s: it ended by itself", job)
			}
			for _, name := range names(t, dir) {
				if strings.HasPrefix(name, ".provkeys-") && strays {
					continue // there the system knows no files without a name
				}
				files++
				if string(read(t, filepath.Join(dir, name))) != keyText {
					t.Errorf("%s: %s is no whole file", job, name)
				}
			}
			if files == 0 {
				reach += reach / 2 // a busy machine is slow to start one
			}
		}
		t.Logf("%s: %d files", job, files)
	}
}
