package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"provkeys/client"
	"provkeys/client/deploy"
	"provkeys/client/keytext"
)

// explain says what a group of lines means.
func (e *Explainer) explain(g *group) Explanation {
	x := Explanation{Event: g.event, First: g.first, Last: g.last, Count: g.count, Prefix: g.logged()}
	found, fits := e.match(g)
	x.Match = found.match
	switch g.event {
	case keytext.EventEnrolling:
		enrolling(&x, g)
	case keytext.EventRefused:
		e.refused(&x, g, found, fits)
	case keytext.EventLoginFailed:
		e.loginFailed(&x, g, found, fits)
	case keytext.EventUsedUp:
		e.usedUp(&x, g, found, fits)
	case keytext.EventDNS:
		e.unresolved(&x, g)
	case keytext.EventEnrolmentDead:
		enrolmentDead(&x, g)
	default:
		e.ofTheMachine(&x, g.kind)
	}
	if m, ok := e.machine(g); ok {
		x.Machine = m.Name
		x.Notes = append(x.Notes, machineNote(m))
	}
	if g.crowd {
		x.Notes = append(x.Notes, fmt.Sprintf("There is more than can be told apart: these lines stand for all that came after the first %d different ones.", mostTold))
	}
	return x
}

func enrolling(x *Explanation, g *group) {
	x.Cause = "The machine has no certificate yet and enrols: that is normal at its first start."
	x.Harmless = true
	if x.Count > 1 && g.source != "" && !g.scattered {
		x.Notes = append(x.Notes, fmt.Sprintf("It began %d times: an enrolment that succeeds is the last one.", x.Count))
	}
}

// refused explains a text that was not accepted. Where it begins like a key's,
// either the key is at fault or the rest of the text.
func (e *Explainer) refused(x *Explanation, g *group, found holding, fits int) {
	kind := found.machineKind(g)
	x.Cause = "The key text on that machine was not accepted."
	x.Next = fmt.Sprintf("Write a key's text anew to %s (mode 644) and restart %s.", file(kind), service(kind))
	if x.Match == nil {
		if g.damage != "" {
			x.Cause = "The key text on that machine was not accepted: " + damageWords(g.damage) + "."
		}
		x.Notes = e.unmatched(g, fits)
		return
	}
	name := x.Match.Key.Name
	x.Cause = fmt.Sprintf("The key text on that machine was not accepted, although it begins like that of %s.", name)
	x.Notes = keyNotes(found, g)
	advice := found.nextForState()
	switch {
	case found.misplaced(g) && found.elsewhere():
		x.Next = "Check which tenant the machine is meant for. " + useOfKind(g.kind)
	case found.misplaced(g):
		x.Next = useOfKind(g.kind)
	case x.Match.Gone:
		x.Next = fmt.Sprintf("Write another key's text to %s (mode 644) and restart %s.", file(kind), service(kind))
	case found.elsewhere():
		x.Next = "Check which tenant the machine is meant for. " + x.Next
	case advice != "":
		x.Next = fmt.Sprintf("%s Then restart %s; if it is refused even so, its text is damaged further behind: %s.", advice, service(kind), lookAt(kind))
	default:
		x.Notes = append(x.Notes, "Either the text is damaged behind its first 7 characters, or the key was changed since.")
		x.Next = fmt.Sprintf("To see the damage, %s; where there is any, write the text of %s anew and restart %s.", lookAt(kind), name, service(kind))
	}
}

func (e *Explainer) loginFailed(x *Explanation, g *group, found holding, fits int) {
	x.Cause = "The machine showed its key text, and was not enrolled."
	if g.status > 0 {
		x.Cause = fmt.Sprintf("The machine showed its key text, and was answered with the status %d.", g.status)
	}
	if g.status >= 500 {
		x.Notes = append(x.Notes, "Such a status is a fault of the server and says nothing about the key.")
	}
	if x.Match != nil {
		x.Notes = append(x.Notes, keyNotes(found, g)...)
	} else {
		x.Notes = append(x.Notes, e.unmatched(g, fits)...)
	}
	x.Next = "Look at the lines behind it: they say why."
}

// usedUp explains a key without uses. Where the lines do not tell which, it names
// the used up keys as no more than candidates.
func (e *Explainer) usedUp(x *Explanation, g *group, found holding, fits int) {
	if x.Match == nil {
		x.Cause = "The key on that machine is used up: it enrols nobody any more."
		x.Next = "Raise max uses of the key that the machine has, or use another key."
		if g.whole() || g.damage != "" {
			x.Notes = e.unmatched(g, fits)
			return
		}
		x.Notes = e.candidates(g.kind)
		return
	}
	k := x.Match.Key
	kind := found.machineKind(g)
	x.Cause = fmt.Sprintf("%s was used up: all its uses were gone when the machine wanted to enrol.", k.Name)
	x.Notes = keyNotes(found, g)
	switch {
	case found.misplaced(g):
		x.Next = useOfKind(g.kind)
	case x.Match.Gone:
		x.Next = "Use another key."
	case !found.held():
		x.Next = fmt.Sprintf("Raise max uses of %s, or use another key.", k.Name)
	case e.blockedBesides(k):
		x.Next = "Use another key: raising max uses alone does not help."
	case k.Uses < k.MaxUses:
		x.Next = fmt.Sprintf("It has uses left again: restart %s.", service(kind))
	case k.Managed():
		x.Next = "Use another key: this one is managed and cannot be raised."
	case k.Uses > client.MaxMaxUses-e.waiting(g):
		x.Next = "Use another key: max uses of this one cannot be raised so far."
	default:
		x.Next = raising(k, e.waiting(g)) + fmt.Sprintf(" and restart %s; or use another key.", service(kind))
	}
}

// raising says by how much max uses must grow for all machines that wait.
func raising(k client.Key, waiting int64) string {
	why := "1 machine waits in this log"
	if waiting > 1 {
		why = fmt.Sprintf("%d machines wait in this log", waiting)
	}
	over := k.Uses - k.MaxUses
	if over > 0 {
		why = fmt.Sprintf("it is %d above its limit, and %s", over, why)
	}
	return fmt.Sprintf("Raise max uses of %s by %d (%s)", k.Name, over+waiting, why)
}

// blockedBesides reports whether something else keeps a used up key from
// enrolling. That its text is not shown does not matter to who has it.
func (e *Explainer) blockedBesides(k client.Key) bool {
	return slices.ContainsFunc(k.States(e.known.Now, client.Threshold{}), func(s client.State) bool {
		return s.Blocks() && s != client.UsedUp && s != client.Hidden
	})
}

func (e *Explainer) unresolved(x *Explanation, g *group) {
	host := g.nonce.Host
	if g.damage != "" {
		x.Cause = "What the machine looked up is no full host name: the host part of its key text may be damaged."
		x.Next = "To see the damage, " + lookAt(g.kind) + "."
		return
	}
	x.Cause = fmt.Sprintf("The machine found no address for %s.", host)
	resolver := "Check the machine's resolver: the user that the service runs as must be able to read /etc/resolv.conf, and its name server to resolve " + host
	x.Notes = e.hostNotes(host)
	switch {
	case e.index.nearHost(host) != "" && x.Notes != nil:
		x.Next = "Write the key's text anew: its host part is damaged, unless that host is meant. To see the damage, " + lookAt(g.kind) + "."
	case x.Notes != nil:
		x.Next = resolver + "; if it is no host of your cloud, the host part of the key text is damaged."
	default:
		x.Next = resolver + "."
	}
}

func enrolmentDead(x *Explanation, g *group) {
	x.Cause = "The enrolment ended there; this line does not say why."
	switch {
	case g.reason > 0 && g.unexplained:
		x.Next = fmt.Sprintf("See what line %d says; before the others no reason is known: look at the lines there.", g.reason)
	case g.count > 1 && g.reason > 0:
		x.Next = fmt.Sprintf("See what is said before each of them: of the last one line %d.", g.reason)
	case g.reason > 0:
		x.Next = fmt.Sprintf("See what line %d says.", g.reason)
	default:
		x.Next = "Look at the lines before it, or explain more of the journal: nothing known stands there."
	}
}

// ofTheMachine explains what is no key's fault.
func (e *Explainer) ofTheMachine(x *Explanation, kind client.Kind) {
	switch x.Event {
	case keytext.EventNotYetValid:
		x.Cause = "The clock of that machine is behind: to it a certificate begins in the future. The key is not at fault."
		x.Next = fmt.Sprintf("Set the clock and see that NTP keeps it (timedatectl, chronyc tracking), then restart %s.", service(kind))
	case keytext.EventIntercepted:
		x.Cause = "Something between that machine and the cloud breaks TLS open and shows a certificate of its own. The key is not at fault."
		x.Next = "Exempt the hosts of your cloud from TLS inspection for that machine"
		if len(e.index.hosts) > 0 {
			x.Next += ", " + e.index.hosts[0] + " among them"
		}
		x.Next += "."
	case keytext.EventMoved:
		x.Cause = "The machine was cloned or moved to other hardware, and what it enrolled with does not fit any more."
		x.Notes = append(x.Notes, "A new enrolment takes one more use; the log does not tell of which key.")
		x.Next = fmt.Sprintf("Enrol it anew: stop %s, remove what it keeps beside instance_id.crypt, write a key's text to %s (mode 644), start it.", service(kind), file(kind))
	case keytext.EventNoKey:
		x.Cause = "The service found no key that it could read where it looked, or a used up one, and went on with OAuth 2.0."
		x.Next = fmt.Sprintf("See that the text is in %s with mode 644 and that its key has uses left, then restart %s: by itself it looks again only after 24 hours.", file(kind), service(kind))
	}
}

// machineKind returns the kind of the service that wrote the lines, that of the key
// where it is not known.
func (h holding) machineKind(g *group) client.Kind {
	if g.kind == "" && h.match != nil {
		return h.match.Key.Kind
	}
	return g.kind
}

// misplaced reports whether the service that showed the key is of another kind
// than the key.
func (h holding) misplaced(g *group) bool { return h.machineKind(g) != h.match.Key.Kind }

// useOfKind is the advice where a machine has a key that is for others.
func useOfKind(kind client.Kind) string {
	return fmt.Sprintf("Use a key of the kind %s: write it to %s, then restart %s.", kind.Title(), file(kind), service(kind))
}

// file returns where the text goes on a machine, in words where its kind is not
// known.
func file(kind client.Kind) string {
	if kind == "" {
		return deploy.Path(client.AppConnector) + " (on an app connector)"
	}
	return deploy.Path(kind)
}

func service(kind client.Kind) string {
	if kind == "" {
		return "the service"
	}
	return deploy.Service(kind)
}

// lookAt says how to look at a text without showing it.
func lookAt(kind client.Kind) string {
	path, _, _ := strings.Cut(file(kind), " ")
	return fmt.Sprintf("pipe \"sudo cat %s\" of the machine into \"provkeys inspect\"", path)
}
