package config

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"provkeys/cmd/internal/store"
)

func TestWhatPassesIsNoFaultOfTheFile(t *testing.T) {
	t.Parallel()
	for cause, mend := range map[error]string{store.ErrLocked: "try again in a moment", store.ErrFull: "make room"} {
		var passing *WriteError
		err := unwritten("/c.yaml", fmt.Errorf("%w: somewhere", cause))
		if !errors.As(err, &passing) || !errors.Is(err, cause) || !strings.Contains(err.Error(), mend) || !strings.Contains(err.Error(), "/c.yaml") {
			t.Errorf("%v became %v", cause, err)
		}
	}
	var lasting *UsageError
	if err := unwritten("/c.yaml", errors.New("it is read-only")); !errors.As(err, &lasting) {
		t.Errorf("another cause became %v", err)
	}
}
