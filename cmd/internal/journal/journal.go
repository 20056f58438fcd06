// Package journal keeps a record of who did what to which key: JSON lines, only
// ever added to, in the state folder.
//
// It knows the fields of a line and where they go. It must never know a key
// text: no field is meant for one, and none is long enough to hold one.
package journal

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"provkeys/client"
	"provkeys/cmd/internal/store"
	"provkeys/cmd/internal/visible"
)

// File is the journal's name in the state folder.
const File = "journal.jsonl"

// Action is what was done to a key.
type Action string

// The actions.
const (
	Copied     Action = "copied"
	Revealed   Action = "revealed"
	Raised     Action = "raised"
	Lowered    Action = "lowered"
	Deleted    Action = "deleted"
	Downloaded Action = "downloaded"
	Created    Action = "created"
	Edited     Action = "edited"
)

// Deed is one thing done to one key.
type Deed struct {
	Action   Action
	Key      client.Ref
	Name     string         // the key's name
	Route    string         // of a copy or a download
	Evidence string         // of a copy
	From, To int64          // max uses, of a raised or lowered key
	Fields   []client.Field // what else an edit changed
}

// Who is a person as far as this machine knows.
type Who struct {
	Name string // of the account
	SSH  string // the address they came from over ssh; "" when they did not
}

// Journal writes for one person in one tenant. Everything but Customer and
// Profile is required.
type Journal struct {
	Dir      string // the state folder
	Who      Who
	Profile  string // "" when there is none
	Customer string
	Now      func() time.Time
}

// line is a deed as it is written. Its names are a promise.
type line struct {
	Time     string         `json:"time"`
	Action   Action         `json:"action"`
	Who      string         `json:"who"`
	SSH      string         `json:"ssh,omitempty"`
	Profile  string         `json:"profile,omitempty"`
	Customer string         `json:"customer,omitempty"`
	Kind     string         `json:"kind"`
	ID       string         `json:"id"`
	Name     string         `json:"name"`
	Route    string         `json:"route,omitempty"`
	Evidence string         `json:"evidence,omitempty"`
	From     *int64         `json:"from,omitempty"`
	To       *int64         `json:"to,omitempty"`
	Fields   []client.Field `json:"fields,omitempty"`
}

// Record adds a line for each deed, all of them in one piece. Of nothing it
// writes nothing. The error says what stands in the way, and not what for.
func (j Journal) Record(deeds ...Deed) error {
	if len(deeds) == 0 {
		return nil
	}
	var lines bytes.Buffer
	enc := json.NewEncoder(&lines)
	enc.SetEscapeHTML(false)
	for _, d := range deeds {
		if err := enc.Encode(j.line(d)); err != nil {
			return err
		}
	}
	return store.Append(j.Dir, File, []byte(visible.JSON(lines.String())))
}

func (j Journal) line(d Deed) line {
	l := line{
		Time: j.Now().UTC().Format(time.RFC3339), Action: d.Action,
		Who: cut(j.Who.Name), SSH: cut(j.Who.SSH), Profile: cut(j.Profile), Customer: cut(j.Customer),
		Kind: string(d.Key.Kind), ID: cut(string(d.Key.ID)), Name: cut(d.Name), Route: cut(d.Route), Evidence: cut(d.Evidence),
	}
	if d.Action == Raised || d.Action == Lowered {
		l.From, l.To = &d.From, &d.To
	}
	for _, f := range d.Fields {
		l.Fields = append(l.Fields, client.Field(cut(string(f))))
	}
	return l
}

// longest is that of the longest name that the API takes, in characters. A key
// text has more.
const longest = 255

// cut shortens what is longer than anything that belongs into the journal.
func cut(text string) string {
	text = strings.ToValidUTF8(text, "\ufffd")
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest-1]) + "…"
	}
	return text
}
