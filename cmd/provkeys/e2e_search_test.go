//go:build e2e

package main

import (
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// forms returns pieces of a secret as they would show in plain text, in base64
// however it is aligned, in hex and in decimal bytes.
func forms(secret string) []string {
	const length = 24
	var all []string
	for _, start := range []int{0, len(secret)/2 - length/2, len(secret) - length} {
		piece := secret[start : start+length]
		all = append(all, piece, hex.EncodeToString([]byte(piece)), strings.ToUpper(hex.EncodeToString([]byte(piece))))
		for shift := range 3 {
			// Of the first and the last letters the neighbours decide.
			encoded := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", shift) + piece))
			all = append(all, encoded[4:len(encoded)-4])
		}
		for _, between := range []string{" ", ",", ", "} {
			all = append(all, decimal(piece, between))
		}
	}
	return all
}

// decimal writes a text's bytes as numbers.
func decimal(text, between string) string {
	var numbers []string
	for _, b := range []byte(text) {
		numbers = append(numbers, strconv.Itoa(int(b)))
	}
	return strings.Join(numbers, between)
}

// search looks for secrets, by what they are called.
type search map[string][]string

func searchFor(secrets map[string]string) search {
	s := search{}
	for what, secret := range secrets {
		s[what] = forms(secret)
	}
	return s
}

// in returns what is in a text.
func (s search) in(text string) []string {
	var found []string
	for what, forms := range s {
		if slices.ContainsFunc(forms, func(form string) bool { return strings.Contains(text, form) }) {
			found = append(found, what)
		}
	}
	return found
}

// boardWrites are clipboard writes, and the taking off of one, bare or inside what
// tmux or GNU screen passes on.
var boardWrites = regexp.MustCompile(`\x1b\]52;[a-z]*;[A-Za-z0-9+/=]*(\a|\x1b\x1b?\\)`)

// inFiles returns a line for each of a folder's files with a secret in its text
// or its path, clipboard writes excepted, and how many files there were.
func (s search) inFiles(t *testing.T, folder string) (found []string, files int) {
	t.Helper()
	if err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || d.Name() == "provkeys" {
			return err
		}
		files++
		b, err := os.ReadFile(path)
		for _, what := range s.in(boardWrites.ReplaceAllString(string(b), "") + path) {
			found = append(found, what+" is in "+path)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return found, files
}

// watch looks at the arguments and the environment of a lab's processes again
// and again.
type watch struct {
	mu      sync.Mutex
	found   []string
	helpers int // how often a helper was seen
	done    chan struct{}
	ended   chan struct{}
}

// watchProcesses starts to look. The environment of what the test itself starts
// has the client secret in it, that of what provkeys starts must not.
func (l *lab) watchProcesses(everywhere, below search) *watch {
	w := &watch{done: make(chan struct{}), ended: make(chan struct{})}
	go func() {
		defer close(w.ended)
		for {
			w.look(l, everywhere, below)
			select {
			case <-w.done:
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	}()
	l.t.Cleanup(w.stop)
	return w
}

func (w *watch) look(l *lab, everywhere, below search) {
	processes(l.t, func(args, env string) bool {
		if !strings.Contains(args+env, l.dir+"/") {
			return false
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		found := append(everywhere.in(args+"\x00"+env), below.in(args)...)
		if helper := strings.Contains(args, "clipboard-helper"); helper || strings.HasPrefix(args, "xclip") {
			found = append(found, below.in(env)...)
			w.helpers++
		}
		for _, what := range found {
			line := what + " is in the process " + strings.ReplaceAll(args[:min(60, len(args))], "\x00", " ")
			if !slices.Contains(w.found, line) {
				w.found = append(w.found, line)
			}
		}
		return false
	})
}

// sofar returns what was found up to now.
func (w *watch) sofar() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.found)
}

// stop ends the looking.
func (w *watch) stop() {
	w.mu.Lock()
	select {
	case <-w.done:
	default:
		close(w.done)
	}
	w.mu.Unlock()
	<-w.ended
}
