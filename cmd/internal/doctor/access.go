package doctor

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"provkeys/client"
)

// Read is what came of reading one kind of thing from the tenant.
type Read struct {
	What  string // in the plural, such as "app connector keys"
	Key   bool   // one of the four kinds of keys
	Loss  string // what does not work without it, a sentence without its end
	Count int
	More  bool // there are more than were counted
	Err   error
	// Problem is Err in words; it counts where no permission is missing.
	Problem Problem
}

// CheckAccess judges what the sign-in may read. A role that sees some kinds of
// keys and not others is usual; one that sees none can do nothing here.
func CheckAccess(reads []Read) []Finding {
	r := report{group: GroupAPI}
	none := true
	for _, read := range reads {
		none = none && (!read.Key || refusedBy(read.Err))
	}
	for _, read := range reads {
		switch {
		case read.Err == nil:
			r.ok(read.What, "readable: %s", counted(read))
		case !refusedBy(read.Err):
			r.fail(read.What, read.Problem)
		case read.Key && none:
			text, mend := refusal(read)
			r.fail(read.What, Problem{Text: text, Mend: mend})
		default:
			text, mend := refusal(read)
			r.note(read.What, mend, "%s", text)
		}
	}
	return r.all
}

func refusedBy(err error) bool { return errors.Is(err, client.ErrPermission) }

func counted(read Read) string {
	if read.More {
		return fmt.Sprintf("%d or more", read.Count)
	}
	return fmt.Sprint(read.Count)
}

// refusal says whether the tenant lacks the feature or the role the right.
func refusal(read Read) (text, mend string) {
	var answer *client.APIError
	if errors.As(read.Err, &answer) && strings.HasPrefix(answer.Code, "authz.featureflag") {
		return "refused: the tenant does not have this feature (" + answer.Code + ")", "nothing to do, unless the tenant should have it: then ask Zscaler"
	}
	text = "refused: the role of this API client may not see them"
	if read.Loss != "" {
		text += "; without them " + read.Loss
	}
	return text, "in the admin portal give the API client's role the right to view " + read.What + ", if they are to be used here"
}

// CheckSignIn judges the sign-in; p is nil where it was accepted, and last is
// the answer that decided it.
func CheckSignIn(p *Problem, last Answer, host string) []Finding {
	r := report{group: GroupAPI}
	switch {
	case p == nil:
		r.ok("sign-in", "accepted by %s", host)
	case last.Page:
		r.fail("sign-in", PageProblem(last, host, p.Text))
	default:
		r.fail("sign-in", *p)
	}
	return r.all
}

// PageProblem finds the words for a web page in place of the API's answer, which
// said what stands in said.
func PageProblem(a Answer, host, said string) Problem {
	if a.Status >= http.StatusInternalServerError {
		return Problem{
			Text:  fmt.Sprintf("a web page (status %d) came in place of the API's answer: what stands before %s is in trouble (%s)", a.Status, host, said),
			Mend:  "try again in some minutes; where it is a proxy of yours, tell those who run it",
			Fault: FaultUnavailable,
		}
	}
	return Problem{
		Text:  fmt.Sprintf("a web page (status %d) came in place of the API's answer: a proxy, a firewall or a portal stands before %s (%s)", a.Status, host, said),
		Mend:  "have " + host + " let through there without a page, go round it with NO_PROXY=" + host + ", or name another way out with HTTPS_PROXY",
		Fault: FaultUnavailable,
	}
}
