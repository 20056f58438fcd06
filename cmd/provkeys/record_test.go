package main

import (
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/client/estate"
	"provkeys/client/keytext"
	"provkeys/tui/style"
)

const fakeText = "3|mock.example|" + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/"

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// sampleKey is ok at noon.
func sampleKey() client.Key {
	return client.Key{
		Kind: client.AppConnector, ID: "58856", Name: "eu-west-1-asg", Group: "EU West 1", GroupID: "216196257331404676",
		Certificate: "Connector", CertificateID: "6573", CertificateEnd: noon.Add(212*24*time.Hour + time.Hour),
		Uses: 5, MaxUses: 60, Enabled: true, Exportable: true,
		Created: noon.Add(-24 * time.Hour), Modified: noon.Add(-time.Hour), ModifiedBy: "-2",
		Text: client.NewSecret(fakeText), Hint: keytext.Describe(fakeText),
	}
}

// records are keys as programs read them.
func records(keys []client.Key, v view) []record {
	list := make([]record, 0, len(keys))
	for _, k := range keys {
		list = append(list, newRecord(k, v))
	}
	return list
}

// hostileNames is what the API lets through.
func hostileNames() []string {
	return []string{
		"plain", `quote"d`, `back\slash`, "comma, semi;", "line\r\nbreak", "tab\tbed", "\x1b]52;c;ZXZpbA==\aclip",
		"\u202egnp.exe", "\u009b31mred", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "bad\xffbyte", "null", "true",
		"2026-11-22", "0x10", "- a", "a: b", "# no comment", "'", "", " ", "日本", "e\u0301\u0301\u0301\u0301", "\u2028", "😀", "\x00", "\ufeffbom",
	}
}

func hostileKeys() []client.Key {
	var keys []client.Key
	for _, name := range hostileNames() {
		k := sampleKey()
		k.Name, k.Group = name, name
		keys = append(keys, k)
	}
	return keys
}

func TestJSONOfAKeyHasExactlyTheseFields(t *testing.T) {
	t.Parallel()
	want := `{
  "id": "58856",
  "name": "eu-west-1-asg",
  "kind": "app-connector",
  "group": "EU West 1",
  "group_id": "216196257331404676",
  "uses": 5,
  "max_uses": 60,
  "left": 55,
  "state": "ok",
  "enabled": true,
  "exportable": true,
  "managed": false,
  "certificate": "Connector",
  "certificate_id": "6573",
  "certificate_valid_to": "2027-06-22T13:00:00Z",
  "created": "2026-11-21T12:00:00Z",
  "modified": "2026-11-22T11:00:00Z",
  "modified_by": "-2",
  "expires": null,
  "allowed_addresses": [],
  "microtenant": null,
  "microtenant_id": null,
  "key": "3|mock.example|••••••••"
}
`
	got := jsonObject(newRecord(sampleKey(), view{now: noon}))

	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("JSON differs (-want +got):\n%s", diff)
	}
}

func TestKeyFieldShowsNoMoreThanWasAskedFor(t *testing.T) {
	t.Parallel()
	hidden, missing, damaged, odd := sampleKey(), sampleKey(), sampleKey(), sampleKey()
	hidden.Exportable = false
	missing.Text, missing.Hint = client.Secret{}, keytext.Hint{}
	damaged.Text = client.NewSecret(fakeText + "\x1b[2J")
	odd.Text, odd.Hint = client.NewSecret("no-shape"), keytext.Hint{}
	for name, tc := range map[string]struct {
		key            client.Key
		masked, secret scalar
	}{
		"shown":    {sampleKey(), textOf("3|mock.example|••••••••"), textOf(fakeText)},
		"hidden":   {hidden, scalar{}, scalar{}},
		"missing":  {missing, scalar{}, scalar{}},
		"damaged":  {damaged, textOf("3|mock.example|••••••••"), scalar{}},
		"no shape": {odd, textOf("••••••••"), textOf("no-shape")},
	} {
		if got := keyOf(tc.key, view{now: noon}); got != tc.masked {
			t.Errorf("%s: masked is %q, want %q", name, got.plain, tc.masked.plain)
		}
		if got := keyOf(tc.key, view{now: noon, secrets: true}); got != tc.secret {
			t.Errorf("%s: the asked-for text differs", name)
		}
	}
}

func TestTimesThatRFC3339CannotWriteAreNull(t *testing.T) {
	t.Parallel()
	for _, at := range []time.Time{{}, time.Unix(999999999999, 0)} {
		if got := timeOf(at); got.is != null {
			t.Errorf("%v is written as %q, want null", at, got.plain)
		}
	}
	if got := timeOf(noon.In(time.FixedZone("", 3600))); got.plain != "2026-11-22T12:00:00Z" {
		t.Errorf("a time is %q, want it in UTC", got.plain)
	}
}

func TestHostileNamesSurviveJSON(t *testing.T) {
	t.Parallel()
	out := jsonArray(records(hostileKeys(), view{now: noon}))

	got := decode[[]struct{ Name, Group string }](t, []byte(out))

	for i, name := range hostileNames() {
		if want := strings.ToValidUTF8(name, "\ufffd"); got[i].Name != want || got[i].Group != want {
			t.Errorf("%q came back as %q", want, got[i].Name)
		}
	}
	if strings.ContainsAny(out, "\x1b\x00\r") {
		t.Error("JSON holds raw control characters")
	}
}

func TestHostileNamesSurviveYAML(t *testing.T) {
	t.Parallel()
	list := records(hostileKeys(), view{now: noon})
	out := yamlList(list)

	var got []map[string]any
	if err := yaml.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}

	for i, name := range hostileNames() {
		if want := strings.ToValidUTF8(name, "\ufffd"); got[i]["name"] != want || len(got[i]) != len(fieldNames()) {
			t.Errorf("%q came back as %q", want, got[i]["name"])
		}
	}
	if lines := strings.Count(out, "\n"); lines != len(list)*len(fieldNames()) {
		t.Errorf("%d lines, want one a field", lines)
	}
	if got[0]["uses"] != uint64(5) || got[0]["enabled"] != true || got[0]["expires"] != nil {
		t.Errorf("numbers, truths and nulls are %v, %v, %v", got[0]["uses"], got[0]["enabled"], got[0]["expires"])
	}
	assertPrintable(t, out)
}

func TestCSVRunsNoFormula(t *testing.T) {
	t.Parallel()
	out := csvTable(fieldNames(), records(hostileKeys(), view{now: noon}))

	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}

	if diff := cmp.Diff(fieldNames(), rows[0]); diff != "" {
		t.Errorf("header differs (-want +got):\n%s", diff)
	}
	for i, name := range hostileNames() {
		cell := rows[i+1][1]
		if want := style.Sanitize(name); cell != want && cell != "'"+want {
			t.Errorf("%q became %q", name, cell)
		}
		if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
			t.Errorf("%q would be run as a formula", cell)
		}
	}
	if got := csvCell("\t=1"); got != "\"'\t=1\"" {
		t.Errorf("a tab in front of a formula gives %q", got)
	}
	assertPrintable(t, strings.ReplaceAll(out, "\r\n", "\n"))
}

func TestOneKeyIsOneLineWhateverItsName(t *testing.T) {
	t.Parallel()
	keys := hostileKeys()

	for what, out := range map[string]string{
		"tsv":   tsvRows(keySheet().in(formatTSV, choice{}), keys, view{now: noon}),
		"names": nameRows(keySheet(), keys),
		"table": keyTable(keys, view{now: noon}, tableLook{}),
	} {
		lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
		if what == "table" {
			lines = lines[1:]
		}
		if len(lines) != len(keys) {
			t.Errorf("%s has %d lines for %d keys", what, len(lines), len(keys))
		}
		for _, line := range lines {
			if what == "tsv" && strings.Count(line, "\t") != len(keySheet().usual)-1 {
				t.Errorf("a line has %d tabs: %q", strings.Count(line, "\t"), line)
			}
		}
		assertPrintable(t, strings.ReplaceAll(out, "\t", " "))
	}
}

// assertPrintable fails where a terminal would act on what was written.
func TestNameThatIsWrittenCanBeGivenBack(t *testing.T) {
	t.Parallel()
	for _, k := range hostileKeys() {
		line := strings.TrimSuffix(nameRows(keySheet(), []client.Key{k}), "\n")
		if !k.HasName(line) {
			t.Errorf("%q is written as %q, which no key has", k.Name, line)
		}
	}
	for name, want := range map[string]string{"Root": "Root\n", "line\nbreak": "6573\n", "": "6573\n"} {
		c := estate.Certificate{Certificate: client.Certificate{ID: "6573", Name: name}}
		if got := nameRows(certificateSheet(), []estate.Certificate{c}); got != want {
			t.Errorf("the certificate %q is written as %q, want %q", name, got, want)
		}
	}
}

func TestChangesAreOfFieldsThatTheRecordHas(t *testing.T) {
	t.Parallel()
	var was client.Key
	now := client.Key{
		Name: "b", MaxUses: 5, Enabled: true, Exportable: true, CertificateID: "2", Certificate: "Connector", Expires: noon,
		AllowedAddresses: []string{"192.0.2.0/24"},
	}
	var got []string
	for _, c := range decode[[]struct{ Field string }](t, []byte(changesOf(client.Conflicts(was, now)).words())) {
		got = append(got, c.Field)
	}
	want := []string{"name", "max_uses", "enabled", "exportable", "certificate", "expires", "allowed_addresses"}
	if !slices.Equal(got, want) {
		t.Errorf("the fields are %q, want %q", got, want)
	}
	for _, field := range got {
		if !slices.Contains(keySheet().fields(), field) {
			t.Errorf("no key has a field %q", field)
		}
	}
}

func assertPrintable(t *testing.T, out string) {
	t.Helper()
	for line := range strings.SplitSeq(out, "\n") {
		for _, r := range line {
			if !style.Printable(r) {
				t.Errorf("%q reaches the terminal in %q", r, line)
				return
			}
		}
	}
}

func TestFieldOrderIsThatOfJSON(t *testing.T) {
	t.Parallel()
	dec := json.NewDecoder(strings.NewReader(jsonObject(newRecord(sampleKey(), view{now: noon}))))
	var names []string
	for {
		tok, err := dec.Token()
		if err != nil {
			break
		}
		if name, ok := tok.(string); ok && len(names) < len(fieldNames()) {
			names = append(names, name)
			_, _ = dec.Token() // its value
		}
	}
	if diff := cmp.Diff(fieldNames(), names); diff != "" {
		t.Errorf("--field and JSON differ (-field +json):\n%s", diff)
	}
}
