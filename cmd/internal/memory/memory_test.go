package memory_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/client/diagnose"
	"provkeys/client/keytext"
	"provkeys/cmd/internal/memory"
)

const tenant = "216196257331281920"

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// fakeText makes a text of the usual shape whose logged part is start.
func fakeText(start string) string {
	return "3|mock.example|" + start + strings.Repeat("FAKE+/09", 48)[:384-len(start)]
}

func fakeKey(id client.ID, name, text string) client.Key {
	return client.Key{
		Kind: client.AppConnector, ID: id, Name: name, Group: "EU West 1",
		Text: client.NewSecret(text), Hint: keytext.Describe(text),
	}
}

// in returns the memory of a folder in the state of that time.
func in(dir string, now time.Time) memory.Memory {
	return memory.Memory{Dir: dir, Customer: tenant, Now: func() time.Time { return now }}
}

func remember(t *testing.T, m memory.Memory, keys ...client.Key) {
	t.Helper()
	if err := m.Remember(t.Context(), keys...); err != nil {
		t.Fatal(err)
	}
}

func recall(t *testing.T, dir string) diagnose.Memory {
	t.Helper()
	m, err := memory.Recall(dir)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func lines(t *testing.T, dir string) int {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, memory.File))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(b, []byte("\n"))
}

func TestTextIsRecognisedToTheByteAndByWhatIsLogged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := fakeText("aB/9+xy")
	remember(t, in(dir, noon), fakeKey("58856", "eu-west-1-asg", text), fakeKey("58857", "other", fakeText("zzzzzzz")))
	want := diagnose.Remembered{
		Key:  client.Ref{Kind: client.AppConnector, ID: "58856"},
		Name: "eu-west-1-asg", Group: "EU West 1", Customer: tenant, At: noon,
	}

	m := recall(t, dir)

	got, ok := m.ByText(client.NewSecret(text))
	if diff := cmp.Diff(want, got); !ok || diff != "" {
		t.Errorf("by its text (-want +got):\n%s", diff)
	}
	if _, ok := m.ByText(client.NewSecret(text + " ")); ok {
		t.Error("another text is recognised")
	}
	for _, host := range []string{"mock.example", "MOCK.Example"} {
		if diff := cmp.Diff([]diagnose.Remembered{want}, m.ByPrefix("3", host, "aB/9+xy")); diff != "" {
			t.Errorf("by what is logged, host %s (-want +got):\n%s", host, diff)
		}
	}
	for _, asked := range [][3]string{{"2", "mock.example", "aB/9+xy"}, {"3", "mock.example", "ab/9+xy"}, {"3", "mock", "aB/9+xy"}, {"3", "mock.example", ""}, {}} {
		if got := m.ByPrefix(asked[0], asked[1], asked[2]); got != nil {
			t.Errorf("%q is recognised as %+v", asked, got)
		}
	}
}

func TestWhatIsRememberedAlikeIsNotWrittenAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	k := fakeKey("1", "old-name", fakeText("aaaaaaa"))
	remember(t, in(dir, noon), k)
	remember(t, in(dir, noon.Add(time.Hour)), k, client.Key{Kind: client.AppConnector, ID: "2", Name: "hidden"})
	if got := lines(t, dir); got != 1 {
		t.Fatalf("%d lines, want 1", got)
	}

	k.Name = "new-name"
	remember(t, in(dir, noon.Add(time.Hour)), k)

	m := recall(t, dir)
	got, _ := m.ByText(k.Text)
	if got.Name != "new-name" || !got.At.Equal(noon.Add(time.Hour)) || lines(t, dir) != 2 {
		t.Errorf("it is recognised as %+v", got)
	}
	if all := m.ByPrefix("3", "mock.example", "aaaaaaa"); len(all) != 1 || all[0].Name != "new-name" {
		t.Errorf("one key is told as %+v", all)
	}
}

func TestKeysThatAreLoggedAlikeAreAllTold(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one, two := fakeText("sameone"), fakeText("sameone")[:300]+strings.Repeat("B", 99)
	remember(t, in(dir, noon), fakeKey("1", "one", one), fakeKey("2", "two", two))
	other := in(dir, noon)
	other.Customer = "99"
	remember(t, other, fakeKey("1", "elsewhere", one))

	var names []string
	for _, k := range recall(t, dir).ByPrefix("3", "mock.example", "sameone") {
		names = append(names, k.Name)
	}

	if diff := cmp.Diff([]string{"one", "two", "elsewhere"}, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestShortTextHasNoPrefixAndIsStillRecognised(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	k := fakeKey("1", "odd", "3|mock.example|short")
	remember(t, in(dir, noon), k)

	if _, ok := recall(t, dir).ByText(k.Text); !ok {
		t.Error("it is not recognised")
	}
	b, err := os.ReadFile(filepath.Join(dir, memory.File))
	if err != nil || bytes.Contains(b, []byte("prefix")) {
		t.Errorf("%s, %v", b, err)
	}
}

func TestNothingOfATextIsKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	secret := "CANARY7" + strings.Repeat("cAnArY+/", 48)[:377]
	text := "3|canary.example|" + secret + "-123456789012345678"
	remember(t, in(dir, noon), fakeKey("1", "name", text))

	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Fatalf("the folder holds %v, %v", entries, err)
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if info, err := e.Info(); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", e.Name(), info.Mode())
		}
		for _, piece := range []string{"CANARY7", "cAnArY", "canary.example", "123456789012345678"} {
			for what, form := range map[string]string{
				"as it is": piece, "in hex": hex.EncodeToString([]byte(piece)), "quoted": strconv.QuoteToASCII(piece),
				"in base64": strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(piece)), "=")[:5],
			} {
				if bytes.Contains(b, []byte(form)) {
					t.Errorf("%s holds a piece of the text %s", e.Name(), what)
				}
			}
		}
	}
}

func TestLinesThatCannotBeReadArePassedOver(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := fakeText("aaaaaaa")
	remember(t, in(dir, noon), fakeKey("1", "one", text))
	path := filepath.Join(dir, memory.File)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damaged := "\x00\xff\n{}\n[]\nnull\n" + string(whole[:40]) + "\n" + strings.Repeat("x", 1<<20) + "\n" + string(whole) + string(whole[:60])
	if err := os.WriteFile(path, []byte(damaged), 0o600); err != nil {
		t.Fatal(err)
	}

	remember(t, in(dir, noon), fakeKey("2", "two", fakeText("bbbbbbb")))

	m := recall(t, dir)
	for _, start := range []string{"aaaaaaa", "bbbbbbb"} {
		if _, ok := m.ByText(client.NewSecret(fakeText(start))); !ok {
			t.Errorf("%s is not recognised any more", start)
		}
	}
}

func TestDamagedKeyFileIsNamed(t *testing.T) {
	t.Parallel()
	for what, content := range map[string]string{"empty": "", "short": "short", "long": strings.Repeat("x", 33), "far too long": strings.Repeat("x", 99)} {
		dir := t.TempDir()
		path := filepath.Join(dir, memory.KeyFile)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		_, recalled := memory.Recall(dir)
		for _, err := range []error{recalled, in(dir, noon).Remember(t.Context(), fakeKey("1", "one", fakeText("aaaaaaa")))} {
			if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "move it") {
				t.Errorf("%s: %v, want what to move away", what, err)
			}
		}
	}
}

func TestWithoutFilesNothingIsRemembered(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "none")
	remember(t, in(dir, noon), client.Key{ID: "1", Name: "hidden"})
	m := recall(t, dir)
	if _, ok := m.ByText(client.NewSecret(fakeText("aaaaaaa"))); ok || m.ByPrefix("3", "mock.example", "aaaaaaa") != nil {
		t.Error("something is recognised")
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("a folder was made for nothing: %v", err)
	}
}

func TestManyAtOnceRememberEverything(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := func(i int) string { return fakeText("worker" + strconv.Itoa(i)) }
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			if err := in(dir, noon).Remember(t.Context(), fakeKey(client.ID(strconv.Itoa(i)), "k", text(i))); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()

	m := recall(t, dir)
	for i := range 8 {
		wait.Go(func() {
			if _, ok := m.ByText(client.NewSecret(text(i))); !ok || len(m.ByPrefix("3", "mock.example", "worker"+strconv.Itoa(i))) != 1 {
				t.Errorf("%d is not recognised", i)
			}
		})
	}
	wait.Wait()
}

func BenchmarkPrefixLookup(b *testing.B) {
	dir := b.TempDir()
	if err := in(dir, noon).Remember(b.Context(), fakeKey("1", "one", fakeText("aaaaaaa"))); err != nil {
		b.Fatal(err)
	}
	m, err := memory.Recall(dir)
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		m.ByPrefix("3", "mock.example", strconv.Itoa(i))
	}
}
