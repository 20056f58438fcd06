package tui

import (
	"provkeys/client"
	"provkeys/client/catalog"
)

// The pages beside the keys send these.

// groupsListedMsg brings the groups of a kind, for their page.
type groupsListedMsg struct {
	session int
	kind    client.Kind
	groups  []client.Group
	err     error
}

// machinesListedMsg brings what enrolled with keys of a kind, for its page.
type machinesListedMsg struct {
	session  int
	kind     client.Kind
	machines []client.Connector
	err      error
}

// Choosing a tenant sends these.

// profilesListedMsg brings the profiles there are.
type profilesListedMsg struct {
	gen      int
	profiles []Profile
	err      error
}

// sessionOpenedMsg brings a client for another tenant.
type sessionOpenedMsg struct {
	gen     int
	session Session
	screen  catalog.Screen // how its table was left
	err     error
}

// profileAddedMsg says what became of a new profile.
type profileAddedMsg struct {
	gen   int
	added AddedProfile
	err   error
}
