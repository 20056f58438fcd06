package client_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/client"
	"provkeys/mockserver"
)

// stormRate is how many of the calls fail.
const stormRate = 0.2

// stormSeeds returns the seeds of so many voyages, STORM_TIMES as many where that is
// set, or STORM_SEED alone: what one seed found is looked at by itself.
func stormSeeds(t *testing.T, voyages int) []int64 {
	t.Helper()
	number := func(name string) int {
		n, err := strconv.Atoi(os.Getenv(name))
		if err != nil && os.Getenv(name) != "" {
			t.Fatalf("%s is no number", name)
		}
		return n
	}
	if one := number("STORM_SEED"); one != 0 {
		return []int64{int64(one)}
	}
	seeds := make([]int64, voyages*max(1, number("STORM_TIMES")))
	for i := range seeds {
		seeds[i] = int64(i + 1)
	}
	return seeds
}

// voyage is a tenant in a storm, and those who work on it at the same time.
type voyage struct {
	programs, hands int // clients, and how many share each
	each            int // operations of one hand
	deeds           []deed
	keys            int // how many keys they work on; 0 for all
	options         mockserver.Options
}

// sail makes the voyage and returns what was not as promised.
func (v voyage) sail(t *testing.T, seed int64) []string {
	t.Helper()
	server, err := mockserver.New(v.options)
	if err != nil {
		t.Fatal(err)
	}
	wire := &signingWire{server: server.Transport(), calls: map[int][]signedCall{}}
	programs := make([]*client.Client, v.programs)
	for i := range programs {
		programs[i] = stormClient(t, server, wire)
	}
	known := v.targets(t, programs[0])
	o := &oracle{mock: server, wire: wire, safe: map[client.Ref]bool{}}
	for i, k := range known {
		if k.Managed() || i%3 > 0 {
			o.safe[k.Ref()] = true
		}
	}
	if err := server.SetFaults(mockserver.Storm(seed, stormRate)); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var wait sync.WaitGroup
	for i := range v.programs * v.hands {
		h := &hand{api: programs[i%v.programs], mock: server, known: append([]client.Key(nil), known...), safe: o.safe}
		luck := rand.New(rand.NewPCG(uint64(seed), uint64(i)))
		wait.Go(func() {
			for n := range v.each {
				said := h.do(drawn(luck, i*v.each+n+1, v.deeds))
				mu.Lock()
				o.said = append(o.said, said)
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	if err := server.SetFaults(nil); err != nil {
		t.Fatal(err)
	}
	if wire.refused > 0 {
		o.faults = append(o.faults, strconv.Itoa(wire.refused)+" sign-ins were refused")
	}
	for _, api := range programs {
		if err := calm(server, api); err != nil {
			o.faults = append(o.faults, "once it is calm: "+err.Error())
		}
	}
	return o.judge()
}

// targets returns the keys that are worked on, as they were before the storm.
func (v voyage) targets(t *testing.T, api *client.Client) []client.Key {
	t.Helper()
	listing, err := api.ListKeys(context.Background(), client.Kinds()...)
	if err != nil || len(listing.Failed) > 0 {
		t.Fatal(err, listing.Failed)
	}
	if v.keys == 0 {
		return listing.Keys
	}
	var few []client.Key
	for _, k := range listing.Keys {
		if copyable(k) && len(few) < v.keys {
			few = append(few, k)
		}
	}
	return few
}

func stormClient(t *testing.T, server *mockserver.Server, wire *signingWire) *client.Client {
	t.Helper()
	cfg := config(t, client.Legacy, wire)
	credentials := server.Credentials()
	cfg.ClientID, cfg.CustomerID = credentials.ClientID, credentials.CustomerID
	cfg.ClientSecret = client.NewSecret(credentials.ClientSecret)
	return newClient(t, cfg)
}

// calm waits until a client lists every key again, which it does by itself, and
// returns how that differs from what the tenant holds.
func calm(server *mockserver.Server, api *client.Client) error {
	listing, err := api.ListKeys(context.Background(), client.Kinds()...)
	// A sign-in whose answer was lost may have been refused, and is not repeated at once.
	for end := time.Now().Add(11 * time.Minute); err != nil && time.Now().Before(end); {
		time.Sleep(10 * time.Second)
		listing, err = api.ListKeys(context.Background(), client.Kinds()...)
	}
	switch {
	case err != nil:
		return err
	case len(listing.Failed) > 0:
		return errors.New("some kinds failed")
	case len(listing.Keys) != len(server.KeyNames()):
		return errors.New("the list is not whole")
	}
	for _, k := range listing.Keys {
		held, there := server.Key(k.Kind.AssociationType(), string(k.ID))
		if !there || held["maxUsage"] != strconv.FormatInt(k.MaxUses, 10) || held["enabled"] != k.Enabled {
			return errors.New(k.Name + " is not as the tenant holds it")
		}
	}
	return nil
}

// brave makes a voyage for each seed, each in a bubble of its own: a goroutine that
// is left, or waits for ever, ends it.
func brave(t *testing.T, voyages int, v voyage) {
	t.Helper()
	for _, seed := range stormSeeds(t, voyages) {
		t.Run("seed "+strconv.FormatInt(seed, 10), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				for _, fault := range v.sail(t, seed) {
					t.Error(fault)
				}
			})
		})
	}
}

func TestStormLosesNoWriteAndDoesNoneTwice(t *testing.T) {
	brave(t, 15, voyage{
		programs: 2, hands: 2, each: 25,
		deeds: []deed{
			reads, lists, raises, raises, opens, limits, limits, renames, toggles, creates, creates, removes, expires, enrols,
		},
		options: mockserver.Options{Keys: 20, Latency: 20 * time.Millisecond, TokenLife: time.Minute},
	})
}

// Eight programs change the same three keys.
func TestStormOfManyWritersOverwritesNothingThatWasThere(t *testing.T) {
	brave(t, 4, voyage{
		programs: 8, hands: 1, each: 12, keys: 3, deeds: []deed{raises, raises, opens, limits, toggles, enrols},
		options: mockserver.Options{Keys: 20, Latency: 50 * time.Millisecond},
	})
}
