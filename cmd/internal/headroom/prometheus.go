package headroom

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"provkeys/client"
	"provkeys/tui/style"
)

// metric is a gauge with its samples.
type metric struct {
	name, help string
	samples    []sample
}

type sample struct {
	labels []label
	value  int64
}

type label struct{ name, value string }

// Prometheus returns the report in Prometheus' text format: gauges, those of one metric
// together, keys by kind and id whatever the report's order. A time is in seconds since
// 1970. How many left is no metric of its own: it is max uses less uses.
func (r Report) Prometheus() string {
	var b strings.Builder
	for _, m := range slices.Concat(r.keyMetrics(), r.checkMetrics()) {
		if len(m.samples) == 0 {
			continue
		}
		b.WriteString("# HELP " + m.name + " " + m.help + "\n# TYPE " + m.name + " gauge\n")
		for _, s := range m.samples {
			b.WriteString(m.name + r.braces(s.labels) + " " + strconv.FormatInt(s.value, 10) + "\n")
		}
	}
	return b.String()
}

// keyMetrics are about each key and each certificate by itself.
func (r Report) keyMetrics() []metric {
	uses := metric{name: "provkeys_key_uses", help: "Uses of the provisioning key."}
	maxUses := metric{name: "provkeys_key_max_uses", help: "Uses that the provisioning key allows."}
	status := metric{name: "provkeys_key_status", help: "Verdict on the key: 0 is OK, 1 WARNING, 2 CRITICAL."}
	// Only the state that it has: seven samples for each key would say no more.
	state := metric{name: "provkeys_key_state", help: "The state of the key is the one of the label; always 1."}
	expiry := metric{name: "provkeys_key_expiry_timestamp_seconds", help: "When the key expires, for those that do."}
	certificate := metric{name: "provkeys_certificate_expiry_timestamp_seconds", help: "When a signing certificate of the keys ends."}
	ends := map[client.ID]client.Key{}
	for _, v := range r.byID() {
		k := v.Key
		of := []label{{"kind", string(k.Kind)}, {"name", k.Name}, {"id", string(k.ID)}, {"group", k.Group}}
		uses.add(k.Uses, of...)
		maxUses.add(k.MaxUses, of...)
		status.add(int64(v.Status), of...)
		state.add(1, append(of, label{"state", v.State.String()})...)
		if !k.Expires.IsZero() {
			expiry.add(k.Expires.Unix(), of...)
		}
		if !k.CertificateEnd.IsZero() {
			ends[k.CertificateID] = k
		}
	}
	for _, id := range slices.Sorted(maps.Keys(ends)) {
		k := ends[id]
		certificate.add(k.CertificateEnd.Unix(), label{"name", k.Certificate}, label{"id", string(id)})
	}
	return []metric{uses, maxUses, status, state, expiry, certificate}
}

// checkMetrics are about the report as a whole. They are there whatever it says, so
// that an alert can be raised on each.
func (r Report) checkMetrics() []metric {
	keys := metric{name: "provkeys_keys", help: "Keys that were judged, by their state."}
	states := map[client.State]int64{}
	for _, v := range r.Keys {
		states[v.State]++
	}
	for s := client.Expired; s <= client.OK; s++ {
		keys.add(states[s], label{"state", s.String()})
	}
	missing := metric{name: "provkeys_check_missing", help: "Kinds of key, and the signing certificates, that could not be read."}
	missing.add(int64(len(r.Lacks)))
	status := metric{name: "provkeys_check_status", help: "Worst verdict of all keys: 0 is OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN."}
	status.add(int64(r.Status()))
	at := metric{name: "provkeys_check_timestamp_seconds", help: "When the keys were judged."}
	at.add(r.Now.Unix())
	return []metric{keys, missing, status, at}
}

func (r Report) byID() []Verdict {
	return slices.SortedFunc(slices.Values(r.Keys), func(a, b Verdict) int {
		return cmp.Or(cmp.Compare(a.Key.Kind, b.Key.Kind), cmp.Compare(a.Key.ID, b.Key.ID))
	})
}

func (m *metric) add(value int64, labels ...label) {
	m.samples = append(m.samples, sample{labels, value})
}

// braces returns the labels of a sample, those of every sample first.
func (r Report) braces(labels []label) string {
	if r.Profile != "" {
		labels = append([]label{{"profile", r.Profile}}, labels...)
	}
	if len(labels) == 0 {
		return ""
	}
	words := make([]string, 0, len(labels))
	for _, l := range labels {
		words = append(words, l.name+`="`+labelValue(l.value)+`"`)
	}
	return "{" + strings.Join(words, ",") + "}"
}

// labelValue escapes a label's value. A line break stays one; what else a terminal may
// act on, or is no UTF-8, the format has no escape for, and it becomes visible.
func labelValue(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(style.Sanitize(l))
	}
	return strings.Join(lines, `\n`)
}
