//go:build e2e

package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// sizes are the screens on which every run is made.
var sizes = []struct{ w, h int }{{110, 30}, {60, 20}}

func TestE2EListThroughBothFrontDoors(t *testing.T) {
	for _, keys := range []int{200, 3000} {
		s := serve(t, "--listen", "127.0.0.1:0", "--keys", fmt.Sprint(keys))
		for door, env := range map[string][]string{"legacy": s.legacy(), "OneAPI": s.oneAPI()} {
			out, errs, code := runCLI(t, env, "list", "-o", "json")
			var list []map[string]any
			if err := json.Unmarshal([]byte(out), &list); err != nil || code != 0 || len(list) != keys {
				t.Errorf("%s: exit %d, %d keys of %d, %v: %s", door, code, len(list), keys, err, errs)
			}
		}
	}
}

func TestE2EWrongSecretIsOneMessageAndOneRequest(t *testing.T) {
	s := serve(t, "--listen", "127.0.0.1:0")
	env := append(s.legacy(), "ZPA_CLIENT_SECRET=wrong-canary-secret")
	_, errs, code := runCLI(t, env, "list")
	if code != 3 || strings.Count(errs, "provkeys:") != 1 || strings.Contains(errs, "wrong-canary-secret") {
		t.Errorf("exit %d: %s", code, errs)
	}
	requests(t, s, 1)

	term := open(t, 110, 30, env)
	term.sees("sign-in", "exit 3")
	requests(t, s, 2)
	if strings.Contains(term.screen(), "wrong-canary-secret") {
		t.Error("the secret is on the screen")
	}
}

// requests checks how many calls of the API the mock has received.
func requests(t *testing.T, s *server, want int) {
	t.Helper()
	resp, err := http.Get(s.listening.URL + "/mock/requests")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var list []struct{ Path string }
	if err := json.NewDecoder(resp.Body).Decode(&list); err != nil || len(list) != want {
		t.Errorf("%d requests, want %d (%v): %v", len(list), want, err, list)
	}
}

func TestE2EReading(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := serve(t, "--listen", "127.0.0.1:0", "--keys", "200")
			term := open(t, size.w, size.h, s.legacy())
			term.sees("200 of 200 shown", "ap-east-1-asg")
			term.keys("/")
			term.types("blue !central")
			term.misses("ap-east-1-asg", "ca-central-1-blue", "200 of 200 shown")
			term.keys("Enter", "Enter")
			term.sees("certificate Connector", "valid until", "3|mock.example|••••••••")
			term.keys("Enter")
			term.misses("certificate Connector")
			term.keys("O")
			term.sees("certificate Connector")
			term.keys("O")
			term.misses("certificate Connector")
			term.keys("Escape")
			term.sees("200 of 200 shown")
			term.keys("?")
			term.sees("copy the key text")
			term.keys("Escape", ":")
			term.types("q")
			term.keys("Enter")
			term.sees("exit 0")
		})
	}
}

func TestE2EWriting(t *testing.T) {
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			s := serve(t, "--listen", "127.0.0.1:0", "--keys", "200", "--rate-limit", "off")
			term := open(t, size.w, size.h, s.legacy())
			term.sees("200 of 200 shown")
			choose(term, usedUpKey)
			term.keys("y")
			term.sees(usedUpKey+" is used up (60 of 60)", "e edits max uses")

			term.keys("e")
			term.sees("Edit " + usedUpKey)
			term.types("+5")
			term.sees("65 · 5 left")
			term.keys("Enter")
			term.sees("max uses 60 → 65 (5 left)")
			out, _, code := runCLI(t, s.legacy(), "get", usedUpKey, "--field", "max_uses")
			if code != 0 || strings.TrimSpace(out) != "65" {
				t.Errorf("a second provkeys sees %q, exit %d", out, code)
			}

			term.keys("y")
			term.sees("Handed to your clipboard command.")
			want := s.text(usedUpKey)
			if got := term.copied(); got != want || len(got) != 418 {
				t.Errorf("copied %d bytes, which differ from the %d that the server holds", len(got), len(want))
			}
			if strings.Contains(term.screen(), want[20:60]) {
				t.Error("the key text is on the screen")
			}

			conflict(t, s, term)
			hidden(t, s, term)
		})
	}
}

// choose filters for one key alone.
func choose(term *emulator, name string) {
	term.keys("/", "C-u")
	term.types("name=" + name)
	term.keys("Enter")
	term.sees("1 of 200 shown")
}

// conflict raises a key elsewhere while the form is open, then lets a
// connector enrol while it is open: the first is shown, the second disturbs
// nobody.
func conflict(t *testing.T, s *server, term *emulator) {
	t.Helper()
	term.keys("e")
	term.types("70")
	s.change(usedUpKey, "maxUsage", "90")
	term.keys("Enter")
	term.sees("Not sent: it was changed elsewhere meanwhile.", "keep mine: 70", "was 65, is now 90")
	if got := s.key(usedUpKey)["maxUsage"]; got != "90" {
		t.Errorf("the conflict was overwritten with %v", got)
	}
	term.keys("Escape")
	term.sees("max uses now 90, used 60 →")
	term.keys("Escape")
	term.misses("Edit " + usedUpKey)

	term.keys("e")
	term.types("+5")
	s.enrol(s.text(usedUpKey))
	term.keys("Enter")
	term.sees("max uses 90 → 95 (34 left)")
}

// hidden hides a key elsewhere: what was loaded would still copy.
func hidden(t *testing.T, s *server, term *emulator) {
	t.Helper()
	term.forget()
	s.change(usedUpKey, "exportable", false)
	term.keys("y")
	term.sees("is hidden: its text was shown once")
	if _, err := os.Stat(term.lab.path("clipboard")); err == nil {
		t.Error("a hidden key was copied")
	}
}

func TestE2ERestartedBackendGoesStaleAndRecovers(t *testing.T) {
	s := serve(t, "--listen", "127.0.0.1:0", "--keys", "200")
	address := strings.TrimPrefix(s.listening.URL, "http://")
	term := open(t, 110, 30, s.legacy())
	term.sees("200 of 200 shown")
	s.stop()
	term.keys("r")
	term.sees("STALE", "ap-east-1-asg")
	s.start("--json", "--seed", "1", "--keys", "200", "--listen", address)
	term.misses("STALE")
	term.sees("200 of 200 shown", "updated")
}

func TestE2EDemoShowsTheTableAndUsesMove(t *testing.T) {
	for _, size := range sizes {
		term := open(t, size.w, size.h, nil, "demo", "--still")
		term.sees("[DEMO]", "40 of 40 shown", usedUpKey)
		term.keys("q")
		term.sees("exit 0")
	}
	term := open(t, 110, 60, nil, "demo")
	term.sees("40 of 40 shown")
	before := usesOf(term.screen())
	for end := time.Now().Add(patience); usesOf(term.screen()) == before; time.Sleep(200 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("no connector enrolled")
		}
	}
}

// usesOf returns a screen without its first line, where the age moves.
func usesOf(screen string) string {
	_, rows, _ := strings.Cut(screen, "\n")
	return rows
}
