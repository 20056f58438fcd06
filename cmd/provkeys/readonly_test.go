package main

import (
	"slices"
	"strings"
	"testing"
)

// changingCommands are the commands that change keys, in every form of their
// arguments.
func changingCommands(f *fixture) [][]string {
	csv := f.sheet("walk.csv", sheetHead+",hidden", "walk-1,app-connector,Tokyo,1,", "walk-2,app-connector,Tokyo,1,true")
	yaml := f.sheet("walk.yaml", "- {name: walk-1, kind: app-connector, group: Tokyo, max_uses: 1}")
	create := []string{"create", "walk-0", "--kind", "app-connector", "--group", "Tokyo", "--max-uses", "1"}
	commands := [][]string{
		{"set-max", okKey, "+1"}, {"set-max", okKey, "900"}, {"set-max", okKey, usedUpKey, "900"}, {"set-max", "--filter", "name:ap", "+1"},
		{"delete", okKey}, {"delete", okKey, usedUpKey}, {"delete", "--filter", "name:ap"},
		create, append(slices.Clone(create), "--hidden", "--print"), append(slices.Clone(create), "--copy"), append(slices.Clone(create), "--with-secrets", "--hidden"),
		{"create", "--like", okKey}, {"create", "walk-0", "--like", okKey, "--disabled"},
		{"create", "--from", csv, "--with-secrets", "-o", "json"}, {"create", "--from", yaml},
	}
	for _, fields := range [][]string{
		{"--name", "walk"}, {"--max-uses", "+1"}, {"--max-uses", "900"}, {"--certificate", "7012"}, {"--enable"}, {"--disable"}, {"--hide"},
		{"--expires", "30d"}, {"--expires", "never"}, {"--allow", "192.0.2.1"}, {"--allow", ""}, {"--max-uses", "+1", "--disable"},
	} {
		commands = append(commands, append([]string{"edit", okKey}, fields...))
		if fields[0] != "--name" {
			commands = append(commands, append([]string{"edit", okKey, usedUpKey}, fields...), append([]string{"edit", "--filter", "name:ap"}, fields...))
		}
	}
	return commands
}

func TestReadOnlyRefusesEveryCommandThatChangesKeys(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.board = &board{outcome: verified()}
	for _, args := range changingCommands(f) {
		for _, more := range [][]string{nil, {"--yes"}} {
			f.attended(okKey, "y")
			f.mustRun(exitRefused, append(append(slices.Clone(args), "--read-only"), more...)...)
			if !strings.Contains(f.err.String(), "read-only") || f.tty.Len() > 0 {
				t.Errorf("%v: stderr is %q, the terminal shows %q", args, f.err.String(), f.tty.String())
			}
		}
	}
	if got := f.mock.Requests(); len(got) > 0 {
		t.Errorf("%d calls were sent, the first is %+v", len(got), got[0])
	}
	f.vars["PROVKEYS_READ_ONLY"] = "true"
	f.mustRun(exitRefused, "delete", okKey, "--yes", "-o", "json")
	if got := decode[struct{ Error struct{ Kind string } }](t, f.err.Bytes()); got.Error.Kind != "read-only" {
		t.Errorf("the error is %+v", got)
	}
}

func TestADryRunChangesNothingWhateverIsAsked(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.limits("100", okKey, usedUpKey)
	f.board = &board{outcome: verified()}
	before := f.mock.KeyNames()
	for _, args := range changingCommands(f) {
		f.mustRun(exitDone, append(slices.Clone(args), "--dry-run", "--read-only")...)
		if strings.Contains(f.out.String()+f.err.String(), f.text(okKey)[20:]) {
			t.Errorf("%v shows a text", args)
		}
	}
	if f.writes() != nil || !slices.Equal(f.mock.KeyNames(), before) || f.journalled() != nil || f.board.held != "" {
		t.Errorf("writes are %v, the journal %+v", f.writes(), f.journalled())
	}
}
