package mockserver

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestNoFaultsCostNoMemory(t *testing.T) {
	s, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	bare := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
	guarded := s.faulty(bare)
	r := httptest.NewRequest(http.MethodGet, adminPath+"/me", http.NoBody)
	w := httptest.NewRecorder()

	if n := testing.AllocsPerRun(100, func() { guarded.ServeHTTP(w, r) }); n != 0 {
		t.Errorf("%v allocations a call", n)
	}
}

func TestTheHelpHasEveryWord(t *testing.T) {
	words := append(append(methods(), routeNames()...), kinds()...)
	for _, e := range effects() {
		words = append(words, string(e))
	}
	words = append(words, strings.Split(join(statuses()), ", ")...)
	for _, word := range words {
		if !strings.Contains(FaultSyntax, word) {
			t.Errorf("%s is missing", word)
		}
	}
	for _, line := range strings.Split(FaultSyntax, "\n") {
		if len(line) > 80 {
			t.Errorf("wider than 80 columns: %s", line)
		}
	}
}
