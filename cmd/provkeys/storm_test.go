package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/mockserver"
)

// stormRate is how many of the calls fail.
const stormRate = 0.2

// stormLine is a command line in a storm. It is data, drawn from a seed, so that
// what failed can be printed and had again.
type stormLine struct {
	number int
	args   []string
	writes bool   // it is to change one key once
	name   string // of the key afterwards; "" for none
	field  string // of it, that is to hold value afterwards
	value  string
	gone   bool // it is to be there no more
}

// stormPlain are the names that a person can type.
var stormPlain = regexp.MustCompile(`^[a-z0-9-]+$`)

// drawLine returns the line with that number, about the tenant as it is now.
func drawLine(f *fixture, luck *rand.Rand, number int) stormLine {
	var names []string
	for _, name := range f.mock.KeyNames() {
		if stormPlain.MatchString(name) {
			names = append(names, name)
		}
	}
	name := names[luck.IntN(len(names))]
	l := stormLine{number: number, name: name}
	unique := strconv.Itoa(1_000_000 + 1000*number)
	limit, _ := strconv.Atoi(fmt.Sprint(f.field(name, "maxUsage")))
	switch luck.IntN(9) {
	case 0:
		l.args = []string{"list", "-o", "json"}
	case 1:
		l.args = []string{"get", name, "-o", "json"}
	case 2, 3:
		l.args, l.writes, l.field, l.value = []string{"set-max", name, "+1"}, true, "maxUsage", strconv.Itoa(limit+1)
	case 4:
		l.args, l.writes, l.field, l.value = []string{"set-max", name, unique}, true, "maxUsage", unique
	case 5:
		l.name = fmt.Sprintf("storm-%d", number)
		l.args, l.writes, l.field, l.value = []string{"edit", name, "--name", l.name}, true, "name", l.name
	case 6:
		l.name = fmt.Sprintf("storm-%d", number)
		l.args, l.writes, l.field, l.value = []string{"create", l.name, "--like", name, "--max-uses", unique}, true, "maxUsage", unique
	case 7:
		l.args, l.writes, l.gone = []string{"delete", name, "--yes"}, true, true
	case 8:
		l.args = []string{"copy", name}
	}
	return l
}

// run runs the line and returns what is not as promised.
func (l stormLine) run(f *fixture) (faults []string) {
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Sprintf("line %d, provkeys %s: %s\nstderr: %s",
			l.number, strings.Join(l.args, " "), fmt.Sprintf(format, args...), f.err.String()))
	}
	before := len(f.mock.Writes())
	code := exitCode(f.run(l.args...))
	applied, acknowledged := 0, 0
	for _, w := range f.mock.Writes()[before:] {
		if w.Applied {
			applied++
		}
		if w.Acknowledged() {
			acknowledged++
		}
	}
	maybe := strings.Contains(f.err.String(), "it may hold or not")
	switch {
	case applied > 1:
		fault("done %d times", applied)
	case !l.writes && applied > 0:
		fault("it changed something")
	case code != exitDone && applied > 0 && !maybe:
		fault("done, and exit %d", code)
	case code == exitDone && l.writes && applied == 0:
		fault("not done, and exit 0")
	case code == exitDone && acknowledged == 0 && maybe:
		fault("unconfirmed, and exit 0")
	case code != exitDone && !strings.Contains(f.err.String(), "hint: ") && !strings.Contains(f.err.String(), `"hint":"`):
		fault("exit %d without the next step", code)
	}
	if code == exitDone {
		if why := l.wrong(f); why != "" {
			fault("exit 0, and %s", why)
		}
	}
	return faults
}

// wrong returns how the tenant, or what was written or copied, differs from what a
// line that ended well asked for.
func (l stormLine) wrong(f *fixture) string {
	switch _, _, there := f.mock.FindKey(l.name); {
	case there == l.gone:
		return fmt.Sprintf("the key is there: %v", there)
	case l.field != "" && fmt.Sprint(f.field(l.name, l.field)) != l.value:
		return fmt.Sprintf("the tenant holds %v, not %s", f.field(l.name, l.field), l.value)
	case l.args[0] == "copy" && f.board.held != f.text(l.name):
		return "another text was copied"
	case l.args[0] == "get" && !strings.Contains(f.out.String(), fmt.Sprintf("%q", l.name)):
		return "another key was read"
	case l.args[0] == "list" && strings.Count(f.out.String(), `"id":`) < len(f.mock.KeyNames()) && f.err.Len() == 0:
		return "the list is not whole"
	}
	return ""
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

func TestStormNeverMakesAnExitCodeALie(t *testing.T) {
	t.Parallel()
	const storms, lines = 1, 56
	for _, seed := range stormSeeds(storms) {
		t.Run("seed "+strconv.FormatInt(seed, 10), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFixture(t)
				f.board = &board{outcome: verified()}
				if err := f.mock.SetFaults(mockserver.Storm(seed, stormRate)); err != nil {
					t.Fatal(err)
				}
				luck := rand.New(rand.NewPCG(uint64(seed), 0))
				for n := range lines {
					for _, fault := range drawLine(f, luck, n+1).run(f) {
						t.Error(fault)
					}
				}
				if err := f.mock.SetFaults(nil); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Minute)
				f.mustRun(exitDone, "list", "-o", "name")
				if listed := strings.Count(f.out.String(), "\n"); listed != len(f.mock.KeyNames()) {
					t.Errorf("once it is calm %d of %d keys are listed", listed, len(f.mock.KeyNames()))
				}
			})
		})
	}
}
