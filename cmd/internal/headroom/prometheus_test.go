package headroom

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"provkeys/client"
)

// scraped reads a report as Prometheus does.
func scraped(t *testing.T, r Report) map[string]*dto.MetricFamily {
	t.Helper()
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(r.Prometheus()))
	if err != nil {
		t.Fatalf("Prometheus refuses it: %v\n%s", err, r.Prometheus())
	}
	for name, of := range families {
		if of.GetHelp() == "" || of.GetType() != dto.MetricType_GAUGE {
			t.Errorf("%s is a %v, help %q", name, of.GetType(), of.GetHelp())
		}
	}
	return families
}

// samples returns label values, joined by /, with the value of each.
func samples(of *dto.MetricFamily) map[string]float64 {
	all := map[string]float64{}
	for _, m := range of.GetMetric() {
		var labels []string
		for _, l := range m.GetLabel() {
			labels = append(labels, l.GetValue())
		}
		all[strings.Join(labels, "/")] = m.GetGauge().GetValue()
	}
	return all
}

func TestPrometheusReadsEveryMetric(t *testing.T) {
	t.Parallel()
	expiring := with(key("b", 8, 10), func(k *client.Key) { k.Expires, k.CertificateID = noon.Add(20*day), "" })
	expiring.CertificateEnd = noon.Add(-day)
	expiring.CertificateID, expiring.Certificate = "7", "Old"
	r := Judge([]client.Key{expiring, key("a", 1, 10)}, usual(), noon)
	r.Lacks = []Lack{{Part: "service-edge"}}

	got := map[string]map[string]float64{}
	for name, of := range scraped(t, r) {
		got[strings.TrimPrefix(name, "provkeys_")] = samples(of)
	}

	a, b, at := "app-connector/a/a/EU West 1", "app-connector/b/b/EU West 1", float64(noon.Unix())
	want := map[string]map[string]float64{
		"key_uses":                             {a: 1, b: 8},
		"key_max_uses":                         {a: 10, b: 10},
		"key_status":                           {a: 0, b: 2},
		"key_state":                            {a + "/ok": 1, b + "/certificate expired": 1},
		"key_expiry_timestamp_seconds":         {b: at + (20 * day).Seconds()},
		"certificate_expiry_timestamp_seconds": {"Connector/6573": at + (400 * day).Seconds(), "Old/7": at - day.Seconds()},
		"keys": {
			"expired": 0, "disabled": 0, "used up": 0, "hidden": 0, "certificate expired": 1, "nearly used up": 0, "ok": 1,
		},
		"check_missing":           {"": 1},
		"check_status":            {"": 2},
		"check_timestamp_seconds": {"": at},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestPrometheusTextIsTheSameWhateverTheOrder(t *testing.T) {
	t.Parallel()
	keys := []client.Key{key("a", 1, 10), key("b", 10, 10), with(key("c", 9, 10), func(k *client.Key) { k.Kind = client.ServiceEdge })}
	want := Judge(keys, usual(), noon).Prometheus()
	slices.Reverse(keys)

	if got := Judge(keys, usual(), noon).Prometheus(); got != want || !strings.HasSuffix(got, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestHostileNamesStayOneLabel(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		`quote"d\` + "\nline": `quote"d\` + "\nline",
		"\x1b[31mred\r\u202e": `\x1b[31mred\r\u202e`,
		"bad\xff":             `bad\xff`,
		`a",id="1"} 7`:        `a",id="1"} 7`,
		"日本 {|}":              "日本 {|}",
	} {
		k := with(key("id", 1, 2), func(k *client.Key) { k.Name, k.Group, k.Certificate = name, name, name })

		r := Judge([]client.Key{k}, usual(), noon)
		r.Profile = name

		if text := r.Prometheus(); strings.ContainsAny(text, "\x1b\r\u202e") || !utf8.ValidString(text) {
			t.Errorf("%q acts on a terminal: %q", name, text)
		}
		label := scraped(t, r)["provkeys_key_uses"].GetMetric()[0].GetLabel()
		if len(label) != 5 || label[0].GetName() != "profile" || label[0].GetValue() != want || label[2].GetValue() != want || label[4].GetValue() != want {
			t.Errorf("%q became %v", name, label)
		}
	}
}

func TestTenantsStayApart(t *testing.T) {
	t.Parallel()
	r := Judge([]client.Key{key("a", 1, 10)}, usual(), noon)
	r.Profile = "acme-prod"

	for name, of := range scraped(t, r) {
		for _, m := range of.GetMetric() {
			if l := m.GetLabel(); len(l) == 0 || l[0].GetName() != "profile" || l[0].GetValue() != "acme-prod" {
				t.Errorf("%s has the labels %v", name, l)
			}
		}
	}
}
