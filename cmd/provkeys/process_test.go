package main

import (
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"provkeys/mockserver"
)

// tenantAt serves a mock tenant over loopback and returns the environment of a process
// that works with it, without a rate limit: one program after another asks here.
func tenantAt(tb testing.TB, home string, keys int) []string {
	tb.Helper()
	mock, err := mockserver.New(mockserver.Options{Seed: 1, Keys: keys})
	if err != nil {
		tb.Fatal(err)
	}
	server := httptest.NewServer(mock)
	tb.Cleanup(server.Close)
	c := mock.Credentials()
	return []string{
		"ZPA_CLIENT_ID=" + c.ClientID, "ZPA_CLIENT_SECRET=" + c.ClientSecret, "ZPA_CUSTOMER_ID=" + c.CustomerID,
		"PROVKEYS_BASE_URL=" + server.URL, "HOME=" + home, "PATH=/usr/bin:/bin", "TERM=xterm",
	}
}

// program is one whole process, again and again.
type program struct {
	path  string
	args  []string
	env   []string
	times []time.Duration
}

func (p *program) run(tb testing.TB) {
	tb.Helper()
	cmd := exec.CommandContext(tb.Context(), p.path, p.args...)
	cmd.Env = p.env
	start := time.Now()
	out, err := cmd.CombinedOutput()
	p.times = append(p.times, time.Since(start))
	if err != nil {
		tb.Fatalf("%s: %v\n%s", filepath.Base(p.path), err, out)
	}
}

func (p *program) median() time.Duration {
	times := slices.Sorted(slices.Values(p.times))
	return times[len(times)/2]
}

// BenchmarkProcess runs provkeys and a program that does no more than it has to, in
// turn, from start to exit, and reports how many times as long provkeys takes: of the
// medians, since a machine that does something else meanwhile must not decide.
func BenchmarkProcess(b *testing.B) {
	dir := built(b)
	if err := goBuild(b.Context(), dir, "./testdata/hello", "./testdata/bare"); err != nil {
		b.Fatal(err)
	}
	env := tenantAt(b, b.TempDir(), 200)
	for _, bm := range []struct {
		name     string
		provkeys []string
		bare     []string
	}{
		{"version", []string{"version"}, []string{"hello"}},
		{"help", []string{"--help"}, []string{"hello"}},
		{"copy", []string{"copy", okKey, "--clipboard", "command"}, []string{"bare", okKey}},
		{"print", []string{"copy", okKey, "--print"}, []string{"bare", okKey}},
	} {
		b.Run(bm.name, func(b *testing.B) {
			own := program{path: filepath.Join(dir, "provkeys"), args: bm.provkeys, env: append(env, "PROVKEYS_CLIPBOARD_COMMAND=cat >/dev/null")}
			bare := program{path: filepath.Join(dir, bm.bare[0]), args: bm.bare[1:], env: env}
			for b.Loop() {
				bare.run(b)
				own.run(b)
			}
			b.ReportMetric(0, "ns/op") // of both together: it says nothing
			b.ReportMetric(float64(own.median().Microseconds())/1000, "ms")
			b.ReportMetric(float64(bare.median().Microseconds())/1000, bm.bare[0]+"-ms")
			b.ReportMetric(float64(own.median())/float64(bare.median()), "x-"+bm.bare[0])
		})
	}
}
