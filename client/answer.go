package client

import (
	"bytes"
	"encoding/json"
	"html"
	"net/url"
	"regexp"
	"strings"
)

const (
	maxWords  = 300 // bytes of what a server says that an error keeps
	maxParams = 10
	maxPage   = 64 << 10 // bytes of a page that its first line is looked for in
)

// apiError reads an answer that is no success. Its fields are cut short, after
// the secrets have been cut out of them.
func apiError(a answer) *APIError {
	e := &APIError{Status: a.status, RequestID: a.requestID, retryAfter: a.retryAfter}
	var body struct {
		ID          string   `json:"id"`
		Reason      string   `json:"reason"`
		Params      []string `json:"params"`
		Detail      string   `json:"detail"`            // of a gateway
		Error       string   `json:"error"`             // of an OAuth server
		Description string   `json:"error_description"` // of an OAuth server
	}
	err := json.Unmarshal(a.body, &body)
	line := firstLine(a)
	switch {
	case a.status >= 300 && a.status < 400:
		e.Reason = "it redirects elsewhere, which is not followed"
	case err == nil || looksLikeJSON(line):
		// A field of another type than expected leaves the others readable.
		e.Code = firstOf(body.ID, body.Error)
		e.Reason = firstOf(body.Reason, body.Description, body.Detail)
		e.Params = body.Params[:min(len(body.Params), maxParams)]
	default:
		e.Reason = line
	}
	clean := func(s string) string { return scrub(s, a.secrets) }
	e.Code, e.Reason, e.RequestID = clean(e.Code), clean(e.Reason), clean(e.RequestID)
	for i := range e.Params {
		e.Params[i] = clean(e.Params[i])
	}
	return e
}

func firstOf(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// movedToOneAPI recognises how a tenant that has moved refuses an API key.
func movedToOneAPI(a answer) bool {
	return strings.Contains(strings.ToLower(string(a.body)), "only through zscaler oneapi")
}

// looksLikeJSON tells what the API wrote, however damaged, from a proxy's
// words: of JSON nothing is ever quoted.
func looksLikeJSON(line string) bool {
	// Some gateways put a byte order mark or a guard against scripts before it.
	line = strings.TrimLeft(line, "\ufeff)]}',")
	return line != "" && strings.IndexByte(`{["`, line[0]) >= 0
}

// isPage tells a page, such as a proxy's, from what an API says.
func isPage(a answer) bool {
	return bytes.HasPrefix(bytes.TrimSpace(withoutMark(a.body)), []byte("<"))
}

// withoutMark drops the byte order mark that some editors and gateways put first.
func withoutMark(text []byte) []byte {
	return bytes.TrimPrefix(text, []byte("\ufeff"))
}

var markup = regexp.MustCompile(`(?s)<(script|style)\b.*?</(script|style)>|<[^>]*>`)

// firstLine returns the first line with words of a text or an HTML page, which
// is how a proxy in between speaks.
func firstLine(a answer) string {
	// Hidden first, since taking markup out may take a secret apart.
	s := hide(string(withoutMark(a.body[:min(len(a.body), maxPage)])), a.secrets)
	if strings.Contains(s, "<") {
		s = markup.ReplaceAllString(s, "\n")
	}
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			return line
		}
	}
	return ""
}

// keyTextShape finds what looks like a key text, whole or cut.
var keyTextShape = regexp.MustCompile(`[1-4]\|[A-Za-z0-9.-]+\|[A-Za-z0-9+/=-]*`)

// longWord finds what may be a part of a key text or a token: no word of a
// message is that long, except a path.
var longWord = regexp.MustCompile(`[A-Za-z0-9+/=_-]{40,}`)

// hide cuts known secrets out of a server's words: as they are, as a form
// carries them and as a page shows them.
func hide(s string, secrets []Secret) string {
	for _, secret := range secrets {
		if secret.IsZero() {
			continue
		}
		text := secret.Reveal()
		for _, written := range []string{text, url.QueryEscape(text), html.EscapeString(text)} {
			s = strings.ReplaceAll(s, written, redacted)
		}
	}
	return s
}

// scrub hides known secrets and what looks like one, then cuts to maxWords.
func scrub(s string, secrets []Secret) string {
	s = hide(s, secrets)
	s = keyTextShape.ReplaceAllString(s, redacted)
	s = longWord.ReplaceAllStringFunc(s, func(word string) string {
		if strings.HasPrefix(word, "/") {
			return word
		}
		return redacted
	})
	if len(s) > maxWords {
		s = strings.ToValidUTF8(s[:maxWords], "") + "…"
	}
	return s
}
