package tui

import (
	"fmt"
	"time"

	"provkeys/client"
	"provkeys/tui/style"
)

// counts returns how many keys were done, how many failed and how many had no turn.
func (d *bulkDialog) counts() (done, failed, left int) {
	for _, r := range d.job.results {
		if r.failed {
			failed++
		} else {
			done++
		}
	}
	return done, failed, len(d.keys) - len(d.job.results)
}

// summary says what became of all, in one sentence.
func (d *bulkDialog) summary() string {
	done, failed, left := d.counts()
	words := fmt.Sprintf("%d of %d %s", done, len(d.keys), d.deed.past())
	if failed > 0 {
		words += fmt.Sprintf(", %d failed", failed)
	}
	if left > 0 {
		words += fmt.Sprintf(", %d not begun", left)
	}
	return words + "."
}

// resultLines lists every key and what became of it, each on lines of its own:
// what failed goes first, what was not begun last.
func (d *bulkDialog) resultLines(w int, th style.Theme) []string {
	var failed, lines []string
	for _, r := range d.job.results {
		if r.failed {
			failed = append(failed, r.lines(w, th)...)
		} else {
			lines = append(lines, r.lines(w, th)...)
		}
	}
	lines = append(failed, lines...)
	for _, k := range d.keys[len(d.job.results):] {
		lines = append(lines, resultLine(k, "not begun", w, th.Faint)...)
	}
	return lines
}

// lines returns what became of one key.
func (r bulkResult) lines(w int, th style.Theme) []string {
	look := th.Text
	if r.failed {
		look = th.ToastBad
	}
	return resultLine(r.key, r.words, w, look)
}

// resultLine is a name and what became of it; what is too long goes on below.
func resultLine(k client.Key, words string, w int, look style.Style) []string {
	var lines []string
	for i, part := range style.Wrap(called(k.Name)+": "+style.Sanitize(words), max(w-2, 1)) {
		if i > 0 {
			part = "  " + part
		}
		lines = append(lines, look.Render(style.Truncate(part, w)))
	}
	return lines
}

// resultHeight returns how many lines of results fit.
func (d *bulkDialog) resultHeight(w, h int) int { return max(h-2-len(d.head(w)), 1) }

// head is what stands above the results.
func (d *bulkDialog) head(w int) []string {
	if d.job.made.IsZero() {
		return style.Wrap(d.summary(), w)
	}
	return wrapped([]string{d.summary(), "The passphrase of the files, which is not shown again:", d.job.made.Reveal()}, w)
}

// view draws the dialog in at most h lines.
func (m *Model) bulkView(w, h int) []string {
	d, th := &m.bulk, m.theme
	switch d.stage {
	case bulkChoosing:
		return d.offers.viewOver(keysLine(w, th, "enter", "go on", "esc", "cancel"), w, h, th)
	case bulkAsking:
		return d.question(w, h, th)
	case bulkRunning:
		return overKeys(m.progress(w, h-2), busyLine(w, th, d.stopWords()), h)
	}
	lines := d.resultLines(w, th)
	height := d.resultHeight(w, h)
	top := min(d.top, max(len(lines)-height, 0)) // the screen may have grown since
	shown := append(d.head(w), lines[top:min(top+height, len(lines))]...)
	keys := []string{"enter", "close"}
	if !d.job.made.IsZero() {
		keys = []string{"y", "I have it: close"}
	}
	if len(lines) > height {
		keys = append(keys, th.Glyphs.Arrows(), fmt.Sprintf("%d–%d of %d", top+1, min(top+height, len(lines)), len(lines)))
	}
	return overKeys(shown, keysLine(w, th, keys...), h)
}

// question asks how much, or whether really. What is to be known before comes in
// the order in which it matters, as much as there is room for, and then the names.
func (d *bulkDialog) question(w, h int, th style.Theme) []string {
	fields := d.form.View(w, max(h-3, 1), th)
	keys := keysLine(w, th, "enter", d.deed.verb(), "esc", "cancel")
	if d.form.Len() == 0 {
		keys = keysLine(w, th, "y", d.deed.verb()+" them", "esc", "cancel")
	}
	room := h - 1 - len(fields) // above the keys
	var lines []string
	for _, sentence := range d.about {
		if part := style.Wrap(sentence, w); len(lines)+len(part) <= room {
			lines = append(lines, part...)
		}
	}
	if left := room - len(lines) - 2; left > 0 { // and blank lines
		lines = append(lines, named(d.keys, w, min(left, 4))...)
	}
	if len(fields) > 0 && len(lines) > 0 && len(lines) < room {
		lines = append(lines, "")
	}
	return overKeys(append(lines, fields...), keys, h)
}

func (d *bulkDialog) stopWords() string {
	if d.job.stopped {
		return "stopping: the one that was begun is finished"
	}
	return "esc stops before the next one"
}

// progress says how far it is, which key's turn it is and what is waited for.
func (m *Model) progress(w, h int) []string {
	d, th := &m.bulk, m.theme
	at := len(d.job.results)
	far := fmt.Sprintf("%d of %d", at, len(d.keys))
	if !m.opts.Plain {
		full, empty := style.Bar(th.Glyphs, float64(at)/float64(len(d.keys)), min(30, max(w-12, 1)))
		far = full + empty + " " + far
	}
	lines := []string{style.Truncate(far, w)}
	if at < len(d.keys) {
		now := called(d.keys[at].Name)
		if wait := m.waitUntil.Sub(m.now); wait > 0 {
			now += fmt.Sprintf(" · waiting %s: %s", span(wait+time.Second-1), m.waitWhy)
		}
		lines = append(lines, style.Truncate(now, w))
	}
	// What came last shows as far as there is room, its failures in their colour.
	var past []string
	for _, r := range d.job.results {
		past = append(past, r.lines(w, th)...)
	}
	if room := h - len(lines) - 1; room > 0 && len(past) > 0 {
		lines = append(append(lines, ""), past[max(0, len(past)-room):]...)
	}
	return lines
}
