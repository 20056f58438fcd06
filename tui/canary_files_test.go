package tui_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"provkeys/tui"
)

// TestNoSecretReachesTheScreenOnItsWayIntoAFile inspects and downloads in every
// way, with a backend that works and with ones that throw everything back, and
// searches the whole stream that went to the terminal. The journal is searched
// too.
func TestNoSecretReachesTheScreenOnItsWayIntoAFile(t *testing.T) {
	t.Parallel()
	for name, backend := range map[string]func(text string) func(*http.Request) (*http.Response, error){
		"works": nil,
		"echoes": func(text string) func(*http.Request) (*http.Response, error) {
			return answer("", 400, fmt.Sprintf(`{"id":"x","reason":"%s","params":["%s"]}`, text, text))
		},
		"breaks": func(text string) func(*http.Request) (*http.Response, error) {
			return func(*http.Request) (*http.Response, error) { return nil, fmt.Errorf("broken: %s", text) }
		},
	} {
		t.Run(name, func(t *testing.T) {
			files, memory := &fakeDownloads{}, &fakeMemory{}
			s := setup{terminal: true, deps: func(_ *console, d *tui.Deps) { d.Downloads, d.Memory = files, memory }}
			run(t, s, func(c *console) {
				c.find(asg)
				text := c.asgText()
				if backend != nil {
					c.wire.breakWith(backend(text))
				}
				tourOfInspecting(c, text)
				tourOfDownloads(c)
				if _, n := files.last(); (n == 4) != (backend == nil) {
					t.Fatalf("the tour wrote %d files: it proves nothing", n)
				}
				findSecrets(t, c.bytes()+fmt.Sprintf("%+v", c.journal.deeds), []string{text, typedPassphrase})
			})
		})
	}
}

// tourOfInspecting pastes a text as it is, damaged and in a log.
func tourOfInspecting(c *console, text string) {
	c.t.Helper()
	log := "Login request failed - http status(401) nonce(<" + text + "...>) fingerprint(<oXaN4RRiMc...>)\n"
	for _, paste := range []string{text, text[:200] + " " + text[200:], text[1:], text + text, log} {
		c.press("i", pasted(paste), enter)
		c.sees("Inspect")
		c.pass(20 * time.Second)
		c.sees("esc close")
		c.press(down, "G", esc)
	}
	c.press("i")
	c.write(text) // as from a terminal without bracketed paste
	c.pass(time.Second)
	c.press(enter, esc)
}

// tourOfDownloads downloads the key under the cursor in every way.
func tourOfDownloads(c *console) {
	c.t.Helper()
	for _, offer := range []string{"m", "p", "r", "t"} {
		c.press("o", offer)
		switch offer {
		case "p":
			c.press(pasted(typedPassphrase), tab, pasted(typedPassphrase))
		case "r":
			c.press(pasted("age1good"))
		}
		c.press(enter, "y") // for plain text
		c.pass(70 * time.Second)
		c.press("y", esc) // closes the passphrase, or gives up
	}
}
