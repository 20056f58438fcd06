package keytext

import "strings"

const (
	longestLabel = 63 // of a name in the DNS
	// longestLast is that of a host name's last label. A "com" with more than the
	// seven characters that connectors log behind it is longer.
	longestLast = 10
)

// plausibleHost reports whether a text may be told as a key text's host. It is
// strict, for a piece of the secret part may stand in the host's place, or behind
// it: base64 has no dot, and mixes small letters with capitals.
func plausibleHost(host string) bool {
	if len(host) > longestHost || !isHost(host) {
		return false
	}
	labels := strings.Split(host, ".")
	for _, label := range labels {
		if label == "" || len(label) > longestLabel || label != strings.ToLower(label) && label != strings.ToUpper(label) {
			return false
		}
	}
	last := labels[len(labels)-1]
	return len(labels) > 1 && len(last) > 1 && len(last) <= longestLast && !strings.ContainsAny(last, "0123456789-")
}
