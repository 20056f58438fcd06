package mockserver

import (
	"strconv"
	"testing"
)

func TestOnlyTheLastRequestsAreKeptInOrder(t *testing.T) {
	log := ring[Request]{size: maxRequests}
	for i := range maxRequests + 10 {
		log.add(Request{Path: strconv.Itoa(i)})
	}

	got := log.all()

	if len(got) != maxRequests {
		t.Fatalf("%d kept", len(got))
	}
	for i, r := range got {
		if r.Path != strconv.Itoa(i+10) {
			t.Fatalf("request %d is %s", i, r.Path)
		}
	}
}
