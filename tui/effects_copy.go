package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/tui/clipboard"
)

// writeTimeout bounds what is still written into the journal and the memory when
// the console is left.
const writeTimeout = 200 * time.Millisecond

// writeClipboard hands a key's text or a snippet to the clipboard, one at a time: an older
// copy that was slow must not land on top of a newer one.
func (e effects) writeClipboard(ctx context.Context, q *question, copied textCopiedMsg) tea.Cmd {
	return guard(func() tea.Msg {
		select {
		case n := <-e.turns:
			copied.number = n + 1
		case <-ctx.Done():
			copied.err = ctx.Err()
			return copied
		}
		sending := false
		defer func() {
			if !sending {
				e.turns <- copied.number
			}
		}()
		if copied.err = ctx.Err(); copied.err != nil {
			return copied // its turn came together with its end
		}
		var text client.Secret
		if text, copied.err = copied.text(); copied.err != nil {
			return copied
		}
		copied.copied, copied.err = e.clipboard.Copy(ctx, text, func() clipboard.Terminal { return q.answer(ctx) })
		sequence := copied.copied.Sequence
		switch {
		case copied.err != nil || sequence.IsZero():
			return copied
		case ctx.Err() != nil: // superseded before it was sent
			copied.err = ctx.Err()
			return copied
		}
		sending, copied.copied.Sequence = true, client.Secret{}
		return e.sendSequence(sequence, copied)
	})
}

// sendSequence asks the terminal to copy. The sequence goes out through the
// program's own output, since a second writer would tear the screen, and the
// next copy has its turn once it is on its way.
func (e effects) sendSequence(sequence client.Secret, copied textCopiedMsg) tea.Msg {
	return tea.Sequence(e.send(sequence.Reveal()), func() tea.Msg {
		e.turns <- copied.number
		return copied
	})()
}

// send writes to the terminal as it is.
func (e effects) send(sequence string) tea.Cmd { return tea.Raw(sequence) }

// ask puts the question to the terminal, and ends it where no answer comes.
func (e effects) ask() tea.Cmd {
	return tea.Batch(e.send(clipboard.Question),
		tea.Tick(clipboard.AnswerTime, func(time.Time) tea.Msg { return answerDueMsg{} }))
}

// clear and supersede tell a helper; how it ends is heard by awaitEnding.
func (e effects) clear(l Lease) tea.Cmd {
	return guard(func() tea.Msg {
		l.Clear()
		return nil
	})
}

func (e effects) supersede(l Lease) tea.Cmd {
	if l == nil {
		return nil
	}
	return guard(func() tea.Msg {
		l.Supersede()
		return nil
	})
}

// awaitEnding hears what becomes of a copy that a helper looks after.
func (e effects) awaitEnding(ctx context.Context, number int, l Lease) tea.Cmd {
	if l == nil {
		return nil
	}
	return guard(func() tea.Msg {
		select {
		case ending := <-l.Ended():
			return leaseEndedMsg{number, ending}
		case <-ctx.Done():
			return nil
		}
	})
}

// remember puts a key into the memory, as write has it done.
func (e effects) remember(number int, k client.Key) func() tea.Msg {
	return func() tea.Msg { return rememberedMsg{number, e.memory.Remember(k)} }
}

// record puts a deed into the journal, as write has it done.
func (e effects) record(number int, d Deed) func() tea.Msg {
	return func() tea.Msg { return recordedMsg{number, e.journal.Record(d)} }
}

// write writes an entry down, unless somebody does so already.
func (e effects) write(it entry) tea.Cmd {
	return guard(func() tea.Msg {
		select {
		case <-it.turn:
			defer close(it.written)
			return it.write()
		default:
			return nil
		}
	})
}

// writeRest writes down what is not yet when the console is left.
func (e effects) writeRest(rest []entry) {
	limit := time.After(writeTimeout)
	for _, it := range rest {
		go e.write(it)()
		select {
		case <-it.written:
		case <-limit:
			return
		}
	}
}

// suspend stops the program until it is brought back.
func (e effects) suspend() tea.Cmd {
	let := guard(func() tea.Msg {
		if e.letSuspend != nil {
			e.letSuspend()
		}
		return nil
	})
	return tea.Sequence(let, tea.Suspend)
}
