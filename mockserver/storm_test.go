package mockserver_test

import (
	"math"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"

	"provkeys/mockserver"
)

// weather is what n calls in a storm came to.
type weather struct {
	struck   int
	statuses []int
	told     []string // the limits that were acknowledged, as the caller saw it
}

// sail makes n calls, and signs in again whenever its token was dropped.
func sail(v *visitor, n int, call func(i int) (got seen, limit string)) weather {
	var w weather
	for i := range n {
		got, limit := call(i)
		good := got.err == nil && (got.status == http.StatusNoContent || got.status == http.StatusOK && len(got.rows()) > 0)
		if !good {
			w.struck++
		}
		if good && limit != "" {
			w.told = append(w.told, limit)
		}
		if got.err != nil {
			got.status = 0
		}
		w.statuses = append(w.statuses, got.status)
		if got.status == http.StatusUnauthorized {
			v.token = ""
		}
		for v.token == "" {
			v.token = v.signIn().token()
		}
	}
	return w
}

// inStorm sails in memory and fake time.
func inStorm(t *testing.T, seed int64, rate float64, n int, voyage func(v *visitor) weather) (weather, []mockserver.Write) {
	t.Helper()
	var w weather
	var writes []mockserver.Write
	synctest.Test(t, func(t *testing.T) {
		v := newVisitor(t, true, mockserver.Options{})
		if err := v.server.SetFaults(mockserver.Storm(seed, rate)); err != nil {
			t.Fatal(err)
		}
		w, writes = voyage(v), v.server.Writes()
		if len(w.statuses) != n {
			t.Fatalf("%d calls", len(w.statuses))
		}
	})
	return w, writes
}

func TestAStormStrikesAtItsRateAndCanBeHadAgain(t *testing.T) {
	const calls = 600
	read := func(v *visitor) weather {
		return sail(v, calls, func(int) (seen, string) { return v.get(v.keys() + "?pagesize=2"), "" })
	}
	for _, rate := range []float64{0.05, 0.2, 0.5} {
		first, _ := inStorm(t, 7, rate, calls, read)
		if off := math.Abs(float64(first.struck) - calls*rate); off > 4*math.Sqrt(calls*rate*(1-rate)) {
			t.Errorf("rate %g: %d of %d struck", rate, first.struck, calls)
		}
	}
	first, _ := inStorm(t, 7, 0.2, calls, read)
	again, _ := inStorm(t, 7, 0.2, calls, read)
	other, _ := inStorm(t, 8, 0.2, calls, read)
	if !slices.Equal(first.statuses, again.statuses) || slices.Equal(first.statuses, other.statuses) {
		t.Error("the same seed gave another storm, or another seed the same")
	}
}

func TestInAStormEveryAcknowledgedWriteIsInTheHistory(t *testing.T) {
	const calls = 300
	w, writes := inStorm(t, 3, 0.4, calls, func(v *visitor) weather {
		return sail(v, calls, func(i int) (seen, string) {
			limit := strconv.Itoa(1000 + i)
			return v.raise(limit), limit
		})
	})

	var told []string
	applied := 0
	for _, one := range writes {
		if one.Applied {
			applied++
		}
		if one.Acknowledged() {
			told = append(told, one.After["maxUsage"].(string))
		}
	}
	if !slices.Equal(told, w.told) {
		t.Errorf("the caller was told of %d writes, the history of %d", len(w.told), len(told))
	}
	if len(writes) != calls || applied <= len(told) {
		t.Errorf("%d writes, %d applied, %d acknowledged: none was done unheard", len(writes), applied, len(told))
	}
}
