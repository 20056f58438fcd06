package tui

import (
	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/client/deploy"
	"provkeys/client/diagnose"
	"provkeys/tui/clipboard"
)

// A message that answers a call carries its own error and the generation of the
// work it belongs to: one of an older generation is dropped.

// Loading sends these.

// keysPageMsg is one page of a kind's keys; more asks for the next one.
type keysPageMsg struct {
	gen  int
	kind client.Kind
	keys []client.Key
	more tea.Cmd
}

// kindLoadedMsg ends the pages of a kind.
type kindLoadedMsg struct {
	gen  int
	kind client.Kind
	err  error
}

type certificatesLoadedMsg struct {
	gen          int
	certificates []client.Certificate
	err          error
}

// Work on one key sends these.

// keyFetchedMsg brings a key afresh, to be copied.
type keyFetchedMsg struct {
	gen   int
	asked client.Key // as it was shown
	key   client.Key
	err   error
	form  deploy.Form // in which it is to be copied; "" for the text alone
	// certificates come along where their ends were not known yet.
	certificates    []client.Certificate
	certificatesErr error
}

// keyReadMsg brings a key afresh after something went wrong with it.
type keyReadMsg struct {
	session int
	key     client.Key
	err     error
}

// textCopiedMsg says what became of a copy.
type textCopiedMsg struct {
	gen     int
	number  int // of the copies handed over, in their order
	key     client.Key
	all     []client.Key // of several at once, one a line; key is the first
	form    deploy.Form  // "" for the text alone
	checked bool         // its uses were read right before
	also    string       // what else is to be said of it, such as a raise before it
	copied  Copied
	err     error // context.Canceled where nothing was handed over
}

// leaseEndedMsg says what became of the copy with that number.
type leaseEndedMsg struct {
	number int
	ending clipboard.Ending
}

// keyWatchedMsg brings a key afresh that was copied lately.
type keyWatchedMsg struct {
	number int // of the watch
	asked  client.Key
	key    client.Key
	err    error
}

// keyUsedMsg says that a key which was copied was used, and by whom where that
// is known.
type keyUsedMsg struct {
	session int
	key     client.Key
	names   []string
}

// rememberedMsg says whether a key text can be recognised from now on.
type rememberedMsg struct {
	number int // of the entry
	err    error
}

// recordedMsg says what became of an entry of the journal.
type recordedMsg struct {
	number int
	err    error
}

// keyEditedMsg says what became of a change.
type keyEditedMsg struct {
	gen     int
	seen    client.Key
	updated client.Updated
	err     error
}

// keyUndoneMsg says what became of taking an edit back.
type keyUndoneMsg struct {
	done    client.Updated // the edit
	updated client.Updated // back again
	err     error
}

// keyRaisedMsg says what became of a raise by one; the copy comes after it.
type keyRaisedMsg struct {
	gen     int
	seen    client.Key
	updated client.Updated
	err     error
}

// Creating and deleting send these.

// groupsLoadedMsg brings the groups of a kind, for a new key.
type groupsLoadedMsg struct {
	gen    int
	groups []client.Group
	err    error
	// certificates come along where they were not known yet.
	certificates    []client.Certificate
	certificatesErr error
}

// keyCreatedMsg says what became of a creation. Nothing supersedes it: the dialog
// waits for it.
type keyCreatedMsg struct {
	created client.Created
	err     error
}

// dependentsLoadedMsg says what enrolled with a key that is to be deleted.
type dependentsLoadedMsg struct {
	gen      int
	machines []client.Connector
	listed   bool // false where no list has the machines of its kind
	err      error
}

// keyDeletedMsg says what became of a deletion.
type keyDeletedMsg struct {
	gen     int
	seen    client.Key
	already bool // somebody else had done it before
	err     error
}

// Bulk work sends these.

// bulkTurnMsg says that the next key has its turn, or that nobody waits for it any
// more.
type bulkTurnMsg struct{ gen int }

// bulkSteppedMsg says what became of one key of many.
type bulkSteppedMsg struct {
	step    bulkStep
	updated client.Updated
	already bool       // deleted by somebody else before
	written Downloaded // of a download
	err     error
}

// manyDependentsMsg brings the machines of the tenant, before many keys are deleted.
type manyDependentsMsg struct {
	gen      int
	machines []client.Connector
	err      error
}

// bulkPreparedMsg says whether the recipients of many files will do, and brings the
// passphrase that was made up for all of them.
type bulkPreparedMsg struct {
	gen       int
	refused   error // why one of the recipients will not do
	recipient int   // which, counted from 0
	made      client.Secret
}

// keysFetchedMsg brings marked keys afresh, to be copied together.
type keysFetchedMsg struct {
	gen     int
	asked   []client.Key // as they were shown
	listing client.Listing
	err     error
}

// Inspecting sends this.

// inspectedMsg says what a pasted text is: a key text, or a log of so many lines.
type inspectedMsg struct {
	gen          int
	log          bool
	finding      diagnose.Finding // of a key text
	lines        int
	explanations []diagnose.Explanation
	notes        []string // what could not be asked, a sentence each
}

// Downloading sends these.

// downloadCheckedMsg brings a key afresh, to be written into a file.
type downloadCheckedMsg struct {
	gen       int
	download  Download
	refused   error // why one of the recipients will not do; nothing was read then
	recipient int   // which, counted from 0
	fetched   keyFetchedMsg
}

// downloadPlacedMsg says where a plain file would be written, or why it cannot.
type downloadPlacedMsg struct {
	gen  int
	path string
	err  error
}

// downloadedMsg says what became of a file. Nothing supersedes it: once it is
// being written the dialog waits for it.
type downloadedMsg struct {
	key  client.Key
	made client.Secret // the passphrase that was made up; zero for none
	done Downloaded
	err  error
}

// Time sends these.

type tickMsg struct{}

// toastEndedMsg takes the toast with that number away, unless a newer shows.
type toastEndedMsg struct{ number int }

// revealEndedMsg comes when the time of a reveal is up. Every message hides what
// is due, so that it need not say of which.
type revealEndedMsg struct{}

// enterDueMsg says that nothing came right behind the enter with that number.
type enterDueMsg struct{ number int }

// leaveDueMsg says that leaving waits for the terminal no longer.
type leaveDueMsg struct{}

// alternateMsg is what a tmux answered: whether its alternate screen shows. Reveal
// is the key whose text waits for it, zero for none.
type alternateMsg struct {
	number int
	there  bool
	reveal client.Ref
}

// answerDueMsg says that the terminal will not answer any more.
type answerDueMsg struct{}

// keysReleasedMsg says that the held keys up to that number were no paste.
type keysReleasedMsg struct{ number int }

// The world outside sends these.

type waitMsg client.Wait

type signalMsg Signal

// panickedMsg says that an effect broke; where has function names, no values.
type panickedMsg struct{ where string }
