package main

import (
	"fmt"
	"strings"

	"provkeys/client/estate"
)

// pickRow chooses the row that a NAME of the command line fits: a name, an id or
// kind/name. It is pure.
func pickRow[R estate.Row](s sheet[R], rows []R, name, list string, lacks []lack) (R, error) {
	var fits []int
	byName := false
	for i := range rows {
		if s.fits(&rows[i], name) {
			fits = append(fits, i)
			byName = byName || s.name(&rows[i]) == name
		}
	}
	var failed, denied []string
	for _, l := range lacks {
		switch {
		case !l.isRows(list):
		case l.denied():
			denied = append(denied, l.words())
		default:
			failed = append(failed, l.words())
		}
	}
	var none R
	switch missing := strings.Join(failed, "; "); {
	case len(fits) > 1:
		return none, ambiguousRow(s, rows, name, fits)
	case len(fits) == 0 && missing != "":
		return none, &fault{faultUnavailable, fmt.Sprintf("%q was not found, but not every list could be read: %s", name, missing), "try again when it answers"}
	case len(fits) == 0:
		return none, noRow(s, rows, name, list, denied)
	case missing != "" && byName && s.ref(&rows[fits[0]]).Kind != "":
		row := &rows[fits[0]]
		return none, &fault{
			faultUnavailable, fmt.Sprintf("a %s of the same name could be in a list that could not be read: %s", s.noun, missing),
			fmt.Sprintf("say which you mean: %s, or the id %s", s.title(row), s.ref(row).ID),
		}
	}
	return rows[fits[0]], nil
}

// fits reports whether a NAME means the row.
func (s sheet[R]) fits(row *R, name string) bool {
	ref := s.ref(row)
	if name == s.name(row) || name == string(ref.ID) {
		return true
	}
	rest, ofKind := strings.CutPrefix(name, string(ref.Kind)+"/")
	return ofKind && ref.Kind != "" && (rest == s.name(row) || rest == string(ref.ID))
}

func ambiguousRow[R estate.Row](s sheet[R], rows []R, name string, fits []int) *fault {
	words := make([]string, 0, len(fits))
	for _, i := range fits {
		words = append(words, fmt.Sprintf("%s (%s)", s.title(&rows[i]), s.ref(&rows[i]).ID))
	}
	hint := "give the id of the one you mean"
	if s.ref(&rows[fits[0]]).Kind != "" {
		hint = "give the kind/name or the id of the one you mean"
	}
	return &fault{faultAmbiguous, fmt.Sprintf("%q fits %d %ss: %s", name, len(fits), s.noun, strings.Join(words, ", ")), hint}
}

func noRow[R estate.Row](s sheet[R], rows []R, name, list string, denied []string) *fault {
	command := list
	if list == listCertificates {
		command = "certs"
	}
	f := &fault{faultNotFound, fmt.Sprintf("there is no %s %q", s.noun, name), "provkeys " + command + " shows the " + list + " there are"}
	names := make([]string, 0, len(rows))
	for i := range rows {
		names = append(names, s.name(&rows[i]))
	}
	if near := nearNames(names, name); len(near) > 0 {
		f.hint = "did you mean " + strings.Join(near, ", ") + "?"
	}
	if len(denied) > 0 {
		f.message += "; " + strings.Join(denied, "; ")
	}
	return f
}
