package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"provkeys/client"
	"provkeys/cmd/internal/rows"
)

// wishFields are the columns of create --from. Their names are a promise.
var wishFields = rows.Fields{
	Names: []string{"name", "kind", "group", "certificate", "max_uses", "hidden", "disabled", "expires", "allowed_addresses"},
	Lists: []string{"allowed_addresses"},
}

// rowWish is a wish and where it stands in the file.
type rowWish struct {
	wish
	row rows.Row
}

// problems collects what is wrong in a file, so that all of it is told at once.
type problems []string

// maxProblems is how many of them are named.
const maxProblems = 10

const correctFile = "correct the file and run it again: nothing was sent"

func (p *problems) add(line int, what string) {
	*p = append(*p, fmt.Sprintf("line %d: %s", line, what))
}

// err is nil where nothing is wrong.
func (p *problems) err(hint string) error {
	if len(*p) == 0 {
		return nil
	}
	words := strings.Join((*p)[:min(len(*p), maxProblems)], "; ")
	if more := len(*p) - maxProblems; more > 0 {
		words += fmt.Sprintf("; and %d more", more)
	}
	return usageFault(hint, "%s", words)
}

// readWishes reads the file of create --from.
func (a *app) readWishes(ctx context.Context, o createOptions) ([]rowWish, error) {
	const hint = "give the path of a CSV or YAML file, or - for standard input"
	source := a.source(ctx, o.from)
	data, err := io.ReadAll(io.LimitReader(source, maxPasted+1))
	if file, ok := source.(*breakable); ok {
		file.close()
	}
	path := (*fs.PathError)(nil)
	switch {
	case ctx.Err() != nil:
		return nil, err
	case errors.As(err, &path):
		return nil, usageFault(hint, "the file cannot be read: %v", path.Err)
	case err != nil:
		return nil, usageFault(hint, "the file cannot be read: %v", err)
	case len(data) > maxPasted:
		return nil, usageFault(hint, "the file is larger than %d MiB", maxPasted>>20)
	}
	read := rows.CSV
	if o.sheet == "yaml" {
		read = rows.YAML
	}
	list, err := read(data, wishFields)
	if err != nil {
		return nil, usageFault("provkeys create --help names the fields: nothing was sent", "%v", err)
	}
	if len(list) == 0 {
		return nil, usageFault("provkeys create --help names the fields", "the file has no keys")
	}
	return parseWishes(list, a.now())
}

// parseWishes reads the values of every row.
func parseWishes(list []rows.Row, now time.Time) ([]rowWish, error) {
	var found problems
	wishes := make([]rowWish, 0, len(list))
	first := map[string]int{}
	for _, r := range list {
		w := rowWish{row: r}
		w.read(now, &found)
		id := string(w.kind) + "/" + w.name
		if line, twice := first[id]; twice && w.name != "" {
			found.add(r.LineOf("name"), fmt.Sprintf("%q stands in line %d already", w.name, line))
		} else {
			first[id] = r.LineOf("name")
		}
		wishes = append(wishes, w)
	}
	return wishes, found.err(correctFile)
}

// read takes the values of the row in.
func (w *rowWish) read(now time.Time, found *problems) {
	r := w.row
	wrong := func(field string, err error) {
		if err != nil {
			what := err.Error()
			if known := (*fault)(nil); errors.As(err, &known) {
				what = known.message
			}
			found.add(r.LineOf(field), what)
		}
	}
	for _, field := range []string{"name", "kind", "group", "max_uses"} {
		if r.Text(field) == "" {
			found.add(r.Line, field+" is missing")
		}
	}
	var err error
	if w.name = r.Text("name"); w.name != "" {
		wrong("name", client.CheckName(w.name))
	}
	w.kind, err = parseKind(r.Text("kind"))
	wrong("kind", err)
	w.group, w.certificate = r.Text("group"), r.Text("certificate")
	if text := r.Text("max_uses"); text != "" {
		w.maxUses, err = parseLimit(text)
		wrong("max_uses", err)
	}
	w.hidden, err = parseSwitch(r, "hidden")
	wrong("hidden", err)
	w.disabled, err = parseSwitch(r, "disabled")
	wrong("disabled", err)
	w.expires, err = client.ParseExpiry(r.Text("expires"), now)
	wrong("expires", err)
	w.allowed, err = client.ParseAddresses(strings.ReplaceAll(strings.Join(r.Values["allowed_addresses"].Texts, ","), ";", ","))
	wrong("allowed_addresses", err)
}

// parseSwitch reads true or false; left out it is false.
func parseSwitch(r rows.Row, name string) (bool, error) {
	text := r.Text(name)
	if text == "" {
		return false, nil
	}
	on, err := strconv.ParseBool(strings.ToLower(text))
	if err != nil {
		return false, fmt.Errorf("%s is true or false, not %q", name, text)
	}
	return on, nil
}
