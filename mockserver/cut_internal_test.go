package mockserver

import (
	"errors"
	"io"
	"net/http"
	"testing"
)

// roundTrip sends one GET through a handler in memory.
func roundTrip(t *testing.T, h http.HandlerFunc) (*http.Response, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://x.example/", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	return transport{handler: h}.RoundTrip(r)
}

func TestAnAbortedHandlerIsACutConnection(t *testing.T) {
	resp, err := roundTrip(t, func(http.ResponseWriter, *http.Request) {
		panic(http.ErrAbortHandler)
	})
	if err == nil {
		_ = resp.Body.Close()
	}
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("error %v", err)
	}
}

func TestAHandlerAbortedMidwayCutsItsBody(t *testing.T) {
	resp, err := roundTrip(t, func(w http.ResponseWriter, _ *http.Request) {
		if _, err := io.WriteString(w, `{"list":[`); err != nil {
			t.Error(err)
		}
		panic(http.ErrAbortHandler)
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()

	text, err := io.ReadAll(resp.Body)

	if string(text) != `{"list":[` || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%q, %v", text, err)
	}
}
