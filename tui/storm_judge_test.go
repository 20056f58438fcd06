package tui_test

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"provkeys/client"
	"provkeys/tui"
)

// judgeCursor holds the cursor to the key that a person put it on. No filter hides
// that one later: all are about what stays in a name.
func (h *helm) judgeCursor() {
	name := h.cursor()
	id := h.ids[name]
	switch h.now.deed {
	case moves, filters, creates, deletes:
		h.on = id
		return
	}
	switch {
	case h.on == "" || !h.there(h.on):
		h.on = id
	case id != "" && id != h.on && !strings.Contains(name, "storm"): // a key that is made takes the cursor
		h.fault("the cursor was put on %v and is on %s", h.held(h.on)["name"], name)
	}
}

// judgeClipboard holds the clipboard to the key that was asked for last, if anything
// new is on it.
func (h *helm) judgeClipboard() {
	h.clip.mu.Lock()
	n := h.clip.n
	h.clip.mu.Unlock()
	if n == h.copies {
		return
	}
	h.copies = n
	text, held := h.clip.copied(), h.held(h.copied)
	if want, _ := held["provisioningKey"].(string); text != "" && held != nil && text != want {
		h.fault("another key than %s is on the clipboard", h.copied)
	}
}

// judgeWrites holds what was done to the tenant to what was asked for, and the
// journal to what was done.
func (h *helm) judgeWrites() {
	written, rose, made := map[string]int{}, map[client.ID]int{}, map[string]int{}
	for _, w := range h.mock.Writes() {
		if !w.Applied {
			continue
		}
		id, name := client.ID(w.ID), fmt.Sprint(w.After["name"])
		switch limit := fmt.Sprint(w.After["maxUsage"]); {
		case w.Method == http.MethodPost:
			made[name]++
		case w.Method == http.MethodDelete:
			if !h.deleted[id] {
				h.fault("the key %q was deleted, which nobody asked for", w.Before["name"])
			}
		case h.limits[limit] != "":
			if written[limit]++; h.limits[limit] != id {
				h.fault("%s uses were asked for another key than %q, which has them", limit, name)
			}
		default:
			if rose[id]++; fmt.Sprint(w.Before["maxUsage"]) != strconv.Itoa(number(limit)-1) {
				h.fault("max uses of %q became %s, which nobody asked for", name, limit)
			}
		}
	}
	for what, n := range written {
		if n > 1 {
			h.fault("max uses became %s %d times", what, n)
		}
	}
	for name, n := range made {
		if n > 1 {
			h.fault("%q was made %d times", name, n)
		}
	}
	for id, n := range rose {
		if n > h.raised[id] {
			h.fault("%s was raised %d times and asked to be %d times", id, n, h.raised[id])
		}
	}
	for _, d := range h.journal.of(tui.DeedRaised) {
		if to := strconv.FormatInt(d.To, 10); h.limits[to] != "" && written[to] == 0 {
			h.fault("the journal has a raise of %q to %s that was not done", d.Name, to)
		}
	}
}

func number(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}

// leaves quits in the middle of the storm.
func (h *helm) leaves() {
	for range 5 {
		if h.inDialog() {
			h.press(esc)
		}
	}
	_, err := h.leave()
	var unfinished *tui.UnfinishedError
	if err != nil && !errors.As(err, &unfinished) {
		h.fault("the console ended with: %v", err)
	}
}

// calm ends the storm and holds the screen to the tenant, once it says that all is
// there: it comes to that by itself.
func (h *helm) calm() {
	if err := h.mock.SetFaults(nil); err != nil {
		h.t.Fatal(err)
	}
	for range 5 {
		if h.inDialog() {
			h.press(esc)
		}
	}
	h.press("/", "\x15", enter)
	h.resize(200, len(h.mock.KeyNames())+40)
	whole := func() bool {
		keys := len(h.mock.KeyNames()) // what was sent last may be done only now
		return strings.Contains(h.text(), fmt.Sprintf("%d of %d shown", keys, keys)) && !strings.Contains(h.text(), "STALE")
	}
	// A sign-in whose answer was lost may have been refused, and is not repeated at once.
	for range 12 {
		if h.pass(time.Minute); whole() {
			break
		}
	}
	if !whole() {
		h.fault("it is calm, and not every one of %d keys is there", len(h.mock.KeyNames()))
	}
	for _, name := range h.mock.KeyNames() {
		if !stormPlain.MatchString(name) {
			continue
		}
		_, id, _ := h.mock.FindKey(name)
		held := h.held(client.ID(id))
		uses := fmt.Sprintf(" %v/%v ", held["usageCount"], held["maxUsage"])
		if row := h.line(" " + name + " "); !strings.Contains(row, uses) {
			h.fault("the tenant holds%sfor %q, and the screen says %q", uses, name, row)
		}
	}
}
