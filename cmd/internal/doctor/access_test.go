package doctor

import (
	"net/http"
	"testing"

	"provkeys/client"
)

func TestARefusedKindIsANoteAndAllOfThemAreAFailure(t *testing.T) {
	t.Parallel()
	role := &client.APIError{Status: http.StatusForbidden}
	feature := &client.APIError{Status: http.StatusUnauthorized, Code: "authz.featureflag.permission.denied"}
	app, edge := Read{What: "app connector keys", Key: true, Count: 3}, Read{What: "service edge keys", Key: true, Err: feature}
	groups := Read{What: "app connector groups", Loss: "groups cannot be chosen", Err: role}
	got := CheckAccess([]Read{app, edge, groups})
	mustFind(t, got, "app connector keys", OK, "readable: 3", "")
	mustFind(t, got, "service edge keys", Note, "the tenant does not have this feature", "Zscaler")
	mustFind(t, got, "app connector groups", Note, "without them groups cannot be chosen", "role the right to view app connector groups")

	app.Err = role
	mustFind(t, CheckAccess([]Read{app, edge}), "app connector keys", Fail, "the role of this API client", "right to view app connector keys")
	app.Err, app.Problem = client.ErrUnavailable, Problem{"away", "try again", FaultUnavailable}
	got = CheckAccess([]Read{app, edge})
	mustFind(t, got, "app connector keys", Fail, "away", "try again")
	mustFind(t, got, "service edge keys", Note, "feature", "Zscaler")
}

func TestAPageIsNoRefusedSignIn(t *testing.T) {
	t.Parallel()
	const host = "config.mock.example"
	refused := &Problem{"refused", "correct it", FaultSignIn}
	for _, c := range []struct {
		last       Answer
		text, mend string
		fault      Fault
	}{
		{Answer{Status: 401}, "refused", "correct it", FaultSignIn},
		{Answer{Status: 403, Page: true}, "a proxy, a firewall or a portal stands before " + host + " (refused)", "NO_PROXY=" + host, FaultUnavailable},
		{Answer{Status: 502, Page: true}, "is in trouble", "try again in some minutes", FaultUnavailable},
	} {
		got := CheckSignIn(refused, c.last, host)
		mustFind(t, got, "sign-in", Fail, c.text, c.mend)
		if got[0].Fault != c.fault {
			t.Errorf("%+v is the fault %v", c.last, got[0].Fault)
		}
	}
	mustFind(t, CheckSignIn(nil, Answer{Status: 200}, host), "sign-in", OK, "accepted by "+host, "")
}

func TestTheWorstFaultTellsForAll(t *testing.T) {
	t.Parallel()
	all := []Finding{
		{Status: OK, Fault: FaultConfiguration}, {Status: Fail}, {Status: Fail, Fault: FaultSignIn}, {Status: Fail, Fault: FaultClipboard},
	}
	if failed, worst := Failures(all); len(failed) != 3 || worst != FaultSignIn {
		t.Errorf("%d failed, the worst by %v", len(failed), worst)
	}
}
