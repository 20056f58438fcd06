package main

import (
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/client/diagnose"
	"provkeys/client/keytext"
)

func TestSoundIsWhatNothingSpeaksAgainst(t *testing.T) {
	t.Parallel()
	key := sampleKey()
	other := client.Key{Kind: client.AppConnector, ID: "1"}
	whole, damaged := keytext.Report{}, keytext.Report{Faults: []keytext.Fault{{Kind: keytext.FaultBlank}}}
	for name, tt := range map[string]struct {
		complete bool
		found    diagnose.Finding
		want     bool
	}{
		"a key of the tenant":             {true, diagnose.Finding{Report: whole, Match: &diagnose.Match{Relation: diagnose.Same, Key: key}}, true},
		"no key of the tenant":            {true, diagnose.Finding{Report: whole}, false},
		"a deleted key":                   {true, diagnose.Finding{Report: whole, Match: &diagnose.Match{Relation: diagnose.Same, Key: key, Gone: true}}, false},
		"a key of another tenant":         {true, diagnose.Finding{Report: whole, Match: &diagnose.Match{Relation: diagnose.Same, Key: other, Customer: "9"}}, false},
		"almost a key":                    {true, diagnose.Finding{Report: whole, Match: &diagnose.Match{Relation: diagnose.Almost, Key: key}}, false},
		"damaged":                         {true, diagnose.Finding{Report: damaged, Match: &diagnose.Match{Relation: diagnose.Almost, Key: key}}, false},
		"whole, and nobody was asked":     {false, diagnose.Finding{Report: whole}, true},
		"remembered, nobody was asked":    {false, diagnose.Finding{Report: whole, Match: &diagnose.Match{Relation: diagnose.Same, Key: other}}, true},
		"almost one, nobody was asked":    {false, diagnose.Finding{Report: whole, Match: &diagnose.Match{Relation: diagnose.Almost, Key: other}}, false},
		"near keys, nobody was asked":     {false, diagnose.Finding{Report: whole, Near: 2}, false},
		"damaged, and nobody was asked":   {false, diagnose.Finding{Report: damaged}, false},
		"a key, although some are missed": {false, diagnose.Finding{Report: whole, Match: &diagnose.Match{Relation: diagnose.Same, Key: key}}, true},
	} {
		k := known{Known: diagnose.Known{Keys: []client.Key{key}, Complete: tt.complete}}
		if got := k.sound(tt.found); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

func TestYAMLOfAFindingSaysWhatItsJSONDoes(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for command, in := range map[string]string{
		"inspect": strings.Replace(f.text(okKey), "|", " |\t", 2),
		"explain": dnsLine + "x\n" + strings.ReplaceAll(dnsLine, "mock.example", "a-\u2028.example") + "No valid certificate. Attempting to enroll\n",
	} {
		f.in = in
		f.run(command, "-o", "json")
		fromJSON := decode[map[string]any](t, f.out.Bytes())
		f.run(command, "-o", "yaml")
		var fromYAML map[string]any
		if err := yaml.UnmarshalWithOptions(f.out.Bytes(), &fromYAML, yaml.UseJSONUnmarshaler()); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, f.out.String())
		}
		if diff := cmp.Diff(fromJSON, alike(fromYAML)); diff != "" || len(fromJSON) < 5 {
			t.Errorf("%s differs (-JSON +YAML):\n%s", command, diff)
		}
	}
}

// alike returns a value of YAML with its numbers as JSON has them.
func alike(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name := range v {
			v[name] = alike(v[name])
		}
	case []any:
		for i := range v {
			v[i] = alike(v[i])
		}
	case uint64:
		return float64(v)
	}
	return v
}
