package diagnose

import (
	"fmt"
	"slices"
	"strings"

	"provkeys/client"
	"provkeys/client/keytext"
)

// mostNamed is how many keys or hosts a note names.
const mostNamed = 5

// keyNotes say what is known of a matched key, and whether it is of another kind
// than what showed it.
func keyNotes(h holding, g *group) []string {
	notes, k := h.matchNotes(), h.match.Key
	if h.misplaced(g) {
		notes = append(notes, fmt.Sprintf("%s is for the kind %s, and what showed it is of the kind %s.", k.Name, k.Kind.Title(), g.kind.Title()))
	}
	return notes
}

// unmatched says why no key is named for a login: what the nonce has wrong, how
// many keys fit, or that none does.
func (e *Explainer) unmatched(g *group, fits int) []string {
	if g.nonce == (keytext.Hint{}) && g.damage == "" {
		return nil
	}
	var notes []string
	switch {
	case fits > 1:
		return []string{fmt.Sprintf("%s begin like that, so that none can be named.", keyCount(fits))}
	case fits == 0 && g.whole():
		notes = append(notes, e.noneBegins()...)
	}
	if k, ok := e.alike(g); ok {
		notes = append(notes, fmt.Sprintf("But for %s it begins like %s; that is a hint, not a proof.", e.unlike(g, k), k.Name))
	}
	if g.nonce.Host != "" {
		notes = append(notes, e.hostNotes(g.nonce.Host)...)
	}
	return notes
}

// noneBegins says how many keys were compared in vain.
func (e *Explainer) noneBegins() []string {
	compared := len(e.known.Keys) - e.index.unshown
	unread := e.known.unreadWords()
	switch {
	case len(e.known.Keys) == 0:
		return nil
	case compared == 0:
		return []string{"No key's text is shown here, so that none could be compared" + unread + "."}
	case !e.known.Complete:
		return []string{noneOf(compared, "that could be compared") + ", and not all keys are known" + unread + "."}
	case len(e.known.Unread) > 0:
		return []string{noneOf(compared, "that could be compared") + unread + ": the text was mangled, or is another tenant's, a hidden key's or one of those."}
	case e.index.unshown > 0:
		return []string{fmt.Sprintf("%s (of %d it is not shown): the text was mangled, or is another tenant's or a hidden key's.",
			noneOf(compared, "of this tenant whose text is shown"), e.index.unshown)}
	}
	return []string{noneOf(compared, "of this tenant") + ": the text was mangled or is another tenant's."}
}

// noneOf says that none of the keys begins like a text.
func noneOf(keys int, which string) string {
	if keys == 1 {
		return fmt.Sprintf("The one key %s does not begin like that", which)
	}
	return fmt.Sprintf("None of the %s %s begins like that", keyCount(keys), which)
}

// unlike names the part in which a nonce differs from a key.
func (e *Explainer) unlike(g *group, k client.Key) string {
	switch {
	case !strings.EqualFold(g.nonce.Host, k.Hint.Host):
		return "its host"
	case g.nonce.Version != k.Hint.Version:
		return "its version"
	}
	return "the damage"
}

// hostNotes compare a host with those of the tenant's keys; nil for one of them,
// and where none is known.
func (e *Explainer) hostNotes(host string) []string {
	hosts := e.index.hosts
	host = strings.ToLower(host)
	if len(hosts) == 0 || slices.Contains(hosts, host) {
		return nil
	}
	if near := e.index.nearHost(host); near != "" {
		return []string{fmt.Sprintf("The host %s is one damage away from %s, which keys of this tenant have.", host, near)}
	}
	return []string{fmt.Sprintf("No known key has the host %s; theirs: %s.", host, named(hosts))}
}

// candidates names the keys that a line about a used up key may be about.
func (e *Explainer) candidates(kind client.Kind) []string {
	var names []string
	for _, k := range e.known.Keys {
		if slices.Contains(k.States(e.known.Now, client.Threshold{}), client.UsedUp) && (kind == "" || k.Kind == kind) {
			names = append(names, k.Name)
		}
	}
	switch {
	case names != nil:
		return []string{"The line names no key. Used up now (candidates, not proved): " + named(names) + "."}
	case len(e.known.Unread) > 0 && (kind == "" || e.known.unread(kind)):
		return []string{"The line names no key, and it may be about one of a kind that is not known here" + e.known.unreadWords() + "."}
	case e.known.Complete && len(e.known.Keys) > 0:
		return []string{"The line names no key, and no key of this tenant that it could be about is used up now: max uses was raised since, or it is another tenant's."}
	}
	return []string{"The line names no key."}
}

// waiting returns how many machines a log shows for whom the same key had no use
// left; at least one. Where no fingerprint is told it may be one of the others.
func (e *Explainer) waiting(g *group) int64 {
	machines := map[string]bool{}
	for _, other := range e.order {
		if other.event == g.event && other.nonce == g.nonce && other.fingerprint != "" {
			machines[other.fingerprint] = true
		}
	}
	return max(int64(len(machines)), 1)
}

// named joins the first names and says how many more there are.
func named(names []string) string {
	told := strings.Join(names[:min(len(names), mostNamed)], ", ")
	if more := len(names) - mostNamed; more > 0 {
		told += fmt.Sprintf(" and %d more", more)
	}
	return told
}

func machineNote(m client.Connector) string {
	if m.Key == "" {
		return fmt.Sprintf("The fingerprint is that of %s, which enrolled before.", m.Name)
	}
	return fmt.Sprintf("The fingerprint is that of %s, which enrolled before with the key %s.", m.Name, m.Key)
}

// damageWords says what is wrong with the piece of a text that is logged.
func damageWords(kind keytext.FaultKind) string {
	const within = " where it begins"
	switch kind {
	case keytext.FaultBlank:
		return "it is damaged, a blank stands" + within
	case keytext.FaultQuote:
		return "it is damaged, a quote stands" + within
	case keytext.FaultSmartQuote:
		return "it is damaged, a typographic quote stands" + within
	case keytext.FaultMark:
		return "it is damaged, a byte order mark stands" + within
	case keytext.FaultInvisible:
		return "it is damaged, an invisible character stands" + within
	case keytext.FaultShell:
		return "it is damaged, a shell's character stands" + within
	case keytext.FaultParts:
		return "it has not the three parts version|host|secret"
	case keytext.FaultVersion:
		return "it does not begin with a version from 1 to 4"
	case keytext.FaultHost:
		return "its second part is no full host name"
	case keytext.FaultShort:
		return "it ends too early"
	}
	return "it is damaged, a character that no key text has stands" + within
}
