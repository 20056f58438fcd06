package tui_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"provkeys/mockserver"
	"provkeys/tui"
)

// stormDeed is what a person does with the console in a storm.
type stormDeed string

const (
	moves      stormDeed = "move"
	edits      stormDeed = "edit"
	raises     stormDeed = "raise and copy"
	copies     stormDeed = "copy"
	creates    stormDeed = "create"
	deletes    stormDeed = "delete"
	refreshes  stormDeed = "refresh"
	filters    stormDeed = "filter"
	resizes    stormDeed = "resize"
	turns      stormDeed = "turn"
	rests      stormDeed = "rest"
	elsewheres stormDeed = "elsewhere" // somebody else renames, changes, or uses a key
)

func stormDeeds() []stormDeed {
	return []stormDeed{
		moves, moves, edits, edits, edits, raises, copies, creates, deletes, refreshes, filters, resizes, turns, rests,
		elsewheres, elsewheres,
	}
}

// stormOperation is one thing that a person does. It is data, drawn from a seed, so
// that what failed can be printed and had again.
type stormOperation struct {
	number int
	deed   stormDeed
	pick   int           // among whatever the deed offers
	hasty  bool          // the person goes on before there is an answer
	rest   time.Duration // in the middle of it
}

func (o stormOperation) String() string { return fmt.Sprintf("operation %d, %s", o.number, o.deed) }

// name and limit are what nobody else asks for.
func (o stormOperation) name() string { return fmt.Sprintf("storm-%d", o.number) }
func (o stormOperation) limit() int   { return 1_000_000 + 1000*o.number }

func drawOperation(luck *rand.Rand, number int) stormOperation {
	all := stormDeeds()
	return stormOperation{
		number: number, deed: all[luck.IntN(len(all))], pick: luck.IntN(1 << 16), hasty: luck.IntN(3) == 0,
		rest: time.Duration(luck.IntN(40_000)) * time.Millisecond,
	}
}

// stormSeeds returns the seeds of so many storms, STORM_TIMES as many where that is
// set, or STORM_SEED alone: what one seed found is looked at by itself.
func stormSeeds(storms int) []int64 {
	if one, err := strconv.ParseInt(os.Getenv("STORM_SEED"), 10, 64); err == nil {
		return []int64{one}
	}
	times, _ := strconv.Atoi(os.Getenv("STORM_TIMES")) // once where it is not set
	seeds := make([]int64, storms*max(1, times))
	for i := range seeds {
		seeds[i] = int64(i + 1)
	}
	return seeds
}

func TestStormLeavesTheScreenTrue(t *testing.T) {
	t.Parallel()
	const storms, operations = 2, 30
	for _, seed := range stormSeeds(storms) {
		t.Run("seed "+strconv.FormatInt(seed, 10), func(t *testing.T) {
			options := mockserver.Options{Seed: 1, Keys: 20, Latency: 30 * time.Millisecond, TokenLife: 2 * time.Minute}
			run(t, setup{mock: options, opts: tui.Options{Refresh: 30 * time.Second, ClearAfter: 45 * time.Second}}, func(c *console) {
				h := newHelm(c)
				if err := c.mock.SetFaults(mockserver.Storm(seed, 0.2)); err != nil {
					t.Fatal(err)
				}
				luck := rand.New(rand.NewPCG(uint64(seed), 0))
				for n := range operations {
					h.do(drawOperation(luck, n+1))
				}
				if seed%2 == 0 {
					h.leaves()
				} else {
					h.calm()
				}
				h.judgeWrites()
			})
		})
	}
}
