package rows

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// CSV reads rows under a header. An empty cell counts as left out; blanks around a
// value do not belong to it.
func CSV(data []byte, f Fields) ([]Row, error) {
	// Spreadsheets begin a file with a byte order mark.
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	header, err := r.Read()
	switch {
	case errors.Is(err, io.EOF):
		return nil, &Error{0, "the file is empty: the first line names the columns"}
	case err != nil:
		return nil, csvError(err)
	}
	for i, name := range header {
		header[i] = strings.TrimSpace(name)
		line, _ := r.FieldPos(i)
		if err := f.unknown(line, "column", header[i]); err != nil {
			return nil, err
		}
		if slices.Contains(header[:i], header[i]) {
			return nil, &Error{line, fmt.Sprintf("the column %q stands there twice", header[i])}
		}
	}
	var list []Row
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, csvError(err)
		}
		line, _ := r.FieldPos(0)
		row := Row{line, map[string]Value{}}
		for i, cell := range cells {
			if cell = strings.TrimSpace(cell); cell != "" {
				line, _ := r.FieldPos(i)
				row.Values[header[i]] = Value{line, []string{cell}}
			}
		}
		if len(row.Values) > 0 { // spreadsheets end in empty rows
			list = append(list, row)
		}
	}
}

func csvError(err error) error {
	var at *csv.ParseError
	switch {
	case !errors.As(err, &at):
		return &Error{0, "it cannot be read as CSV"}
	case errors.Is(err, csv.ErrFieldCount):
		return &Error{at.Line, "there are more or fewer cells than columns"}
	}
	return &Error{at.Line, "this is not CSV: " + at.Err.Error()}
}
