package client_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// mayReveal lists every function that takes the text out of a Secret, and why.
// Who adds one answers here for where the text goes from there. Functions that
// are not there any more do no harm.
var mayReveal = map[string]string{
	"client.Secret.Equal":                   "compares without printing",
	"client.Client.signInForm":              "the wire: the sign-in's form",
	"client.parsePrivateKey":                "reads the key that signs the sign-in's assertion",
	"client.Client.send":                    "the wire: the bearer",
	"client.hide":                           "cuts echoed secrets out of a server's words",
	"client.wireKey.key":                    "the hint that may be shown",
	"client.Key.CopyBlock":                  "checks the text for damage",
	"client.Key.CopyWarnings":               "looks for blanks and an odd length",
	"client/diagnose.Inspect":               "looks for damage in what was pasted",
	"client/diagnose.specimen.mayGoOn":      "looks for a key whose text goes on where another's ends",
	"client/diagnose.specimen.traced":       "compares what was pasted with the text of each key",
	"client/deploy.Snippet":                 "the snippet that was asked for, a Secret itself",
	"tui/clipboard.Clipboard.command":       "the clipboard: the operator's own command",
	"tui/clipboard.Sequence":                "the clipboard: OSC 52",
	"tui/clipboard.writeJob":                "the clipboard: the helper's input",
	"tui/clipboard.server.serve":            "the helper: what it recognises the text by",
	"tui/clipboard.holding.put":             "the clipboard: tmux's and the desktop's tools",
	"tui/clipboard.checkLength":             "counts its bytes",
	"tui.effects.sendSequence":              "the clipboard: OSC 52, through the console's own output",
	"tui.pasting.tail":                      "counts what is pasted, and joins what is typed to it",
	"tui.pasting.text":                      "joins the pieces of what was pasted into one Secret",
	"tui.effects.inspect":                   "reads what was pasted, line by line where it is a log",
	"tui.downloadDialog.shown":              "the screen: a passphrase that was made up, shown once",
	"tui.bulkDialog.head":                   "the screen: a passphrase that was made up, shown once",
	"tui.manyTexts":                         "the clipboard: many texts, one a line, joined into one Secret",
	"tui.reveal.lines":                      "the screen, for ten seconds, where V asked for it",
	"tui.reveal.odd":                        "looks for blanks and an odd length",
	"cmd/provkeys.app.sendSequence":         "the clipboard: OSC 52, to the terminal itself",
	"cmd/provkeys.app.writeText":            "the pipe that was asked for",
	"cmd/provkeys.app.printText":            "the pipe that was asked for",
	"cmd/provkeys.keyOf":                    "the output, with --with-secrets alone",
	"cmd/provkeys.damage":                   "checks the text for damage",
	"cmd/provkeys.app.showPassphrase":       "the terminal, once: a passphrase that was made for a file",
	"cmd/provkeys.app.showText":             "the terminal, once: the text of a hidden key that could not be copied",
	"cmd/internal/download.seal":            "the file that was asked for, in the plain",
	"cmd/internal/download.encrypt":         "the file that was asked for, through age",
	"cmd/internal/download.Passphrase":      "age, as what the file is encrypted with",
	"cmd/internal/download.CheckPassphrase": "counts its characters",
	"cmd/provkeys.askText":                  "what was typed in answer to a question about no secret",
	"cmd/provkeys.profileDraft.takeSecret":  "tells a reference from a secret, in the console's form",
	"cmd/provkeys.app.readPiped":            "takes the line break off what a pipe brought",
	"cmd/provkeys.keepInFile":               "the file that a typed secret is kept in",
	"cmd/internal/credential.Keep":          "the system's keyring",
	"cmd/provkeys.runSnippet":               "the output, in a pipe or with --with-secrets",
	"cmd/provkeys.runInspect":               "tells a log from a key text",
	"cmd/provkeys.app.explainPasted":        "a log that was pasted, line by line",
	"cmd/provkeys.app.writeRepaired":        "the output that was asked for: the text that was given, repaired",
	"cmd/internal/memory.hasher.text":       "a keyed hash that recognises the text",
	"cmd/internal/refusals.Pair.name":       "a keyed hash that recognises a refused sign-in",
}

func TestCallersOfRevealAreKnown(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	err = filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata"):
			return filepath.SkipDir
		case !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go"):
			return nil
		}
		folder, err := filepath.Rel(root, filepath.Dir(file))
		if err != nil {
			return err
		}
		for _, caller := range revealers(t, file) {
			found++
			if name := path.Join(filepath.ToSlash(folder)) + "." + caller; mayReveal[name] == "" {
				t.Errorf("%s reveals a secret and is not on the list", name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 4 {
		t.Errorf("only %d callers were found: the search is blind", found)
	}
}

// revealers returns the functions of a file that mention a method Reveal, be
// it called or handed on.
func revealers(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Logf("not read: %v", err)
		return nil
	}
	var callers []string
	for _, declared := range parsed.Decls {
		mentions := false
		ast.Inspect(declared, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "Reveal" {
				mentions = true
			}
			return true
		})
		if mentions {
			callers = append(callers, nameOf(declared))
		}
	}
	return callers
}

// nameOf returns "Type.Method", the function's name, or "var" for the rest.
func nameOf(declared ast.Decl) string {
	f, ok := declared.(*ast.FuncDecl)
	if !ok {
		return "var"
	}
	if f.Recv == nil {
		return f.Name.Name
	}
	receiver := f.Recv.List[0].Type
	if star, ok := receiver.(*ast.StarExpr); ok {
		receiver = star.X
	}
	if id, ok := receiver.(*ast.Ident); ok {
		return id.Name + "." + f.Name.Name
	}
	return f.Name.Name
}
