package main

import (
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/client/deploy"
	"provkeys/tui/clipboard"
)

func TestSnippetIsMaskedOnATerminalUnlessAskedFor(t *testing.T) {
	t.Parallel()
	for _, form := range deploy.Forms() {
		f := newFixture(t)
		f.terminals[stdout] = true
		text := f.text(okKey)

		f.mustRun(exitDone, "snippet", okKey, "--for", string(form))
		said := f.out.String()
		if strings.Contains(said, text[20:60]) || !strings.HasSuffix(said, "\n") {
			t.Errorf("%s on a terminal: %q", form, said)
		}
		if form.Secret() && (!strings.Contains(said, "••••••••") || !strings.Contains(f.err.String(), "provkeys copy "+okKey+" --as "+string(form))) {
			t.Errorf("%s on a terminal: %q, %q", form, said, f.err.String())
		}
		f.mustRun(exitDone, "snippet", okKey, "--for", string(form), "-o", "json")
		if got := decode[struct{ Masked bool }](t, f.out.Bytes()); got.Masked != form.Secret() || strings.Contains(f.out.String(), text[20:60]) {
			t.Errorf("%s as JSON on a terminal: %s", form, f.out.String())
		}
		if f.journalled() != nil {
			t.Errorf("%s: a masked text is in the journal", form)
		}

		f.mustRun(exitDone, "snippet", okKey, "--for", string(form), "--with-secrets")
		if strings.Contains(f.out.String(), text[20:60]) != form.Secret() || (len(f.journalled()) == 1) != form.Secret() {
			t.Errorf("%s with its text: journal %+v\n%s", form, f.journalled(), f.out.String())
		}
	}
}

func TestSnippetOfAPipeIsWhatIsCopied(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.board = &board{outcome: verified()}
	for _, form := range deploy.Forms() {
		f.mustRun(exitDone, "snippet", okKey, "--for", string(form))
		piped := f.out.String()
		f.mustRun(exitDone, "copy", okKey, "--as", string(form), "-o", "json")
		if f.board.held != piped || piped == "" {
			t.Errorf("%s: copied %d bytes, piped %d", form, len(f.board.held), len(piped))
		}
		if got := decode[struct{ As, Copied string }](t, f.out.Bytes()); got.As != string(form) || got.Copied != okKey {
			t.Errorf("%s: %+v", form, got)
		}
	}
	f.mustRun(exitDone, "copy", okKey)
	if f.board.held != f.text(okKey) {
		t.Error("without a form it is not the text that is copied")
	}
}

func TestCopyWithoutTheTextIsNoDeed(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.board = &board{outcome: clipboard.Outcome{Route: clipboard.RouteTmux, Evidence: clipboard.EvidenceVerified}}

	f.mustRun(exitDone, "copy", okKey, "--as", "terraform")
	if got := f.journalled(); got != nil {
		t.Errorf("the journal holds %+v", got)
	}
	f.mustRun(exitDone, "copy", okKey, "--as", "cloud-init")
	if got := f.journalled(); len(got) != 1 || got[0].Action != "copied" {
		t.Errorf("the journal holds %+v", got)
	}
}

func TestFormThatAKindHasNoUseForIsAUsageError(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.board = &board{outcome: verified()}
	f.mustRun(exitDone, "list", "-o", "json")
	tried := map[client.Kind]bool{}
	for _, k := range decode[[]struct {
		ID, Name string
		Kind     client.Kind
	}](t, f.out.Bytes()) {
		for _, form := range deploy.Forms() {
			if tried[k.Kind] || form.Fits(k.Kind) == nil {
				continue
			}
			tried[k.Kind] = true
			f.mustRun(exitUsage, "snippet", k.ID, "--for", string(form))
			f.mustRun(exitUsage, "copy", k.ID, "--as", string(form))
			if f.board.held != "" || f.out.Len() > 0 || !strings.Contains(f.err.String(), "no such snippet: ") {
				t.Errorf("%s for %s: %q, %q", form, k.Name, f.out.String(), f.err.String())
			}
		}
	}
	if len(tried) == 0 {
		t.Error("every form fits every kind: the test is blind")
	}
}
