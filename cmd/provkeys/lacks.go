package main

import (
	"errors"
	"fmt"
	"strings"

	"provkeys/client"
)

// lack is a list of the API that did not come.
type lack struct {
	what string      // such as "groups"; "" for the list that the command is named after
	kind client.Kind // "" for certificates
	err  error
}

// asking is what rows were asked for, as far as lacks are judged by it.
type asking struct {
	rows  string      // what they are called
	list  string      // the lack.what of the lists that rows are of, without which there are none
	lists int         // how many of them were asked for
	named client.Kind // the kind that --kind or NAME named; "" for none
}

// words say which list it is and what kept it.
func (l lack) words() string {
	return strings.TrimSpace(strings.Join([]string{string(l.kind), l.what}, " ")) + fmt.Sprintf(": %v", l.err)
}

// denied reports whether the tenant does not have the list or the role may not see it.
func (l lack) denied() bool { return errors.Is(l.err, client.ErrPermission) }

// isRows reports whether rows are of the list. Groups of network connectors are those
// that their keys name.
func (l lack) isRows(list string) bool {
	return l.what == list || list == listGroups && l.what == listKeys && !l.kind.Listed()
}

// judge returns what the output lacks: a line for what the role may not see, or an
// error for what failed, was asked for by name, or is all there is. An error holds the
// lines too, so that its JSON stands alone.
func judge(lacks []lack, of asking) (lines []string, err error) {
	var faults, deniedRows []string
	refused := 0
	for _, l := range lacks {
		switch {
		case !l.denied():
			faults = append(faults, l.words())
			continue
		case l.isRows(of.list):
			deniedRows = append(deniedRows, l.words())
			if l.what == of.list {
				refused++
			}
		}
		lines = append(lines, l.words())
	}
	denied := strings.Join(deniedRows, "; ")
	switch {
	case of.named != "" && denied != "":
		return nil, &fault{faultPermission, denied, "ask for a role that may see the " + of.rows + " of this kind, or leave the kind out"}
	case len(faults) > 0:
		return nil, &fault{faultUnavailable, "the list is not complete: " + strings.Join(append(faults, lines...), "; "), "try again later"}
	case refused > 0 && refused == of.lists:
		return nil, &fault{faultPermission, denied, "check the customer id, and ask for a role that may see " + of.rows}
	}
	return lines, nil
}

// tellLacks says what judge returns.
func (a *app) tellLacks(lacks []lack, of asking) error {
	lines, err := judge(lacks, of)
	a.tellLines(lines)
	return err
}

func (a *app) tellLines(lines []string) {
	for _, l := range lines {
		a.note("%s", l)
	}
}
