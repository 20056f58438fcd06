package client

import (
	"fmt"
	"strings"

	"provkeys/client/keytext"
)

// leastAlike is how many other keys must share a host before another host is
// remarkable.
const leastAlike = 3

// CopyWarnings returns what a person who copies the key should know although
// nothing blocks it, a sentence each, without any part of the text but its
// host. Tenant is every key that is known, this one or not; nothing is ever
// repaired in silence. Of a key whose text is not to be had it returns nothing.
// Console and command line say these and no others; it is pure.
func (k Key) CopyWarnings(tenant []Key) []string {
	if !k.Exportable || k.Text.IsZero() {
		return nil
	}
	var list []string
	if k.Left() == 1 {
		list = append(list, "Last use: after this it is used up.")
	}
	list = append(list, keytext.Odd(k.Text.Reveal())...)
	if warning := HostWarning(k.Hint.Host, tenant, k.Ref()); warning != "" {
		list = append(list, warning)
	}
	return list
}

// HostWarning says that a text is for another host than those of most keys of
// the tenant; "" where it is not, or where nothing can be said. The key that the
// text belongs to does not count; the zero Ref leaves none out.
func HostWarning(host string, tenant []Key, except Ref) string {
	usual := usualHost(tenant, except)
	if host == "" || usual == "" || strings.EqualFold(host, usual) {
		return ""
	}
	return fmt.Sprintf("The key text is for the host %s, those of most other keys for %s.", host, usual)
}

// usualHost returns the host of more than half of the keys whose host is known,
// in small letters; "" where there is none or too few share it.
func usualHost(tenant []Key, except Ref) string {
	known, alike := 0, map[string]int{}
	for _, other := range tenant {
		if other.Hint.Host == "" || other.Ref() == except {
			continue
		}
		known++
		alike[strings.ToLower(other.Hint.Host)]++
	}
	for host, n := range alike {
		if n >= leastAlike && 2*n > known {
			return host
		}
	}
	return ""
}
