package mockserver

import (
	"strconv"
	"strings"
)

const (
	// The first ok and the first used-up key by name are always these two app
	// connector keys, so that a script can rely on them: no other name that is
	// made up here sorts before them.
	firstOKName     = "ap-east-1-asg"
	firstUsedUpName = "ap-east-1-blue"
)

// place is where connectors stand; code begins the names of its keys. A code
// with digits is a cloud region, the others are cities with data centers.
type place struct{ code, name, city, country, latitude, longitude string }

// firstPlace is kept for the two keys that sort first.
func firstPlace() place {
	return place{"ap-east-1", "AP East 1", "Hong Kong", "HK", "22.3193", "114.1694"}
}

func places() []place {
	return []place{
		{"eu-west-1", "EU West 1", "Dublin", "IE", "53.3498", "-6.2603"},
		{"bkk", "Bangkok", "Bangkok", "TH", "13.7563", "100.5018"},
		{"fra", "Frankfurt", "Frankfurt", "DE", "50.1109", "8.6821"},
		{"us-east-1", "US East 1", "Ashburn", "US", "39.0438", "-77.4874"},
		{"sin", "Singapore", "Singapore", "SG", "1.3521", "103.8198"},
		{"eu-central-1", "EU Central 1", "Frankfurt", "DE", "50.1109", "8.6821"},
		{"gru", "São Paulo", "São Paulo", "BR", "-23.5505", "-46.6333"},
		{"us-west-2", "US West 2", "Portland", "US", "45.5152", "-122.6784"},
		{"nrt", "Tokyo", "Tokyo", "JP", "35.6762", "139.6503"},
		{"lhr", "London", "London", "GB", "51.5072", "-0.1276"},
		{"ca-central-1", "CA Central 1", "Montreal", "CA", "45.5019", "-73.5674"},
		{"jnb", "Johannesburg", "Johannesburg", "ZA", "-26.2041", "28.0473"},
	}
}

// rolesOf returns what keys of a kind are for, in a cloud region or in a city.
func rolesOf(kind string, inCloud bool) []string {
	switch kind {
	case KindAppConnector:
		if inCloud {
			return []string{"asg", "blue", "green", "batch", "canary"}
		}
		return []string{"dc", "k8s-prod", "k8s-stage", "lab", "branch"}
	case KindServiceEdge:
		return []string{"edge", "pse"}
	case KindNetworkConnector:
		return []string{"vpn", "np"}
	default:
		return []string{"pcc", "pcc-dr"}
	}
}

// namer makes names as people give them, each once.
type namer struct {
	used  map[string]int
	taken map[string]bool
}

func newNamer() *namer { return &namer{used: map[string]int{}, taken: map[string]bool{}} }

// reserve keeps a name from being made up.
func (n *namer) reserve(name string) { n.taken[name] = true }

// next returns the next name for a place and a role: "eu-west-1-asg", then
// "eu-west-1-asg-2"; data centers count from one. shout writes the place in
// capitals, since people are not consistent.
func (n *namer) next(code, role string, shout bool) string {
	base := code + "-" + role
	if shout {
		code = strings.ToUpper(code)
	}
	for {
		n.used[base]++
		name := numbered(code+"-"+role, role, n.used[base])
		if !n.taken[name] {
			n.taken[name] = true
			return name
		}
	}
}

// numbered leaves the first of its name without a number, data centers excepted.
func numbered(base, role string, count int) string {
	switch {
	case role == "dc":
		return base + strconv.Itoa(count)
	case count == 1:
		return base
	default:
		return base + "-" + strconv.Itoa(count)
	}
}

// The names below are what a console must survive. The API lets every one of
// them through, HTML's characters escaped.
const (
	hostileCSI       = "csi-\x1b[2J\x1b[31mred\x1b[0m-\u009b7m"
	hostileTitle     = "\x1b]0;owned\atitle"
	hostileClipboard = "osc52-\x1b]52;c;bW9jaw==\a-end"
	hostileBidi      = "safe-\u202egpj.exe\u202c-\u2066isolated\u2069"
	hostileCJK       = "東京データセンター-本番-1"
	hostileHTML      = "R&amp;D &lt;lab&gt;"
	hostileLines     = "line-one\r\nline-two\ttab"
	hostileGroup     = "Lab &amp; Test \x1b[7minverse\x1b[0m"
)

func hostileCombining() string { return "stacked-e" + strings.Repeat("\u0301\u0323\u0330", 12) + "-n" }

// hostileLong is 200 columns wide.
func hostileLong() string { return "wide-" + strings.Repeat("0123456789abcde", 13) }
