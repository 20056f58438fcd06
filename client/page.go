package client

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strconv"
)

const (
	pageSize = 500  // the API's maximum
	maxPages = 1000 // of a list whose page count lies
)

// page is one page of a list. The counts may be missing, 0 or strings.
type page[T any] struct {
	TotalPages integer `json:"totalPages"`
	TotalCount integer `json:"totalCount"`
	List       []T     `json:"list"`
}

// last reports whether the page with the number n is the last one, seen
// elements in all. A full page is the last only where both counts say so,
// because counts may be missing or wrong.
func (p page[T]) last(n, seen int) bool {
	switch {
	case len(p.List) == 0 && n > 1:
		return true
	case int64(p.TotalPages) > int64(n):
		return false
	case len(p.List) < pageSize:
		return true
	}
	return p.TotalPages > 0 && int64(p.TotalCount) == int64(seen)
}

// pages yields the pages of a list until its end. An error ends it; a list
// without an end is an error, so that nothing is left out in silence.
func pages[T any](ctx context.Context, c *Client, path string, microtenant ID) iter.Seq2[[]T, error] {
	return func(yield func([]T, error) bool) {
		seen := 0
		for n := 1; n <= maxPages; n++ {
			a, err := c.do(ctx, request{
				method: http.MethodGet, path: path, microtenant: microtenant,
				query: url.Values{"page": {strconv.Itoa(n)}, "pagesize": {strconv.Itoa(pageSize)}},
			})
			if err != nil {
				yield(nil, err)
				return
			}
			p, err := decodePage[T](a)
			if err != nil {
				yield(nil, err)
				return
			}
			seen += len(p.List)
			if !yield(p.List, nil) || p.last(n, seen) {
				return
			}
		}
		yield(nil, &transportError{err: fmt.Errorf("the list does not end after %d pages", maxPages)})
	}
}

func decodePage[T any](a answer) (page[T], error) {
	var p page[T]
	if json.Unmarshal(a.body, &p) != nil {
		return p, notJSON(a)
	}
	return p, nil
}

// all returns a whole list, each element turned into its own type.
func all[W, T any](ctx context.Context, c *Client, path string, turn func(W) T) ([]T, error) {
	return allIn(ctx, c, path, "", turn)
}

// allIn is all of one microtenant, of the configured one where it is "".
func allIn[W, T any](ctx context.Context, c *Client, path string, microtenant ID, turn func(W) T) ([]T, error) {
	var list []T
	for p, err := range pages[W](ctx, c, path, microtenant) {
		if err != nil {
			return list, err
		}
		for _, w := range p {
			list = append(list, turn(w))
		}
	}
	return list, nil
}
