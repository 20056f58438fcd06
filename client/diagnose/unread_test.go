package diagnose_test

import (
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/client/diagnose"
	"provkeys/client/keytext"
)

func TestKeyOfAKindThatMayNotBeReadIsNeverGone(t *testing.T) {
	text := "3|mock.example|" + opaqueOf(1) + number
	known := tenantOf(hiddenKey("other"))
	known.Memory = textMemory{text: rememberedAs("mine")}
	for what, c := range map[string]struct {
		unread []client.Kind
		gone   bool
	}{
		"its own kind": {[]client.Kind{client.NetworkConnector, client.AppConnector}, false},
		"another kind": {[]client.Kind{client.CloudController}, true},
		"none":         {nil, true},
	} {
		known.Unread = c.unread
		hint := keytext.Describe(text)
		for how, got := range map[string]*diagnose.Match{
			"inspect": inspected(known, text).Match,
			"explain": one(t, known, refusalOf(hint.Version+"|"+hint.Host+"|"+hint.LogPrefix)).Match,
		} {
			if got == nil || got.Gone != c.gone {
				t.Errorf("%s, %s: %+v", what, how, got)
			}
		}
		if f := inspected(known, text); strings.Contains(saidOf(f), "any more") != c.gone || strings.Contains(saidOf(f), "app connector keys may not be read") == c.gone {
			t.Errorf("%s: %s", what, saidOf(f))
		}
	}
}

func TestKindsThatMayNotBeReadAreNamedWhereNoKeyIs(t *testing.T) {
	known := tenantOf(hiddenKey("other"), textKey("shown", "3|mock.example|"+opaqueOf(2)+number))
	known.Unread = []client.Kind{client.NetworkConnector, client.ServiceEdge, client.CloudController}
	const want = "; network connector, service edge and cloud controller keys may not be read"
	usedUp := one(t, known, `"id": "nonce.usage.exceeded"`)
	for what, said := range map[string]string{
		"inspect":             saidOf(inspected(known, "3|mock.example|"+opaqueOf(1)+number)),
		"explain":             everything(one(t, known, refusalOf("3|mock.example|MOCKxxx"))),
		"explain, candidates": everything(usedUp),
	} {
		if !strings.Contains(said, want) {
			t.Errorf("%s does not name them: %s", what, said)
		}
	}
	if strings.Contains(everything(usedUp), "no key of this tenant that it could be about") {
		t.Errorf("what is not known is denied: %s", everything(usedUp))
	}
}
