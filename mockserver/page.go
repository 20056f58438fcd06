package mockserver

import (
	"net/url"
	"strconv"
)

const (
	defaultPageSize = 20
	maxPageSize     = 500
)

// pageOf cuts the page that was asked for out of a whole list and words it as
// the API does, numbers as strings. A page beyond the end is an empty list.
// show turns each object of the page into what may be seen of it.
func pageOf(list []*object, query url.Values, show func(*object) *object) (answer, error) {
	number, err := positive(query, "page", 1)
	if err != nil {
		return answer{}, err
	}
	size, err := positive(query, "pagesize", defaultPageSize)
	if err != nil {
		return answer{}, err
	}
	size = min(size, maxPageSize)
	total := len(list)
	pages := (total + size - 1) / size
	var part []*object
	if number <= pages {
		first := (number - 1) * size
		for _, o := range list[first:min(first+size, total)] {
			part = append(part, show(o))
		}
	}
	body := &object{}
	body.setInt("totalPages", int64(pages))
	body.setInt("totalCount", int64(total))
	body.setRaw("list", string(jsonArray(part)))
	return ok(body.appendJSON(nil)), nil
}

// asStored shows an object whole.
func asStored(o *object) *object { return o }

// positive reads a query parameter that counts from one.
func positive(query url.Values, name string, otherwise int) (int, error) {
	text := query.Get(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 0, invalid(name, name+" must be a whole number from 1")
	}
	return n, nil
}
