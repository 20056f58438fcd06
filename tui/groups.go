package tui

// groupsScreen is the page of groups.
type groupsScreen struct{ otherScreen }

// connectorsScreen is the page of connectors.
type connectorsScreen struct{ otherScreen }

// certificatesScreen is the page of signing certificates.
type certificatesScreen struct{ otherScreen }
