package tui

// actionGroup is the part of the help page that an action stands in.
type actionGroup int

// The groups, in the order in which help shows them.
const (
	copying actionGroup = iota
	changing
	looking
	moving
	paging
	program
	ungrouped
)

// String returns the heading above the group.
func (g actionGroup) String() string {
	return [...]string{
		copying: "Copying", changing: "Changing", looking: "Looking", moving: "Moving", paging: "Pages", program: "The console", ungrouped: "More",
	}[g]
}

// group returns where help shows the action.
func (a action) group() actionGroup {
	switch a {
	case "copy", "copy-loaded", "copy-as", "clear", "reveal", "download", "inspect":
		return copying
	case "edit", "raise", "undo", "new", "new-like", "delete", "mark", "mark-range", "mark-all":
		return changing
	case "expand", "expand-all", "open", "close", "filter", "sort", "reverse", "filter-bar", "views", "columns", "refresh":
		return looking
	case "up", "down", "half-up", "half-down", "page-up", "page-down", "first", "last":
		return moving
	case "keys", "groups", "connectors", "certificates", "show-keys", "next-kind", "previous-kind":
		return paging
	case "profiles", "back", "command", "redraw", "suspend", "help", "quit":
		return program
	}
	return ungrouped
}
