package tui_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"

	"provkeys/tui"
	"provkeys/tui/internal/watched"
	"provkeys/tui/style"
	"provkeys/tui/style/hostile"
)

// named is an App Connector key as the server sends it.
func named(id, name, group, certificate string) map[string]any {
	return map[string]any{
		"id": id, "name": name, "enabled": true, "exportable": true, "usageCount": "90", "maxUsage": "100",
		"zcomponentId": "1", "zcomponentName": group, "enrollmentCertId": "6573", "enrollmentCertName": certificate,
		"modifiedBy": group, "ipAcl": []string{certificate}, "provisioningKey": "3|mock.example|" + strings.Repeat("A", 384),
	}
}

// serve answers with keys, and each of them with itself.
func serve(t *testing.T, keys ...map[string]any) func(*http.Request) (*http.Response, error) {
	t.Helper()
	body := func(value any) string {
		out, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	}
	return func(r *http.Request) (*http.Response, error) {
		path, id, single := strings.Cut(r.URL.Path, "/provisioningKey/")
		switch {
		case single:
			for _, k := range keys {
				if k["id"] == id {
					return answer("", http.StatusOK, body(k))(r)
				}
			}
			return nil, nil
		case !strings.HasSuffix(path, "/provisioningKey"):
			return nil, nil
		case !strings.Contains(path, "/CONNECTOR_GRP/"):
			return answer("", http.StatusOK, `{"totalPages":"0","list":[]}`)(r)
		}
		return answer("", http.StatusOK, body(map[string]any{"totalPages": "1", "list": keys}))(r)
	}
}

// obeyed fails the test if the terminal was told to do anything but draw.
func (c *console) obeyed(what string) {
	c.t.Helper()
	c.onTerminal()
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.told.titles)+len(c.told.clipboards)+c.told.bells > 0 {
		c.t.Errorf("%s: the terminal was told %+v", what, c.told)
	}
	c.told.titles, c.told.clipboards, c.told.bells = nil, nil, 0
}

// at returns the cell in which part begins in a line of the screen.
func (c *console) at(y int, part string) int {
	c.onTerminal()
	c.mu.Lock()
	defer c.mu.Unlock()
	var cells []string
	for x := range c.screen.Width() {
		content := " "
		if cell := c.screen.CellAt(x, y); cell != nil {
			content = cell.Content
		}
		cells = append(cells, content)
	}
	for x := range cells {
		if strings.HasPrefix(strings.Join(cells[x:], ""), part) {
			return x
		}
	}
	return -1
}

func TestHostileNamesDoNothingInTheTable(t *testing.T) {
	t.Parallel()
	names := hostile.Names()
	keys := make([]map[string]any, 0, len(names))
	for i, n := range names {
		keys = append(keys, named(strconv.Itoa(1000+i), n.Text, names[(i+1)%len(names)].Text, names[(i+2)%len(names)].Text))
	}
	h := 9*len(keys) + 11
	run(t, setup{terminal: true, w: 160, h: h, before: serve(t, keys...)}, func(c *console) {
		c.sees(strconv.Itoa(len(keys)) + " of " + strconv.Itoa(len(keys)) + " shown")
		c.press("O")
		c.obeyed("the table")
		uses, head := 0, c.at(4, "USES")
		for y := range h {
			switch at := c.at(y, "█████████░ 90/100"); {
			case at < 0:
			case at != head:
				t.Errorf("the uses stand at cell %d of line %d, under a head at %d", at, y, head)
			default:
				uses++
			}
		}
		if uses != len(keys) {
			t.Errorf("%d rows of %d are whole", uses, len(keys))
		}
		text := c.text()
		for _, n := range names {
			if n.Shown != "" && !strings.Contains(text, "certificate  "+n.Shown+", valid until") && asSent(n) {
				t.Errorf("%s: not shown as %q", n.What, n.Shown)
			}
		}
		if got := strings.Count(text, "\n     certificate  "); got != len(keys) {
			t.Errorf("%d rows have their details, want %d", got, len(keys))
		}
	})
}

func quoted(text string) string {
	out, _ := json.Marshal(text)
	return string(out)
}

// asSent reports whether a name survives JSON: bad bytes do not.
func asSent(n hostile.Name) bool {
	var back string
	return json.Unmarshal([]byte(quoted(n.Text)), &back) == nil && back == n.Text
}

func TestHostileNamesDoNothingInWordsAndTitles(t *testing.T) {
	t.Parallel()
	for i, n := range hostile.Names() {
		if !asSent(n) || i%watched.Step(6) > 0 {
			continue
		}
		t.Run(n.What, func(t *testing.T) {
			key := named("1000", n.Text, n.Text, n.Text)
			run(t, setup{terminal: true, w: 120, h: 14, copies: byCommand, before: serve(t, key), opts: tui.Options{Tenant: n.Text}}, func(c *console) {
				if first := c.line("[RW]"); !strings.Contains(first, strings.TrimSpace(n.Shown)) {
					t.Errorf("the header is %q", first)
				}
				c.press("y")
				// A word that begins with a mark loses it where lines are broken.
				c.sees(strings.Join(style.Wrap(style.Truncate(n.Shown, 24)+": Handed to your clipboard command.", 118), " "))
				c.obeyed("a copy")
				c.press("e")
				c.sees("Edit " + style.Truncate(n.Shown, 24))
				c.press(esc)
				used := named("1000", n.Text, n.Text, n.Text)
				used["usageCount"] = "100"
				c.wire.breakWith(serve(t, used))
				c.press("r", "E")
				c.sees("Raise and copy")
				c.press(esc, "r")
				c.obeyed("the dialogs")
				c.wire.breakWith(answer("/provisioningKey", http.StatusBadRequest, `{"id":"x","reason":`+quoted(n.Text)+`}`))
				c.press("r")
				c.obeyed("a reason")
				says, err := c.leave()
				if err != nil || says != strings.TrimSpace(n.Shown+" went to your clipboard command; provkeys cannot clear it from here.") {
					t.Errorf("Run returned %q and %v", says, err)
				}
				c.obeyed("leaving")
				if words := (&tui.UnfinishedError{Names: []string{n.Text}}).Error(); words != style.Sanitize(words) {
					t.Errorf("the error is %q", words)
				}
			})
		})
	}
}

func TestHostileConnectorsDoNothing(t *testing.T) {
	t.Parallel()
	enrolled := func(connector string, uses int) func(*http.Request) (*http.Response, error) {
		key := named("1000", "ap-east-1-asg", "AP East 1", "Connector")
		key["maxUsage"], key["usageCount"] = "1000", strconv.Itoa(uses)
		keys := serve(t, key)
		connectors := answer("/connector", http.StatusOK, `{"totalPages":"1","list":[{"id":"1","name":`+quoted(connector)+`,"provisioningKeyId":"1000"}]}`)
		return func(r *http.Request) (*http.Response, error) {
			if resp, err := connectors(r); resp != nil {
				return resp, err
			}
			return keys(r)
		}
	}
	run(t, setup{terminal: true, before: enrolled("", 90)}, func(c *console) {
		uses := 90
		for i, n := range hostile.Names() {
			if !asSent(n) || n.Shown == "" || i%watched.Step(4) > 0 {
				continue
			}
			uses++
			c.press("y")
			c.wire.breakWith(enrolled(n.Text, uses))
			c.pass(11 * time.Second)
			c.sees("ap-east-1-asg was used: " + strconv.Itoa(uses) + " of 1000. " + strings.Join(style.Wrap(n.Shown+" enrolled.", 118), " "))
			c.obeyed(n.What)
		}
	})
}

// TestTheEmulatorIsNotBlind writes the names as they are to the same kind of
// emulator: the tests above would prove nothing if it took no notice.
func TestTheEmulatorIsNotBlind(t *testing.T) {
	t.Parallel()
	effects := map[string]int{}
	for _, n := range hostile.Names() {
		var told doings
		e := vt.NewEmulator(40, 4)
		told.listen(e)
		go func() { _, _ = io.Copy(io.Discard, e) }()
		_, _ = e.WriteString("above\r\n" + n.Text + "|below")
		if len(told.titles) > 0 {
			effects["title"]++
		}
		if len(told.clipboards) > 0 {
			effects["clipboard"]++
		}
		if told.bells > 0 {
			effects["bell"]++
		}
		if !strings.Contains(e.String(), "above\n"+n.Shown+"|below") && asSent(n) {
			effects["layout"]++
		}
	}
	for _, effect := range []string{"title", "clipboard", "bell", "layout"} {
		if effects[effect] == 0 {
			t.Errorf("no name does anything to the %s: %v", effect, effects)
		}
	}
	t.Logf("written raw: %v", effects)
}
