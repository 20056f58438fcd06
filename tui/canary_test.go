package tui_test

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"provkeys/mockserver"
	"provkeys/tui/clipboard"
	"provkeys/tui/internal/watched"
)

// TestNoSecretReachesTheScreen presses every key there is in every situation
// that has words of its own, and searches the whole stream that went to the
// terminal, past frames included, for key texts and credentials. The journal and
// the farewell are searched too.
func TestNoSecretReachesTheScreen(t *testing.T) {
	t.Parallel()
	for i, test := range []struct {
		name    string
		copies  clipboard.Outcome
		answers string
		form    func(string) string // of what may be sent, nil for nothing
	}{
		{name: "desktop"},
		{name: "tmux", copies: passedOn},
		{name: "not confirmed", copies: unequal},
		{name: "through the terminal", copies: byOSC52, answers: answersXterm, form: func(s string) string { return s }},
		{name: "through GNU screen", copies: byOSC52, answers: answersScreen, form: inPieces},
		{name: "through tmux", copies: byOSC52, answers: answersTmux, form: throughTmux},
	} {
		if i%watched.Step(3) > 0 {
			continue
		}
		t.Run(test.name, func(t *testing.T) {
			var s suspensions
			set := s.setup(test.copies, 45*time.Second)
			set.mock = mockserver.Options{Keys: 60}
			set.opts.Refresh, set.opts.MaskAlways = 30*time.Second, true // V shows a text elsewhere
			set.w, set.h = 120, 18                                       // what a frame costs is its cells
			if test.copies != (clipboard.Outcome{}) {
				set.w, set.h = 60, 14 // another layout
			}
			run(t, set, func(c *console) {
				c.press(test.answers)
				secrets := fullTour(c, test.copies == clipboard.Outcome{})
				farewell, _ := c.leave()
				stream := c.bytes()
				if test.form != nil {
					sent := test.form(osc52(secrets[0]))
					if !strings.Contains(stream, sent) {
						t.Fatal("the tour sent nothing: it proves nothing")
					}
					stream = strings.ReplaceAll(stream, sent, "")
					stream = strings.ReplaceAll(stream, test.form(osc52(secrets[1])), "")
				} else if c.clip.n == 0 {
					t.Fatal("the tour copied nothing: it proves nothing")
				}
				if farewell == "" || len(c.journal.deeds) == 0 {
					t.Fatal("the tour left no traces: it proves nothing")
				}
				findSecrets(t, stream+farewell+fmt.Sprintf("%+v", c.journal.deeds), secrets)
			})
		})
	}
}

// fullTour takes the tour with a backend that works and with one that throws
// everything back, and returns the secrets. The short one is for a clipboard
// whose words alone are new.
func fullTour(c *console, whole bool) []string {
	c.t.Helper()
	var secrets []string
	for _, name := range []string{"ap-east-1-asg", "ap-east-1-blue"} {
		kind, id, _ := c.mock.FindKey(name)
		secrets = append(secrets, c.field(kind, id, "provisioningKey"))
	}
	secrets = append(secrets, c.mock.Credentials().ClientSecret)
	tour(c)
	if whole {
		for _, form := range letters() {
			c.find("ap-east-1-asg")
			c.press("Y", form)
			c.sees("ap-east-1-asg as ")
		}
		echo := fmt.Sprintf(`{"id":"x","reason":"%s","params":["%s"]}`, strings.Join(secrets, " "), secrets[0])
		for _, status := range []int{400, 500} {
			c.wire.breakWith(answer("provisioningKey", status, echo))
			tour(c)
			c.pass(time.Minute)
		}
		c.wire.breakWith(func(*http.Request) (*http.Response, error) { return nil, fmt.Errorf("broken: %s", secrets) })
		tour(c)
		c.wire.breakWith(nil)
		c.pass(time.Minute)
	}
	c.journal.err = errors.New("the disk is full")
	c.find("ap-east-1-asg")
	c.press("!")
	c.settle()
	return secrets
}

// findSecrets fails the test if any part of a secret is in the text.
func findSecrets(t *testing.T, text string, secrets []string) {
	t.Helper()
	for i, secret := range secrets {
		for what, form := range map[string]string{
			"plain": secret, "base64": base64.StdEncoding.EncodeToString([]byte(secret)), "hex": hex.EncodeToString([]byte(secret)),
		} {
			for at := 0; at+24 <= len(form); at += 24 {
				if strings.Contains(text, form[at:at+24]) {
					t.Fatalf("secret %d, %s, from character %d on, came out", i, what, at)
				}
			}
		}
	}
}

// tour presses what changes the screen, on a key that copies and on one that
// does not.
func tour(c *console) {
	c.t.Helper()
	for _, name := range []string{"ap-east-1-asg", "ap-east-1-blue"} {
		c.press("/", "\x15")
		c.typed("name=" + name)
		c.press(enter, enter, "y")
		c.pass(10 * time.Second)
		c.press("X", "!", ctrlZ, fg)
		_, _ = c.mock.EnrolNext()
		c.pass(50 * time.Second) // used, watched and cleared
		c.press("!", "O", "O", "s", "u", "S", "?", esc, "e")
		c.typed("+1")
		c.press(enter)
		c.pass(10 * time.Second)
		c.press(esc, "E", enter)
		c.pass(10 * time.Second)
		c.press(esc, "r", ":")
		c.typed("nonsense")
		c.press(enter, esc, tab, shiftTab, esc)
		c.press("V", "Y", "j", "G", esc, "Y", "t")
		c.pass(10 * time.Second)
	}
}
