package tui_test

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"provkeys/tui/internal/watched"
	"provkeys/tui/style/hostile"
)

// hostileTenant answers with hostile names wherever a tenant has names.
func hostileTenant(t *testing.T) func(*http.Request) (*http.Response, error) {
	t.Helper()
	var keys, groups, certificates, machines []map[string]any
	for i, n := range hostile.Names() {
		id := strconv.Itoa(1000 + i)
		k := named(id, n.Text, n.Text, n.Text)
		k["zcomponentId"] = id
		keys = append(keys, k)
		groups = append(groups, map[string]any{"id": id, "name": n.Text, "enabled": i%2 == 0})
		certificates = append(certificates, map[string]any{"id": id, "name": n.Text, "allowSigning": true, "validToInEpochSec": "4102444800"})
		machines = append(machines, map[string]any{"id": id, "name": n.Text, "provisioningKeyId": "1009"})
	}
	onKeys := serve(t, keys...)
	return func(r *http.Request) (*http.Response, error) {
		for part, list := range map[string][]map[string]any{"appConnectorGroup": groups, "enrollmentCert": certificates, "/connector": machines} {
			if strings.Contains(r.URL.Path, part) {
				body, err := json.Marshal(map[string]any{"totalPages": "1", "list": list})
				if err != nil {
					t.Error(err)
				}
				return answer("", http.StatusOK, string(body))(r)
			}
		}
		if strings.Contains(r.URL.Path, "/provisioningKey") && r.Method != http.MethodGet {
			return answer("", http.StatusBadRequest, `{"id":"x","reason":"\u001b]0;owned\u0007\u009b31m","params":["\u001b[2J"]}`)(r)
		}
		return onKeys(r)
	}
}

func TestHostileNamesDoNothingInTheDialogsThatWrite(t *testing.T) {
	t.Parallel()
	run(t, setup{terminal: true, w: 80, h: 24, before: hostileTenant(t)}, func(c *console) {
		for i := 0; i < 3; i += watched.Step(3) {
			c.press("\x06", "e", tab, tab) // a page further
			for range 8 {
				c.press("\x1b[6~") // through the certificates
			}
			c.typed("7") // searches them
			c.press(shiftTab, shiftTab)
			c.typed("200")
			c.press(enter)
			c.pass(time.Second)
			c.press(esc, "N")
			c.pass(time.Second)
			c.press(shiftTab)
			for range 8 {
				c.press("\x1b[6~") // through the groups
			}
			c.press(enter, esc, esc, esc, "D")
			c.pass(time.Second)
			c.press("x", enter, esc)
			c.obeyed(c.line("▸"))
		}
		c.press("*", "E", "1", enter)
		c.pass(5 * time.Minute)
		c.tells("failed")
		c.press("\x1b[6~", "\x1b[6~", enter, enter, enter)
		c.obeyed("all at once")
		for _, raw := range []string{"\x1b]0;", "\x1b]52;", "\x1b[2J\x1b[Hy", "\u009b", "\u009d", "\u202e"} {
			if strings.Contains(c.bytes(), raw) {
				t.Errorf("%q went to the terminal", raw)
			}
		}
	})
}
