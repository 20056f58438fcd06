package client_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/mockserver"
)

func TestConflictsAreShownFieldByFieldAndNothingIsSent(t *testing.T) {
	for field, edit := range map[client.Field]struct {
		name  string
		value any
	}{
		client.FieldName:             {"name", "renamed elsewhere"},
		client.FieldMaxUses:          {"maxUsage", "4711"},
		client.FieldEnabled:          {"enabled", false},
		client.FieldExportable:       {"exportable", false},
		client.FieldCertificate:      {"enrollmentCertId", "4712"},
		client.FieldExpires:          {"expirationInEpochSec", "4102444800"},
		client.FieldAllowedAddresses: {"ipAcl", []string{"10.0.0.0/8"}},
	} {
		t.Run(string(field), func(t *testing.T) {
			c, m := mockClient(t, client.Legacy, mockserver.Options{})
			seen := anyKey(t, c, func(k client.Key) bool { return copyable(k) && k.Expires.IsZero() && k.AllowedAddresses == nil })
			m.set(t, seen, edit.name, edit.value)
			before := m.raw(t, seen)

			_, err := c.UpdateKey(context.Background(), seen, client.Change{MaxUses: ptr(seen.MaxUses + 5)})
			var conflict *client.ConflictError
			if !errors.As(err, &conflict) || !errors.Is(err, client.ErrConflict) {
				t.Fatalf("no conflict: %v", err)
			}
			if len(conflict.Fields) != 1 || conflict.Fields[0].Field != field || conflict.Fields[0].Seen == conflict.Fields[0].Now {
				t.Errorf("fields %+v", conflict.Fields)
			}
			if conflict.Now.ID != seen.ID || !strings.Contains(err.Error(), string(field)) {
				t.Errorf("the conflict lacks the key or the field: %v", err)
			}
			if n := len(m.wire.writes()); n != 0 || !cmp.Equal(before, m.raw(t, seen)) {
				t.Errorf("%d writes were sent", n)
			}
		})
	}
}

func TestEnrolmentMeanwhileIsNoConflict(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	seen := anyKey(t, c, copyable)
	if _, err := m.Enrol(seen.Text.Reveal()); err != nil {
		t.Fatal(err)
	}
	got, err := c.UpdateKey(context.Background(), seen, client.Change{MaxUses: ptr(seen.MaxUses + 5)})
	if err != nil || got.After.Uses != seen.Uses+1 || got.After.MaxUses != seen.MaxUses+5 {
		t.Errorf("uses %d, max uses %d: %v", got.After.Uses, got.After.MaxUses, err)
	}
}

func TestImpossibleLimitsAreNotSent(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	k := anyKey(t, c, func(k client.Key) bool { return copyable(k) && k.Uses > 1 })
	for _, limit := range []int64{k.Uses - 1, 0, -3, client.MaxMaxUses + 1} {
		_, err := c.UpdateKey(context.Background(), k, client.Change{MaxUses: &limit})
		var wrong *client.LimitError
		if !errors.As(err, &wrong) || !errors.Is(err, client.ErrLimit) || wrong.Asked != limit || wrong.Uses != k.Uses {
			t.Errorf("a limit of %d: %v", limit, err)
		}
	}
	for _, by := range []int64{client.MaxMaxUses, 1<<63 - 1, -1 << 63} {
		if _, err := c.RaiseMaxUses(context.Background(), k, by); !errors.Is(err, client.ErrLimit) {
			t.Errorf("raised by %d: %v", by, err)
		}
	}
	if n := len(m.wire.writes()); n != 0 {
		t.Errorf("%d writes were sent", n)
	}
	if _, err := c.UpdateKey(context.Background(), k, client.Change{MaxUses: &k.Uses}); err != nil {
		t.Errorf("a limit equal to the uses: %v", err)
	}
}

func TestLimitErrorSaysWhatIsPossible(t *testing.T) {
	for _, c := range []struct {
		asked, uses int64
		say         string
	}{
		{3, 5, "used 5 times"}, {0, 5, "used 5 times"}, {0, 0, "from 1 to 999999999"}, {-2, 0, "from 1 to 999999999"},
		{client.MaxMaxUses + 1, 5, "from 1 to 999999999"},
	} {
		err := client.CheckMaxUses(c.asked, c.uses)
		if err == nil || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%d at %d uses: %v", c.asked, c.uses, err)
		}
	}
	for _, c := range [][2]int64{{1, 0}, {5, 5}, {client.MaxMaxUses, 5}} {
		if err := client.CheckMaxUses(c[0], c[1]); err != nil {
			t.Errorf("%d at %d uses: %v", c[0], c[1], err)
		}
	}
}

func TestManagedKeysAreNotWritten(t *testing.T) {
	for _, field := range []string{"readOnly", "zscalerManaged"} {
		c, m := mockClient(t, client.Legacy, mockserver.Options{})
		k := anyKey(t, c, copyable)
		m.set(t, k, field, true)
		_, err := c.RaiseMaxUses(context.Background(), k, 1)
		if !errors.Is(err, client.ErrManaged) || len(m.wire.writes()) != 0 {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestUpdateOfAKeyThatIsGone(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	k := anyKey(t, c, copyable)
	m.DeleteKey(k.Kind.AssociationType(), string(k.ID))
	_, err := c.UpdateKey(context.Background(), k, client.Change{Enabled: ptr(false)})
	var unconfirmed *client.UnconfirmedError
	if !errors.Is(err, client.ErrNotFound) || errors.As(err, &unconfirmed) {
		t.Errorf("reported as: %v", err)
	}
}
