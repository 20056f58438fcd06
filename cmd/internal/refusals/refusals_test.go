package refusals_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/cmd/internal/refusals"
)

const word = "C4n4ry-w0rd"

var noon = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

// pairIn returns a pair whose refusals are kept in a folder, at a time.
func pairIn(dir string, now time.Time) refusals.Pair {
	return refusals.Pair{
		Dir: dir, At: "https://mock.example/signin", ID: "mock-id", Secret: client.NewSecret(word),
		Now: func() time.Time { return now },
	}
}

func remember(t *testing.T, p refusals.Pair) {
	t.Helper()
	if err := p.Remember(false); err != nil {
		t.Fatal(err)
	}
}

func TestRefusalIsRememberedForHalfAnHour(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	remember(t, pairIn(dir, noon))

	for after, held := range map[time.Duration]bool{
		0: true, 29 * time.Minute: true, 30 * time.Minute: false,
		-time.Minute: true, -time.Hour: false, // the clock was set back
	} {
		r, ok := pairIn(dir, noon.Add(after)).Last()
		if ok != held || ok && (!r.At.Equal(noon) || !r.Until().Equal(noon.Add(30*time.Minute))) {
			t.Errorf("after %v: %v, remembered %v", after, r, ok)
		}
	}
}

func TestAnotherPairIsNotTakenForTheRefusedOne(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	remember(t, pairIn(dir, noon))

	for what, change := range map[string]func(*refusals.Pair){
		"secret":  func(p *refusals.Pair) { p.Secret = client.NewSecret(word + " ") },
		"id":      func(p *refusals.Pair) { p.ID = "other" },
		"door":    func(p *refusals.Pair) { p.Door = client.OneAPI },
		"address": func(p *refusals.Pair) { p.At = "https://other.example/signin" },
	} {
		p := pairIn(dir, noon)
		change(&p)
		if _, ok := p.Last(); ok {
			t.Errorf("another %s is taken for the same pair", what)
		}
	}
}

func TestAcceptedPairIsForgottenAndOthersAreNot(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one, two := pairIn(dir, noon), pairIn(dir, noon)
	two.ID = "other"
	remember(t, one)
	remember(t, two)

	if err := one.Forget(); err != nil {
		t.Fatal(err)
	}

	_, first := one.Last()
	_, second := two.Last()
	if first || !second {
		t.Errorf("remembered %v and %v, want the other one alone", first, second)
	}
}

func TestLookingAndForgettingLeaveNothingBehind(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "none")
	_, ok := pairIn(dir, noon).Last()
	if err := pairIn(dir, noon).Forget(); ok || err != nil {
		t.Errorf("remembered %v, %v", ok, err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("a folder was made for nothing: %v", err)
	}
	if err := (refusals.Pair{}).Remember(false); err != nil {
		t.Errorf("without a folder: %v", err)
	}
}

func TestSecretIsNotKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	remember(t, pairIn(dir, noon))
	for _, name := range []string{refusals.File, refusals.KeyFile} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || bytes.Contains(b, []byte("C4n4ry")) || bytes.Contains(b, []byte("mock-id")) {
			t.Errorf("%s holds a part of the pair, or is not there: %v", name, err)
		}
	}
}

func TestDamagedFileHoldsNobodyBackAndIsWrittenAnew(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := pairIn(dir, noon)
	remember(t, p)
	for _, damaged := range []string{"", "{}", "null", `[{"pair":1}]`, "\x00\xff"} {
		if err := os.WriteFile(filepath.Join(dir, refusals.File), []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, ok := p.Last(); ok {
			t.Errorf("%q: something is remembered", damaged)
		}
		remember(t, p)
		if _, ok := p.Last(); !ok {
			t.Errorf("%q: nothing is remembered any more", damaged)
		}
	}
}

func TestOfSeveralAtOnceNoneIsLostAndOldOnesGo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	numbered := func(i int) refusals.Pair {
		p := pairIn(dir, noon)
		p.ID = strconv.Itoa(i)
		return p
	}
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() { remember(t, numbered(i)) })
	}
	wait.Wait()
	for i := range 8 {
		if _, ok := numbered(i).Last(); !ok {
			t.Errorf("number %d is lost", i)
		}
	}

	for i := range 16 {
		remember(t, numbered(100+i))
	}
	_, old := numbered(0).Last()
	_, young := numbered(115).Last()
	if old || !young {
		t.Errorf("the oldest is remembered: %v, the newest: %v", old, young)
	}
}
