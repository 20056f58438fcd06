package client_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"provkeys/client"
)

// vault holds a secret in every place that a printer may look into.
type vault struct {
	Open    client.Secret
	hidden  client.Secret
	Pointer *client.Secret
	pointer *client.Secret
	List    []client.Secret
	list    [1]client.Secret
	Map     map[string]client.Secret
	Any     any
	deep    struct{ inner client.Secret }
	Error   error
}

func newVault(s client.Secret) vault {
	v := vault{
		Open: s, hidden: s, Pointer: &s, pointer: &s, List: []client.Secret{s}, list: [1]client.Secret{s},
		Map: map[string]client.Secret{"k": s}, Any: s, Error: fmt.Errorf("wrapped: %v", s),
	}
	v.deep.inner = s
	return v
}

const canary = "canaryCANARYcanary"

// leaks reports whether text shows the canary, plain or in hexadecimal.
func leaks(text string) bool {
	return strings.Contains(text, canary) || strings.Contains(strings.ToLower(text), fmt.Sprintf("%x", canary))
}

func TestNoVerbPrintsASecret(t *testing.T) {
	s := client.NewSecret(canary)
	v := newVault(s)
	key := client.Key{Name: "a", Text: s}
	cfg := client.Config{ClientSecret: s, ClientID: "id"}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d", "%x", "%X", "%q", "%#q", "% x", "%#x", "%t", "%c", "%U", "%e", "%g", "%b", "%o", "%p", "%T", "%w", "%!", "%z", "%10.3s", "%-30v", "%08d"} {
		for what, value := range map[string]any{
			"secret": s, "pointer": &s, "slice": []client.Secret{s}, "map": map[string]client.Secret{"k": s},
			"struct": v, "struct pointer": &v, "key": key, "key pointer": &key, "config": cfg, "any": any(v),
		} {
			if leaks(fmt.Sprintf(verb, value)) {
				t.Errorf("%s prints the text out of a %s", verb, what)
			}
		}
	}
	if leaks(fmt.Sprint(s, v, key)) || leaks(fmt.Sprintln(&v)) {
		t.Error("a plain print shows the text")
	}
}

func TestNoEncoderWritesASecret(t *testing.T) {
	s := client.NewSecret(canary)
	v := newVault(s)
	for what, value := range map[string]any{"secret": s, "pointer": &s, "key": client.Key{Text: s}, "struct": v, "struct pointer": &v} {
		asJSON, err := json.Marshal(value)
		if err != nil || leaks(string(asJSON)) {
			t.Errorf("JSON of a %s: leaks %v, %v", what, leaks(string(asJSON)), err)
		}
		asYAML, err := yaml.Marshal(value)
		if err != nil || leaks(string(asYAML)) {
			t.Errorf("YAML of a %s: leaks %v, %v", what, leaks(string(asYAML)), err)
		}
	}
}

func TestNoLogHandlerWritesASecret(t *testing.T) {
	s := client.NewSecret(canary)
	v := newVault(s)
	var b bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&b, nil), slog.NewJSONHandler(&b, nil)} {
		log := slog.New(handler).With("secret", s)
		log.Info("a", "secret", s, "pointer", &s, "struct", v, "struct pointer", &v, "list", v.List, "key", client.Key{Text: s})
		log.WithGroup("g").Info("b", slog.Any("secret", s), slog.Group("h", "secret", s))
	}
	if b.Len() == 0 || leaks(b.String()) {
		t.Errorf("%d bytes were logged, leaking %v", b.Len(), leaks(b.String()))
	}
}

func TestSecretIsReadAndRevealed(t *testing.T) {
	var read struct{ Text client.Secret }
	if err := json.Unmarshal([]byte(`{"Text":"`+canary+`"}`), &read); err != nil || read.Text.Reveal() != canary {
		t.Error("a secret is not read from JSON", err)
	}
	var fromYAML struct{ Text client.Secret }
	if err := yaml.Unmarshal([]byte("text: "+canary+"\n"), &fromYAML); err != nil || fromYAML.Text.Reveal() != canary {
		t.Error("a secret is not read from YAML", err)
	}
	if !read.Text.Equal(fromYAML.Text) || read.Text.Equal(client.NewSecret(canary+"x")) || read.Text.Equal(client.Secret{}) {
		t.Error("secrets are compared wrongly")
	}
}

func TestEmptySecretIsTheZeroValue(t *testing.T) {
	for _, s := range []client.Secret{{}, client.NewSecret("")} {
		if !s.IsZero() || s.Reveal() != "" || s.String() != "" || !s.Equal(client.Secret{}) {
			t.Error("the empty secret is not empty")
		}
	}
	if client.NewSecret("x").IsZero() {
		t.Error("a secret is empty")
	}
}
