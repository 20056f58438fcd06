package mockserver

import (
	"bytes"
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// beyondEnd is how much more than its body CutEnd promises.
const beyondEnd = 64

// spoilt turns the true answer, which has a body, into what the caller gets.
func (x struck) spoilt(a reply) reply {
	if x.ContentType != "" {
		a.header.Set("Content-Type", x.ContentType)
	}
	if x.TotalPages != "" || x.TotalCount != "" || x.Clock != 0 {
		x.edit(&a)
	}
	ctx := x.r.Context()
	switch x.Effect {
	case CutBody:
		a.body, a.cut = a.body[:len(a.body)/2], true
	case CutEnd:
		a.length, a.cut = a.length+beyondEnd, true
	case CutChunk:
		a.length, a.cut = unknownLength, true
	case Truncated:
		a.replace(a.body[:len(a.body)/2])
	case Malformed:
		a.replace(malformed(a.body))
	case Empty:
		a.replace(nil)
	case Endless:
		a.length, a.body, a.rest = unknownLength, a.body[:len(a.body)-1], endless{ctx}
	case Trickle:
		a.rest, a.body = &trickle{ctx, cmp.Or(x.Every, time.Second), a.body}, nil
	case Bomb:
		a.replace(bomb())
		a.header.Set("Content-Encoding", "gzip")
	}
	return a
}

func (x struck) cutsBody() bool {
	return x.Effect == CutBody || x.Effect == CutEnd || x.Effect == CutChunk
}

// replace gives the reply another body, and the length that goes with it.
func (a *reply) replace(body []byte) { a.body, a.length = body, len(body) }

// edit changes what stands in the answer.
func (x struck) edit(a *reply) {
	o, err := parseObject(a.body)
	if err != nil {
		return
	}
	if _, isPage := o.raw("list"); isPage {
		setTotal(o, "totalPages", x.TotalPages)
		setTotal(o, "totalCount", x.TotalCount)
	}
	if x.target.route == routeSignIn {
		x.setLife(o)
	}
	a.replace(o.appendJSON(nil))
}

// setTotal makes a count of a page say something else: nothing with "none", so much
// more or less with a sign, and else the text itself.
func setTotal(o *object, name, value string) {
	truth, _ := o.integer(name)
	off, err := strconv.ParseInt(value, 10, 64)
	switch {
	case value == "":
	case value == noValue:
		o.remove(name)
	case err == nil && strings.ContainsAny(value[:1], "+-"):
		o.setInt(name, truth+off)
	default:
		o.setText(name, value)
	}
}

// setLife makes a new token say another life, as text or number as it was.
func (x struck) setLife(o *object) {
	const name = "expires_in"
	seconds, has := o.integer(name)
	if !has || x.Clock == 0 {
		return
	}
	said := seconds + int64(x.Clock/time.Second)
	if raw, _ := o.raw(name); strings.HasPrefix(raw, `"`) {
		o.setInt(name, said)
	} else {
		o.setRaw(name, strconv.FormatInt(said, 10))
	}
}

// malformed breaks the first field, or a text without fields.
func malformed(body []byte) []byte {
	if broken := bytes.Replace(body, []byte(`":`), []byte(`"=`), 1); !bytes.Equal(broken, body) {
		return broken
	}
	return append([]byte("{"), body...)
}

// bomb is an empty page that is a gigabyte long, in about a megabyte of gzip. Its
// blanks are packed once: what stands behind each other in gzip is one text.
func bomb() []byte {
	blanks := zipped(bytes.Repeat([]byte(" "), 1<<20))
	out := zipped([]byte(`{"totalPages":"1","totalCount":"0","list":[`))
	out = append(out, bytes.Repeat(blanks, 1<<10)...)
	return append(out, zipped([]byte("]}"))...)
}

// rowsInContext is where a request carries that its list has moved rows.
type rowsInContext struct{}

// moved returns the list as it is when a row came or went between two pages.
func moved(list []*object, r *http.Request) []*object {
	if len(list) == 0 {
		return list
	}
	switch r.Context().Value(rowsInContext{}) {
	case RowTwice:
		return slices.Insert(slices.Clone(list), 0, list[0])
	case RowGone:
		return list[1:]
	default:
		return list
	}
}

// aimElsewhere points a read of one key at the next of its kind.
func (s *Server) aimElsewhere(r *http.Request, p target) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.tenant.keys[p.kind]
	i := slices.IndexFunc(list, func(o *object) bool { return o.text(fieldID) == p.id })
	if p.route != routeKey || i < 0 {
		return
	}
	other := list[(i+1)%len(list)].text(fieldID)
	r.URL.Path, r.URL.RawPath = strings.TrimSuffix(r.URL.Path, p.id)+other, ""
}
