package tui_test

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"provkeys/mockserver"
)

// TestNoSecretReachesTheScreen presses every key there is in every situation
// that has words of its own, and searches the whole stream that went to the
// terminal, past frames included, for key texts and credentials.
func TestNoSecretReachesTheScreen(t *testing.T) {
	run(t, setup{mock: mockserver.Options{Keys: 60}}, func(c *console) {
		var secrets []string
		for _, name := range []string{"ap-east-1-asg", "ap-east-1-blue"} {
			kind, id, _ := c.mock.FindKey(name)
			secrets = append(secrets, c.field(kind, id, "provisioningKey"))
		}
		secrets = append(secrets, c.mock.Credentials().ClientSecret)
		tour(c)
		// A server that throws everything back.
		echo := fmt.Sprintf(`{"id":"x","reason":"%s","params":["%s"]}`, strings.Join(secrets, " "), secrets[0])
		for _, status := range []int{400, 500} {
			c.wire.breakWith(answer("provisioningKey", status, echo))
			tour(c)
			c.pass(time.Minute)
		}
		c.wire.breakWith(func(*http.Request) (*http.Response, error) { return nil, fmt.Errorf("broken: %s", secrets) })
		tour(c)
		c.wire.breakWith(nil)
		if c.clip.copied() == "" {
			t.Fatal("the tour copied nothing: it proves nothing")
		}
		stream := c.bytes()
		for i, secret := range secrets {
			for what, form := range map[string]string{
				"plain": secret, "base64": base64.StdEncoding.EncodeToString([]byte(secret)), "hex": hex.EncodeToString([]byte(secret)),
			} {
				for at := 0; at+24 <= len(form); at += 24 {
					if strings.Contains(stream, form[at:at+24]) {
						t.Fatalf("secret %d, %s, from character %d on, was on the screen", i, what, at)
					}
				}
			}
		}
	})
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
		c.press("!", "O", "O", "s", "u", "S", "?", esc, "e")
		c.typed("+1")
		c.press(enter)
		c.pass(10 * time.Second)
		c.press(esc, "E", enter)
		c.pass(10 * time.Second)
		c.press(esc, "r", ":")
		c.typed("nonsense")
		c.press(enter, esc, tab, shiftTab, esc)
	}
}
