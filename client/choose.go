package client

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// UsableCertificates returns the certificates that can sign what a new key of a
// kind enrols, the kind's default first, then by name: those that may sign and
// have not ended. The default is the vendor's own for App Connectors and Service
// Edges, else the one that most keys of the kind have.
func UsableCertificates(kind Kind, certificates []Certificate, keys []Key, now time.Time) []Certificate {
	usable := slices.DeleteFunc(slices.Clone(certificates), func(c Certificate) bool { return c.WhyNot(now) != "" })
	common := commonest(kind, keys)
	rank := func(c Certificate) int {
		switch {
		case c.Name == builtIn[kind]:
			return 0
		case c.ID == common:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(usable, func(a, b Certificate) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return usable
}

// builtIn are the certificates that the vendor signs a kind with by default. For
// the other kinds no default is documented.
var builtIn = map[Kind]string{AppConnector: "Connector", ServiceEdge: "Service Edge"}

// commonest returns the certificate that most keys of a kind have.
func commonest(kind Kind, keys []Key) ID {
	count := map[ID]int{}
	var most ID
	for _, k := range keys {
		if k.Kind == kind {
			count[k.CertificateID]++
			if n := count[k.CertificateID]; n > count[most] || n == count[most] && k.CertificateID < most {
				most = k.CertificateID
			}
		}
	}
	return most
}

// WhyNot returns why a certificate cannot sign for a new key, "" where it can.
func (c Certificate) WhyNot(now time.Time) string {
	switch {
	case !c.AllowSigning:
		return "it does not allow signing"
	case !c.ValidTo.IsZero() && !now.Before(c.ValidTo):
		return "it has ended"
	case now.Before(c.ValidFrom):
		return "it is not valid yet"
	}
	return ""
}

// GroupsOf returns the groups that keys of a kind belong to, by name: all that is
// known of those of network connectors, which the API does not list.
func GroupsOf(kind Kind, keys []Key) []Group {
	var groups []Group
	for _, k := range keys {
		same := func(g Group) bool { return g.ID == k.GroupID }
		if k.Kind == kind && k.GroupID != "" && !slices.ContainsFunc(groups, same) {
			groups = append(groups, Group{ID: k.GroupID, Kind: kind, Name: k.Group, Enabled: true})
		}
	}
	slices.SortFunc(groups, func(a, b Group) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return groups
}

// Listed reports whether the API lists the groups of a kind.
func (k Kind) Listed() bool { return groupLists[k] != "" }

// NextName proposes a name for another key like the one of that name: "asg-2" for
// "asg", "asg-8" for "asg-7", or a later number where that is taken. What the rule
// for new names does not allow is left out.
func NextName(name string, keys []Key) string {
	stem := strings.Trim(strings.Map(func(r rune) rune {
		if inNewName(r) {
			return r
		}
		return -1
	}, name), " ")
	n := int64(1)
	if at := strings.LastIndexByte(stem, '-'); at > 0 {
		// A number of many digits is a date or an id.
		if count, err := strconv.ParseUint(stem[at+1:], 10, 20); err == nil && len(stem)-at <= 4 && count > 0 {
			stem, n = stem[:at], int64(count)
		}
	}
	stem = strings.TrimRight(stem[:min(len(stem), maxNameLength-8)], " ")
	if stem == "" {
		stem = "key"
	}
	for {
		n++
		next := stem + "-" + strconv.FormatInt(n, 10)
		if !slices.ContainsFunc(keys, func(k Key) bool { return k.Name == next }) {
			return next
		}
	}
}
