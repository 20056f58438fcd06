package main

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"provkeys/client/estate"
)

// lists returns which lists the tenant was asked for, by their resources and sorted.
func (f *fixture) lists() []string {
	var asked []string
	for _, r := range f.mock.Requests() {
		if _, list, found := strings.Cut(r.Path, "/customers/"); found {
			_, list, _ = strings.Cut(list, "/")
			asked = append(asked, strings.NewReplacer("associationType/", "", "/provisioningKey", " keys").Replace(list))
		}
	}
	slices.Sort(asked)
	return asked
}

func TestOnlyTheListsThatRowsNeedAreAskedForAndOnce(t *testing.T) {
	t.Parallel()
	allKeys := []string{"CONNECTOR_GRP keys", "NP_ASSISTANT_GRP keys", "SERVICE_EDGE_GRP keys", "SITE_CONTROLLER_GRP keys"}
	machines := []string{"connector", "privateCloudController", "serviceEdge"}
	for args, want := range map[string][]string{
		"groups":                                slices.Concat(allKeys, machines, []string{"appConnectorGroup", "enrollmentCert", "privateCloudControllerGroup", "serviceEdgeGroup"}),
		"groups|--kind|app-connector":           {"CONNECTOR_GRP keys", "appConnectorGroup", "connector", "enrollmentCert"},
		"groups|app-connector/AP East 1":        {"CONNECTOR_GRP keys", "appConnectorGroup", "connector", "enrollmentCert"},
		"groups|--kind|network-connector":       {"NP_ASSISTANT_GRP keys", "enrollmentCert"},
		"connectors":                            slices.Concat([]string{allKeys[0], allKeys[2], allKeys[3]}, machines),
		"connectors|--kind|service-edge":        {"SERVICE_EDGE_GRP keys", "serviceEdge"},
		"certs":                                 slices.Concat(allKeys, []string{"enrollmentCert"}),
		"connectors|--kind|network-connector":   nil,
		"connectors|network-connector/anything": nil,
	} {
		f := newFixture(t)
		f.run(strings.Split(args, "|")...)
		slices.Sort(want)
		if diff := cmp.Diff(want, f.lists()); diff != "" {
			t.Errorf("%s asks for other lists (-want +got):\n%s", args, diff)
		}
	}
}

func TestEveryFormatHoldsEveryRow(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for command, fields := range map[string][]string{
		"groups": groupSheet().fields(), "connectors": connectorSheet().fields(), "certs": certificateSheet().fields(),
	} {
		f.mustRun(exitDone, command, "-o", "name")
		all := f.rows()

		f.mustRun(exitDone, command)
		assertPrintable(t, strings.ReplaceAll(f.out.String(), "\t", " "))
		if got := len(f.rows()); got != len(all) {
			t.Errorf("%s: TSV has %d rows of %d", command, got, len(all))
		}
		f.mustRun(exitDone, command, "-o", "table")
		assertPrintable(t, f.out.String())
		if got := len(f.rows()); got != len(all)+1 {
			t.Errorf("%s: the table has %d rows of %d", command, got, len(all))
		}
		f.mustRun(exitDone, command, "-o", "json")
		list := decode[[]map[string]any](t, f.out.Bytes())
		f.mustRun(exitDone, command, "-o", "yaml")
		var same []map[string]any
		if err := yaml.Unmarshal(f.out.Bytes(), &same); err != nil || len(same) != len(all) || len(list) != len(all) {
			t.Fatalf("%s: JSON has %d rows, YAML %d of %d: %v", command, len(list), len(same), len(all), err)
		}
		if len(list[0]) != len(fields) || len(same[0]) != len(fields) {
			t.Errorf("%s: JSON has %d fields, YAML %d of %d", command, len(list[0]), len(same[0]), len(fields))
		}
		f.mustRun(exitDone, command, "-o", "csv")
		rows, err := csv.NewReader(&f.out).ReadAll()
		if err != nil || len(rows) != len(all)+1 || !slices.Equal(rows[0], fields) {
			t.Errorf("%s: CSV has %d rows of %d: %v", command, len(rows), len(all), err)
		}
	}
}

func TestRowsAreFilteredSortedTurnedAndCut(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for args, want := range map[string]string{
		"groups|--filter|ap east|--kind|app-connector|-o|name":                                    "app-connector/AP East 1\n",
		"groups|AP East 1|--columns|name,keys,derived":                                            "AP East 1\t2\tfalse\n",
		"certs|--filter|is:signing state:ended|--columns|name,KEYS":                               "Old Data Center\t2\n",
		"certs|--sort|days_left|--limit|1|-o|name":                                                "Old Data Center\n",
		"certs|--sort|left|--reverse|--limit|1|-o|name":                                           "Root\n",
		"connectors|--filter|key:ap-east-1-asg|--limit|1|--columns|name,key,group,state,key_gone": "ap-east-1-asg-1\tap-east-1-asg\tAP East 1\tconnected\tfalse\n",
	} {
		f.mustRun(exitDone, strings.Split(args, "|")...)
		if f.out.String() != want {
			t.Errorf("%s: %q, want %q", args, f.out.String(), want)
		}
	}
}

func TestWhatRowsCannotBeAskedIsRefusedBeforeAnythingIsAsked(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for args, want := range map[string]string{
		"groups|--filter|colour:x":                   "the filter cannot be read",
		"groups|--sort|certificate":                  `there is no column "certificate" to sort by`,
		"groups|--columns|name,fingerprint":          `there is no column "fingerprint"`,
		"groups|--kind|gateway":                      `there is no kind "gateway"`,
		"groups|AP East 1|--limit|3":                 "a NAME and --limit exclude each other",
		"groups|AP East 1|--filter|x":                "a NAME and --filter exclude each other",
		"groups|service-edge/x|--kind|app-connector": "name two kinds",
		"groups|a|b":                                 "takes one NAME",
		"connectors|--kind|network-connector":        "the API does not list network connectors",
		"certs|--kind|app-connector":                 "unknown flag: --kind",
		"certs|--limit|0":                            "--limit 0 leaves nothing",
		"groups|":                                    "a NAME is empty",
		"connectors|":                                "a NAME is empty",
		"certs|":                                     "a NAME is empty",
	} {
		f.mustRun(exitUsage, strings.Split(args, "|")...)
		if got := f.err.String(); !strings.Contains(got, want) || !strings.Contains(got, "hint: ") {
			t.Errorf("%s: %s", args, got)
		}
	}
	if asked := len(f.mock.Requests()); asked > 0 {
		t.Errorf("%d requests were made", asked)
	}
}

func TestNameShowsOneRow(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustRun(exitDone, "groups", "AP East 1", "-o", "json")
	group := decode[map[string]any](t, f.out.Bytes())
	id, isText := group["id"].(string)
	if !isText || group["name"] != "AP East 1" {
		t.Fatalf("the group is %v", group)
	}
	for _, name := range []string{id, "app-connector/AP East 1", "app-connector/" + id} {
		f.mustRun(exitDone, "groups", name, "-o", "name")
		if got := f.out.String(); got != "app-connector/AP East 1\n" {
			t.Errorf("%s is %q", name, got)
		}
	}
	f.terminals[stdout], f.cells = true, 80
	f.mustRun(exitDone, "groups", "AP East 1")
	if got := f.rows(); len(got) != len(groupSheet().fields()) || got[1] != "name:           AP East 1" {
		t.Errorf("on a terminal it is\n%s", f.out.String())
	}
	f.mustRun(exitNotFound, "groups", "AP East")
	if got := f.err.String(); !strings.Contains(got, "did you mean AP East 1?") {
		t.Errorf("stderr is %q", got)
	}
	f.mustRun(exitNotFound, "certs", "nothing-like-it")
	if got := f.err.String(); !strings.Contains(got, "provkeys certs shows") {
		t.Errorf("stderr is %q", got)
	}
}

func TestNameOfTwoRowsIsAmbiguous(t *testing.T) {
	t.Parallel()
	groups := []estate.Group{{}, {}, {}}
	for i, name := range []string{"Tokyo", "Tokyo", "Osaka"} {
		groups[i].Kind, groups[i].Name, groups[i].ID = groupResource().kinds[i], name, "7"
	}
	for name, want := range map[string]string{
		"Tokyo":                   `"Tokyo" fits 2 groups: app-connector/Tokyo (7), network-connector/Tokyo (7)`,
		"7":                       `"7" fits 3 groups`,
		"network-connector/Tokyo": "",
		"Osaka":                   "",
	} {
		_, err := pickRow(groupSheet(), groups, name, listGroups, nil)
		if got := fmt.Sprint(err); want == "" && err != nil || !strings.Contains(got, want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
}

func TestPeopleAreToldWhatTheAPIDoesNotList(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustRun(exitDone, "connectors")
	if f.err.Len() > 0 {
		t.Errorf("in a pipe stderr is %q", f.err.String())
	}
	f.terminals[stdout], f.cells = true, 80
	for args, want := range map[string]string{
		"connectors":                      "provkeys: network connectors have no list\n",
		"connectors|--kind|service-edge":  "",
		"groups":                          "provkeys: groups of network connectors: as keys name them\n",
		"groups|--kind|service-edge":      "",
		"groups|--kind|network-connector": "provkeys: groups of network connectors: as keys name them\n",
	} {
		f.mustRun(exitDone, strings.Split(args, "|")...)
		if f.err.String() != want {
			t.Errorf("%s: stderr is %q, want %q", args, f.err.String(), want)
		}
	}
}

// Whoever adds a column to a page of the console adds it here.
func TestEveryColumnOfThePagesIsInTheirSheets(t *testing.T) {
	t.Parallel()
	assertSorts(t, groupSheet())
	assertSorts(t, connectorSheet())
	assertSorts(t, certificateSheet())
}

func assertSorts[R estate.Row](t *testing.T, s sheet[R]) {
	t.Helper()
	for _, c := range estate.Columns[R]() {
		same := slices.DeleteFunc(slices.Clone(s.columns), func(col column[R]) bool { return col.word != c.String() })
		if len(same) != 1 {
			t.Errorf("%s has %d columns for %s", s.noun, len(same), c)
			continue
		}
		if by, err := estate.ParseColumn[R](s.sortWord(same[0].name)); err != nil || by != c {
			t.Errorf("--sort %s of a %s sorts by %s: %v", same[0].name, s.noun, by, err)
		}
	}
	for _, name := range slices.Concat(s.fields(), s.usual) {
		if got, _ := s.find(name); got.name != name {
			t.Errorf("%s of a %s is taken for %q", name, s.noun, got.name)
		}
	}
}
