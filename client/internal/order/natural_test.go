package order_test

import (
	"strings"
	"testing"

	"provkeys/client/internal/order"
)

func TestNaturalOrderComparesAsNumbers(t *testing.T) {
	ascending := []string{"", "0", "1", "9", "10", "99", "100", strings.Repeat("9", 254), "1" + strings.Repeat("0", 254),
		strings.Repeat("9", 255), "1" + strings.Repeat("0", 255), strings.Repeat("9", 510), "1" + strings.Repeat("0", 510), "a"}
	for i := 1; i < len(ascending); i++ {
		if a, b := ascending[i-1], ascending[i]; order.Natural(a) >= order.Natural(b) {
			t.Errorf("%d digits do not sort before %d digits", len(a), len(b))
		}
	}
	for _, pair := range [][2]string{{"0", "000"}, {"7", "007"}, {"a01b2", "a1b02"}} {
		if order.Natural(pair[0]) != order.Natural(pair[1]) {
			t.Errorf("leading zeros tell %q from %q", pair[0], pair[1])
		}
	}
}
