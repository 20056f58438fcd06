package tui

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/client/deploy"
	"provkeys/tui/clipboard"
	"provkeys/tui/style"
)

// copyChecked reads the key again, asks the copy function again, as whyNoCopy
// did, and copies, so that what is copied will enrol.
func (m *Model) copyChecked() tea.Cmd {
	if len(m.keys.marks) > 0 {
		return m.copyMarked()
	}
	k, _ := m.keys.current()
	m.keys.took()
	return m.copyFresh(k, "")
}

func (m *Model) copyFresh(k client.Key, form deploy.Form) tea.Cmd {
	ctx, gen := m.act.begin(m.ctx)
	return tea.Batch(m.sayUntil(toneInfo, "Checking "+called(k.Name)+"… esc gives it up.", actionTimeout),
		m.effects.fetchForCopy(ctx, gen, k, form, m.loads.certs.IsZero()))
}

// copyLoaded copies what was loaded, for when the backend is away. A key that
// was blocked when it was loaded stays blocked: whyNoCopy says so before.
func (m *Model) copyLoaded() tea.Cmd {
	k, _ := m.keys.current()
	m.keys.took()
	ctx, gen := m.act.begin(m.ctx)
	return m.handOver(ctx, textCopiedMsg{gen: gen, key: k, also: "Its uses were not checked again: " + m.sinceWords(k.Kind) + "."})
}

// fetched goes on with a copy once the key was read again.
func (m *Model) fetched(msg keyFetchedMsg) tea.Cmd {
	if msg.gen != m.act.gen {
		return nil
	}
	m.act.busy = false
	k, why := m.readFresh(msg, "Not copied: ", m.loadedWords(msg.form))
	if why != "" {
		return m.say(toneBad, why)
	}
	ctx, gen := m.act.begin(m.ctx)
	return m.handOver(ctx, textCopiedMsg{gen: gen, key: k, form: msg.form, checked: msg.err == nil, also: uncheckedWords(msg)})
}

// readFresh takes in a key that was read again before its text is handed on, and
// returns it as it is now, or why its text stays here: not begins the reason, and
// instead is what helps while the backend is away.
func (m *Model) readFresh(msg keyFetchedMsg, not, instead string) (k client.Key, why string) {
	name := called(msg.asked.Name)
	switch {
	case errors.Is(msg.err, client.ErrNotFound):
		m.forget(msg.asked)
		return k, fmt.Sprintf("%s%s is gone, somebody deleted it.", not, name)
	case msg.err != nil && msg.asked.Fresh:
		// Its text is at hand now or never.
		if b := msg.asked.CopyBlock(m.now); b != nil {
			return msg.asked, m.blockedWords(msg.asked, b)
		}
		return msg.asked, ""
	case errors.Is(msg.err, client.ErrUnavailable), errors.Is(msg.err, client.ErrRateLimited):
		return k, fmt.Sprintf("%sthe uses of %s could not be checked, %s.%s %s",
			not, name, m.sinceWords(msg.asked.Kind), instead, failure(msg.err))
	case msg.err != nil:
		return k, not + failure(msg.err)
	}
	if msg.certificates != nil || msg.certificatesErr != nil {
		m.joinCertificates(msg.certificates, msg.certificatesErr)
	}
	m.takeIn(msg.key)
	k, _ = m.keys.catalog.Get(msg.key.Ref())
	if msg.key.Fresh { // the catalog never has the text of a hidden key
		k.Fresh, k.Text, k.Hint = true, msg.key.Text, msg.key.Hint
	}
	if b := k.CopyBlock(m.now); b != nil {
		return k, m.blockedWords(k, b)
	}
	if err := m.loads.certsErr; m.loads.certs.IsZero() && err != nil && !errors.Is(err, client.ErrPermission) {
		return k, fmt.Sprintf("%swhether the signing certificate of %s is still valid could not be checked.%s %s",
			not, name, instead, failure(err))
	}
	return k, ""
}

// uncheckedWords says of a key that was just made that it could not be read again.
func uncheckedWords(msg keyFetchedMsg) string {
	if msg.err == nil {
		return ""
	}
	return "It could not be checked again since it was made."
}

// handed is a copy that is being made.
type handed struct {
	gen    int
	ref    client.Ref
	name   string
	secret bool // the key's text is in it
}

// handOver has a text written to the clipboard; what became of it comes with
// the message.
func (m *Model) handOver(ctx context.Context, copied textCopiedMsg) tea.Cmd {
	m.writes++
	m.handed = handed{gen: copied.gen, ref: copied.key.Ref(), name: copied.key.Name, secret: copied.form.Secret()}
	return m.effects.writeClipboard(ctx, m.question, copied)
}

// copied takes over what was copied and says what is known of it. A copy that
// a person gave up too late is there all the same.
func (m *Model) copied(msg textCopiedMsg) tea.Cmd {
	m.writes--
	current := msg.gen == m.act.gen
	if current {
		m.act.busy = false
	}
	name := msg.what()
	switch {
	case errors.Is(msg.err, context.Canceled), msg.err != nil && !current:
		return nil
	case msg.err != nil:
		return m.say(toneBad, join(msg.also, name+": "+failure(msg.err)))
	}
	o := msg.copied.Outcome
	done := m.hold(msg)
	if msg.form.Secret() { // else nobody has the key from it
		if o.Evidence != clipboard.EvidenceDiffers {
			m.create.wasCopied(msg.key)
		}
		done = tea.Batch(done, m.textsLeft(msg, Deed{Action: DeedCopied, Route: o.RouteWords(), Evidence: o.Evidence.String()}))
	}
	if m.act.busy || msg.number < m.held.number {
		return done // something newer has the word
	}
	words, tone := join(name+": "+o.WordsOr(m.opts.ClearAfter, true, m.otherWays(msg.key, msg.form)), msg.also), toneGood
	if o.Evidence == clipboard.EvidenceDiffers {
		tone = toneBad
	}
	if len(msg.keys()) == 1 {
		words = join(words, m.copyWarnings(msg.key))
	}
	if m.loads.certs.IsZero() {
		words += " Whether its signing certificate is still valid is not known here."
	}
	return tea.Batch(done, m.say(tone, words))
}

// copyWarnings says what is odd about a key whose text is handed on.
func (m *Model) copyWarnings(k client.Key) string {
	words := ""
	for _, warning := range k.CopyWarnings(m.tenantKeys()) {
		words = join(words, style.Sanitize(warning))
	}
	return words
}

// whyNoCopy asks the copy function and the clipboard's plan.
func (m *Model) whyNoCopy() string {
	if len(m.keys.marks) > 0 && len(m.plan.Steps) > 0 {
		return "" // each of them is asked
	}
	return m.whyNoOneCopy()
}

// whyNoOneCopy asks about the key under the cursor.
func (m *Model) whyNoOneCopy() string {
	if why := m.whyNoKey(); why != "" {
		return why
	}
	k, _ := m.keys.current()
	if b := k.CopyBlock(m.now); b != nil {
		return m.blockedWords(k, b)
	}
	if len(m.plan.Steps) == 0 {
		return "Not copied: " + m.plan.Why + "."
	}
	return ""
}

// whyNoRaise says why raising the key by one would not make it copyable.
func (m *Model) whyNoRaise() string {
	if len(m.keys.marks) > 0 {
		return ""
	}
	if why := m.whyNoOneEdit(); why != "" {
		return why
	}
	k, _ := m.keys.current()
	switch b := k.CopyBlock(m.now); {
	case b == nil:
		return fmt.Sprintf("%s can be copied as it is: %s copies it.", called(k.Name), m.keymap.of("copy"))
	case !b.RaiseHelps:
		return m.blockedWords(k, b)
	}
	return ""
}

func (m *Model) openRaise() tea.Cmd {
	if len(m.keys.marks) > 0 {
		return m.openBulkRaise()
	}
	k, _ := m.keys.current()
	m.openConfirm(confirmDialog{
		title:  "Raise and copy",
		lines:  []string{fmt.Sprintf("Raise %s from %d to %d and copy?", called(k.Name), k.MaxUses, k.MaxUses+1)},
		button: "raise and copy",
		action: confirmRaise,
		key:    k,
	})
	return nil
}

// raised goes on with the copy after a raise.
func (m *Model) raised(msg keyRaisedMsg) tea.Cmd {
	m.heard(msg.seen.Name)
	if msg.gen == m.act.gen {
		m.act.busy = false
	}
	name := called(msg.seen.Name)
	var still *client.BlockedError
	switch {
	case errors.As(msg.err, &still):
		m.takeIn(still.Now)
		return m.say(toneBad, "Not raised: "+m.blockedWords(still.Now, still.Block))
	case msg.err != nil:
		return m.changeFailed(msg.seen, "raised", msg.err)
	}
	undone, recorded := m.wroteKey(msg.updated)
	raised := join(fmt.Sprintf("%s raised from %d to %d.", name, msg.updated.Before.MaxUses, msg.updated.After.MaxUses), undone)
	if msg.gen != m.act.gen {
		return tea.Batch(recorded, m.say(toneGood, raised))
	}
	k, _ := m.keys.catalog.Get(msg.seen.Ref())
	if b := k.CopyBlock(m.now); b != nil {
		return tea.Batch(recorded, m.say(toneBad, raised+" Not copied: "+m.blockedWords(k, b)))
	}
	ctx, gen := m.act.begin(m.ctx)
	return tea.Batch(recorded, m.say(toneGood, raised), m.handOver(ctx, textCopiedMsg{gen: gen, key: k, checked: true, also: raised}))
}
