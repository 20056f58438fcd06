package diagnose

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"provkeys/client"
	"provkeys/client/deploy"
	"provkeys/client/keytext"
)

// mostRecalled is how many different beginnings the memory is asked for: it takes
// its time for each on purpose.
const mostRecalled = 64

// index finds what is known by what a log shows of it.
type index struct {
	keys     map[keytext.Hint][]client.Key // hosts in small letters
	machines map[string][]client.Connector // by the piece of the fingerprint that is logged
	hosts    []string                      // of the keys, the most common first, in small letters
	unshown  int                           // keys whose text is not known
	recalled map[keytext.Hint][]Remembered
}

func newIndex(known Known) index {
	x := index{
		keys: map[keytext.Hint][]client.Key{}, machines: map[string][]client.Connector{}, recalled: map[keytext.Hint][]Remembered{},
	}
	hosts := map[string]int{}
	for _, k := range known.Keys {
		if k.Hint.Host != "" {
			hosts[strings.ToLower(k.Hint.Host)]++
		}
		if k.Hint.LogPrefix == "" {
			x.unshown++
			continue
		}
		hint := k.Hint
		hint.Host = strings.ToLower(hint.Host)
		x.keys[hint] = append(x.keys[hint], k)
	}
	for _, m := range known.Machines {
		if len(m.Fingerprint) >= keytext.FingerprintLength {
			logged := m.Fingerprint[:keytext.FingerprintLength]
			x.machines[logged] = append(x.machines[logged], m)
		}
	}
	x.hosts = slices.SortedFunc(maps.Keys(hosts), func(a, b string) int {
		return cmp.Or(cmp.Compare(hosts[b], hosts[a]), cmp.Compare(a, b))
	})
	return x
}

// whole reports whether a log shows all that tells a key. A beginning that is too
// short is damaged.
func (g *group) whole() bool { return g.damage == "" && g.logged() != "" }

// logged returns what the log shows of the text, "" where a part is missing.
func (g *group) logged() string {
	if g.nonce.Version == "" || g.nonce.Host == "" || g.nonce.LogPrefix == "" {
		return ""
	}
	return g.nonce.Version + "|" + g.nonce.Host + "|" + g.nonce.LogPrefix
}

// match returns the key whose text begins as the log shows, none where there is
// no such key or more than one; fits is how many there are.
func (e *Explainer) match(g *group) (found holding, fits int) {
	if !g.whole() {
		return holding{known: e.known}, 0
	}
	all := map[client.Ref]holding{}
	for _, k := range e.index.keys[g.nonce] {
		all[k.Ref()] = holding{known: e.known, match: &Match{Relation: Almost, Key: k}}
	}
	for _, r := range e.recall(g.nonce) {
		if _, shown := all[r.Key]; !shown {
			all[r.Key] = holding{known: e.known, match: e.known.remembered(r, Almost), source: recalledHead}
		}
	}
	if len(all) != 1 {
		return holding{known: e.known}, len(all)
	}
	for _, h := range all {
		h.match.Difference = "by the 7 characters that the log shows"
		found = h
	}
	return found, 1
}

// recall asks the memory once for each beginning.
func (e *Explainer) recall(hint keytext.Hint) []Remembered {
	if e.known.Memory == nil {
		return nil
	}
	remembered, asked := e.index.recalled[hint]
	if !asked && len(e.index.recalled) < mostRecalled {
		remembered = e.known.Memory.ByPrefix(hint.Version, hint.Host, hint.LogPrefix)
		e.index.recalled[hint] = remembered
	}
	return remembered
}

// alike returns the key whose text begins like that but for the damage, its
// version or its host; false where there is none or more than one.
func (e *Explainer) alike(g *group) (client.Key, bool) {
	prefix := strings.NewReplacer(" ", "", "\t", "", "'", "", "\"", "", "`", "").Replace(g.nonce.LogPrefix)
	// Five characters tell one of a billion.
	const enough = 5
	var fit []client.Key
	for hint, keys := range e.index.keys {
		if strings.HasPrefix(hint.LogPrefix, prefix) {
			fit = append(fit, keys...)
		}
	}
	if len(prefix) < enough || len(fit) != 1 {
		return client.Key{}, false
	}
	return fit[0], true
}

// machine returns the machine that a log's fingerprint is of, false where there
// is none or more than one.
func (e *Explainer) machine(g *group) (client.Connector, bool) {
	machines := e.index.machines[g.fingerprint]
	if len(machines) != 1 {
		return client.Connector{}, false
	}
	return machines[0], true
}

// nearHost returns the host of a key that is one damage away from host, "" for
// none.
func (x index) nearHost(host string) string {
	for _, other := range x.hosts {
		if oneDamage(host, other) {
			return other
		}
	}
	return ""
}

// oneDamage reports whether a and b differ in one or two characters in one place.
func oneDamage(a, b string) bool {
	const most = 2
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return a != b && len(a) <= most && len(b) <= most
}

// kindOf returns the kind whose service a process belongs to, "" where that is
// not known. What a service starts has its name and a word behind it.
func kindOf(process string) client.Kind {
	name, _, _ := strings.Cut(process, "[")
	for _, kind := range client.Kinds() {
		if service := deploy.Service(kind); name == service || name == service+"-child" {
			return kind
		}
	}
	return ""
}
