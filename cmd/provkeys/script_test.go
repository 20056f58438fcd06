package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"provkeys/mockserver"
	"provkeys/tui/clipboard"
)

func TestMain(m *testing.M) {
	// Whoever starts the helper by the path of this binary means the program.
	if len(os.Args) == 2 && os.Args[1] == clipboard.HelperCommand {
		main()
	}
	commands := map[string]func(){"provkeys": main, "enrol": enrolText}
	maps.Copy(commands, moreCommands())
	testscript.Main(workshopTests{m}, commands)
}

// enrolText is a clipboard command that plays a connector: it enrols at the
// mock of its argument with the text of its input.
func enrolText() {
	resp, err := http.Post(os.Args[1]+"/mock/enrol", "text/plain", os.Stdin)
	if err != nil || resp.StatusCode != http.StatusOK {
		os.Exit(1)
	}
}

// mockKey finds the script's mock in its environment.
type mockKey struct{}

// otherHand serves a mock, and changes a key in it just before that is read by itself, as
// somebody else may between a list and a change.
type otherHand struct {
	mock *mockserver.Server

	mu     sync.Mutex
	id     string // of the key; "" for none
	change func()
}

// otherHandKey finds it in a script's environment.
type otherHandKey struct{}

func (o *otherHand) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	if o.id != "" && strings.HasSuffix(r.URL.Path, "/provisioningKey/"+o.id) {
		o.id = ""
		o.change()
	}
	o.mu.Unlock()
	o.mock.ServeHTTP(w, r)
}

// TestScripts runs the command line as a process against a mock of its own.
// Besides testscript's commands a script has "exits CODE COMMAND…" and "mock".
func TestScripts(t *testing.T) {
	t.Parallel()
	program := built(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("PATH", program+string(os.PathListSeparator)+env.Getenv("PATH"))
			return setUpScript(env)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
			"mock":  mockCommand,
		},
		Condition: hasTool,
	})
}

// hasTool is the condition [tool:NAME]: a machine that lacks a tool goes without what it
// proves, CI (CI_TOOLS is set there) does not.
func hasTool(condition string) (bool, error) {
	name, ok := strings.CutPrefix(condition, "tool:")
	if !ok {
		return false, fmt.Errorf("there is no condition %q", condition)
	}
	_, err := exec.LookPath(name)
	if err != nil && os.Getenv("CI_TOOLS") != "" {
		return false, err
	}
	return err == nil, nil
}

// workshop is where the tests' own program is built, once and for all of them.
var workshop struct {
	dir  string // there while tests run
	once sync.Once
	err  error
}

// workshopTests runs the tests with a workshop.
type workshopTests struct{ *testing.M }

func (w workshopTests) Run() int {
	dir, err := os.MkdirTemp("", "provkeys")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	workshop.dir = dir
	// What is left in the folder of temporary files does no harm.
	defer func() { _ = os.RemoveAll(dir) }()
	return w.M.Run()
}

// built returns the folder with the program as users have it. Under the race detector
// each of the hundreds of processes would take ten times as long; what runs inside the
// tests' own process is watched.
func built(tb testing.TB) string {
	tb.Helper()
	workshop.once.Do(func() { workshop.err = goBuild(context.Background(), workshop.dir, ".") })
	if workshop.err != nil {
		tb.Fatal(workshop.err)
	}
	return workshop.dir
}

// goBuild builds commands into a folder.
func goBuild(ctx context.Context, dir string, packages ...string) error {
	args := append([]string{"build", "-trimpath", "-o", dir + string(filepath.Separator)}, packages...)
	if out, err := exec.CommandContext(ctx, "go", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	return nil
}

func setUpScript(env *testscript.Env) error {
	mock, err := mockserver.New(mockserver.Options{Seed: 1})
	if err != nil {
		return err
	}
	other := &otherHand{mock: mock}
	server := httptest.NewServer(other)
	env.Defer(server.Close)
	env.Values[mockKey{}], env.Values[otherHandKey{}] = mock, other
	c := mock.Credentials()
	for name, value := range map[string]string{
		"ZPA_CLIENT_ID": c.ClientID, "ZPA_CLIENT_SECRET": c.ClientSecret, "ZPA_CUSTOMER_ID": c.CustomerID,
		"PROVKEYS_BASE_URL": server.URL, "MOCK_VANITY": c.Vanity,
		"HOME": env.WorkDir, "TERM": "xterm", "NO_PROXY": "*",
		// A binary with the race detector sleeps a second before it leaves.
		"GORACE":          "atexit_sleep_ms=0",
		"XDG_CONFIG_HOME": env.WorkDir + "/config", "XDG_STATE_HOME": env.WorkDir + "/state",
	} {
		env.Setenv(name, value)
	}
	return nil
}

// exits runs a command and asserts its exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ARGUMENT…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// mockCommand looks at the tenant and changes it:
//
//	mock text NAME FILE              the key text as the tenant holds it, into a file
//	mock id NAME VARIABLE            the key's id, into a variable
//	mock set NAME FIELD JSON         one field
//	mock meanwhile NAME FIELD JSON   the same, once the key is read by itself
//	mock secret TEXT                 another client secret
//	mock requests N                  fails unless N calls came in so far
func mockCommand(ts *testscript.TestScript, neg bool, args []string) {
	mock, ok := ts.Value(mockKey{}).(*mockserver.Server)
	if !ok || neg || len(args) < 2 {
		ts.Fatalf("usage: mock text|id|set|meanwhile|secret|requests …")
	}
	switch args[0] {
	case "secret":
		mock.SetSecret(args[1])
		return
	case "requests":
		if got := strconv.Itoa(len(mock.Requests())); got != args[1] {
			ts.Fatalf("%s requests came in, want %s", got, args[1])
		}
		return
	}
	kind, id, ok := mock.FindKey(args[1])
	if !ok {
		ts.Fatalf("the tenant has no key %q", args[1])
	}
	switch args[0] {
	case "text":
		fields, _ := mock.Key(kind, id)
		text, _ := fields["provisioningKey"].(string)
		ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(text), 0o600))
	case "id":
		ts.Setenv(args[2], id)
	case "set", "meanwhile":
		var value any
		ts.Check(json.Unmarshal([]byte(args[3]), &value))
		if args[0] == "meanwhile" {
			other, _ := ts.Value(otherHandKey{}).(*otherHand)
			other.mu.Lock()
			defer other.mu.Unlock()
			other.id, other.change = id, func() { mock.SetField(kind, id, args[2], value) }
			return
		}
		if !mock.SetField(kind, id, args[2], value) {
			ts.Fatalf("%s cannot be set", args[2])
		}
	default:
		ts.Fatalf("mock %s is unknown", args[0])
	}
}
