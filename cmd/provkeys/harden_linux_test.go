package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// printHardening is a process of its own that says what harden did to it.
func printHardening() {
	var before, after unix.Rlimit
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{Cur: 4096, Max: 4096})
	_ = unix.Getrlimit(unix.RLIMIT_CORE, &before)
	harden()
	_ = unix.Getrlimit(unix.RLIMIT_CORE, &after)
	dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	fmt.Printf("core %d→%d of %d, dumpable %d %v\n", before.Cur, after.Cur, after.Max, dumpable, err)
}

// mainWithCores is the program in a session that asks for core dumps.
func mainWithCores() {
	var limit unix.Rlimit
	_ = unix.Getrlimit(unix.RLIMIT_CORE, &limit)
	limit.Cur = limit.Max
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &limit)
	main()
}

func TestNoCoreDumpCanHoldASecret(t *testing.T) {
	t.Parallel()
	out, err := again(t, "print-hardening").Output()
	if got := string(out); err != nil || !strings.HasSuffix(got, "→0 of 0, dumpable 0 <nil>\n") {
		t.Errorf("%q, %v", got, err)
	}
}

func TestTheProgramHardensItselfBeforeItSpeaksToAnybody(t *testing.T) {
	t.Parallel()
	pid, limits := make(chan int, 1), make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if p, first := <-pid; first {
			b, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", p))
			limits <- fmt.Sprint(string(b), err)
		}
		w.WriteHeader(http.StatusUnauthorized)
	}))
	defer server.Close()
	cmd := again(t, "provkeys-with-cores", "list")
	cmd.Env = append(cmd.Env, "ZPA_CLIENT_ID=a", "ZPA_CLIENT_SECRET=b", "ZPA_CUSTOMER_ID=1", "PROVKEYS_BASE_URL="+server.URL, "NO_PROXY=*", "HOME="+t.TempDir())
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	pid <- cmd.Process.Pid
	close(pid)
	_ = cmd.Wait() // the sign-in is refused
	select {
	case got := <-limits:
		line := ""
		for l := range strings.SplitSeq(got, "\n") {
			if strings.HasPrefix(l, "Max core file size") {
				line = strings.Join(strings.Fields(l), " ")
			}
		}
		if line != "Max core file size 0 0 bytes" {
			t.Errorf("the limit is %q: %s", line, got)
		}
	default:
		t.Fatal("nothing was asked of the server")
	}
}
