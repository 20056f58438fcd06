package tui

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/client/diagnose"
	"provkeys/client/keytext"
)

// machinesTimeout bounds the question which machines there are: a log is
// explained without an answer too.
const machinesTimeout = 15 * time.Second

// awaitLineBreak ends the doubt whether an enter was a line break of a paste.
func awaitLineBreak(number int) tea.Cmd {
	return tea.Tick(burstGap, func(time.Time) tea.Msg { return enterDueMsg{number} })
}

// inspect says what a pasted text is, compared with what is known and what is
// remembered.
func (e effects) inspect(ctx context.Context, gen int, text client.Secret, known diagnose.Known) tea.Cmd {
	return guard(func() tea.Msg {
		msg := inspectedMsg{gen: gen}
		if e.memory != nil {
			var err error
			if known.Memory, err = e.memory.Recall(); err != nil {
				msg.notes = append(msg.notes, "What is remembered of hidden keys could not be read: "+err.Error()+".")
			}
		}
		pasted := text.Reveal()
		if msg.log = diagnose.LooksLikeLog(pasted); !msg.log {
			msg.finding = diagnose.Inspect(text, known)
			return msg
		}
		if hasFingerprint(pasted) {
			var err error
			if known.Machines, err = e.machines(ctx); err != nil {
				msg.notes = append(msg.notes, "The machines could not be asked for, so that none is named: "+failure(err))
			}
		}
		explainer := diagnose.NewExplainer(known)
		for line := range strings.Lines(pasted) {
			msg.lines++
			explainer.Read(strings.TrimRight(line, "\r\n"))
		}
		msg.explanations = explainer.Explanations()
		return msg
	})
}

func (e effects) machines(ctx context.Context) ([]client.Connector, error) {
	ctx, cancel := context.WithTimeout(ctx, machinesTimeout)
	defer cancel()
	return e.client.Machines(ctx)
}

// hasFingerprint reports whether a log names a machine in a way that the list of
// machines can tell.
func hasFingerprint(log string) bool {
	for line := range strings.Lines(log) {
		if keytext.ReadLog(line).Fingerprint != "" {
			return true
		}
	}
	return false
}

// checkDownload looks whether the recipients will do, and reads the key again
// before its text is written.
func (e effects) checkDownload(ctx context.Context, gen int, d Download, certificates bool) tea.Cmd {
	return guard(func() tea.Msg {
		msg := downloadCheckedMsg{gen: gen, download: d}
		if msg.recipient, msg.refused = e.refusedRecipient(d); msg.refused != nil {
			return msg
		}
		msg.fetched = e.fetch(ctx, d.Key, certificates)
		return msg
	})
}

// placeDownload finds out where a plain file would be written.
func (e effects) placeDownload(gen int, path string, k client.Key) tea.Cmd {
	return guard(func() tea.Msg {
		where, err := e.downloads.Where(path, k, false)
		return downloadPlacedMsg{gen: gen, path: where, err: err}
	})
}

// writeDownload writes a key's text into a file, with a passphrase made up for it
// where that was asked for.
func (e effects) writeDownload(ctx context.Context, d Download, makeUp bool) tea.Cmd {
	return guard(func() tea.Msg {
		msg := downloadedMsg{key: d.Key}
		if makeUp {
			d.Passphrase = e.downloads.MakePassphrase()
			msg.made = d.Passphrase
		}
		msg.done, msg.err = e.downloads.Write(ctx, d)
		return msg
	})
}

// askAlternate asks the tmux around the console whether its alternate screen
// shows.
func (e effects) askAlternate(ctx context.Context, number int, reveal client.Ref) tea.Cmd {
	return guard(func() tea.Msg {
		return alternateMsg{number: number, there: e.clipboard.Alternate(ctx), reveal: reveal}
	})
}
