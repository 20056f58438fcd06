package client

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// checkError fails when an error repeats a piece of the input that is longer
// than a word, or the input itself where that is JSON.
func checkError(t *testing.T, input string, err error) {
	t.Helper()
	text := err.Error()
	if len(text) > 2*maxWords {
		t.Errorf("the error has %d bytes", len(text))
	}
	if longWord.MatchString(text) && !strings.Contains(text, "/") {
		t.Error("the error holds a word as long as a secret")
	}
	trimmed := strings.TrimSpace(input)
	if len(trimmed) > 12 && strings.HasPrefix(trimmed, "{") && strings.Contains(text, trimmed[:12]) {
		t.Error("the error quotes JSON")
	}
}

func FuzzDecodePage(f *testing.F) {
	text := "3|mock.example|" + strings.Repeat("MOCK", 96)
	for _, seed := range []string{
		`{"totalPages":"1","totalCount":"3","list":[{"id":"1","name":"a","provisioningKey":"` + text + `"}]}`,
		`{"totalPages":1.5,"list":null}`, `{"totalPages":"x"}`, `{"list":{}}`, `{"list":[1,null,"` + text + `"]}`, `[]`, `null`, ``, text,
		`{"list":[{"provisioningKey":"` + text, `<html><title>Bad gateway</title><pre>` + text + `</pre>`, "\ufeff{\"list\":\"" + text,
		`{"list":[{"usageCount":{"a":1}}]}`, `{"list":[{"ipAcl":"10.0.0.0/8"}]}`, text[20:], "\n\n" + text, `)]}',` + "\n" + `{"x":"` + text,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		p, err := decodePage[wireKey](answer{status: 200, body: []byte(body)})
		if err != nil {
			checkError(t, body, err)
			return
		}
		_ = p.last(1, len(p.List))
		for _, w := range p.List {
			exercise(t, w.key(AppConnector))
		}
	})
}

func FuzzDecodeKey(f *testing.F) {
	text := "3|mock.example|" + strings.Repeat("MOCK", 96)
	for _, seed := range []string{
		`{"id":"1","name":"a","maxUsage":"10","usageCount":"9223372036854775807","provisioningKey":"` + text + `"}`,
		`{"id":1,"maxUsage":9223372036854775807,"usageCount":-9223372036854775808,"expirationInEpochSec":"9223372036854775807"}`,
		`{"id":{},"provisioningKey":["` + text + `"]}`, `{"provisioningKey":{"x":"` + text + `"}}`, `{"provisioningKey":5}`,
		`{"exportable":"maybe","enabled":2}`, `{"name":"\u202e\u001b[2J"}`, `{"id":"1","id":"2"}`, `"` + text + `"`, text, `{"a":1e999}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		var w wireKey
		if json.Unmarshal([]byte(body), &w) != nil {
			checkError(t, body, notJSON(answer{status: 200, body: []byte(body)}))
			return
		}
		k := w.key(ServiceEdge)
		exercise(t, k)
		raw, err := decodeObject([]byte(body))
		if err != nil || raw == nil {
			return
		}
		limit := int64(7)
		sent := raw.overlay(Change{MaxUses: &limit}, k)
		if !json.Valid(sent) {
			t.Fatal("an update is no JSON")
		}
		var back map[string]json.RawMessage
		if err := json.Unmarshal(sent, &back); err != nil {
			t.Fatal(err)
		}
		if string(back["maxUsage"]) != `"7"` || back["exportable"] == nil {
			t.Error("an update lacks the limit or exportable")
		}
		if _, ok := back["provisioningKey"]; ok {
			t.Error("an update holds the key text")
		}
	})
}

// exercise calls what is pure of a key that may hold anything.
func exercise(t *testing.T, k Key) {
	t.Helper()
	now := time.Unix(1790000000, 0)
	states := k.States(now, Threshold{})
	if k.State(now, Threshold{}) != states[0] {
		t.Error("the state is not the worst of the states")
	}
	if b := k.CopyBlock(now); b != nil && b.Words() == "" {
		t.Error("a copy is blocked without a word")
	}
	if k.Left() < 0 {
		t.Error("less than no uses are left")
	}
	if _, err := json.Marshal(k); err != nil {
		t.Errorf("the key cannot be written as JSON: %v", err)
	}
}
