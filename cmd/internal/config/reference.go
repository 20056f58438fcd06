package config

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
)

// maxCredential is the most that a file with a credential may hold, in bytes.
const maxCredential = 64 << 10

// scheme is what a reference begins with.
type scheme int

const (
	literal scheme = iota
	fromEnv
	fromFile
	fromKeyring
	fromCommand
)

func cut(value text) (scheme, string) {
	for prefix, s := range map[string]scheme{"env:": fromEnv, "file:": fromFile, "keyring:": fromKeyring, "cmd:": fromCommand} {
		if rest, ok := strings.CutPrefix(string(value), prefix); ok {
			return s, rest
		}
	}
	return literal, string(value)
}

// reference is a credential as the file has it.
type reference struct {
	value text
	what  string // words for people: the field, the profile and the file
	base  string // the folder that a relative path starts from
}

// variableName is what a variable's name looks like. Anything else behind env:
// may be the credential itself, and is not repeated.
var variableName = regexp.MustCompile(`^[A-Z_][A-Z0-9_]*$`)

func isVariable(name string) bool { return len(name) <= maxName && variableName.MatchString(name) }

// resolveReference returns the credential. No error repeats a literal, or what
// stands behind keyring: or cmd:.
func resolveReference(ctx context.Context, r reference, env Env) (string, error) {
	kind, rest := cut(r.value)
	switch {
	case env.unread:
		return "", nil
	case r.value == "":
		return "", usage("write it there as env:NAME, file:PATH, keyring:NAME, cmd:COMMAND or as it is", "%s is missing", r.what)
	case kind == fromEnv:
		value := env.get(rest)
		if value == "" {
			name := "the variable it names"
			if isVariable(rest) {
				name = rest
			}
			return "", usage("set it to the credential", "%s comes from the environment, and %s is not set", r.what, name)
		}
		return value, nil
	case kind == fromFile:
		return readCredential(rest, r, env)
	case kind == fromKeyring:
		return readKeyring(ctx, rest, r, env)
	case kind == fromCommand:
		return runCommand(ctx, rest, r, env)
	}
	return rest, nil
}

func readKeyring(ctx context.Context, name string, r reference, env Env) (string, error) {
	switch {
	case name == "":
		return "", usage("write it as keyring:NAME", "%s: keyring: names nothing", r.what)
	case env.Keyring == nil:
		return "", usage("write it there as env:NAME, file:PATH or cmd:COMMAND", "%s: no keyring can be asked here", r.what)
	}
	value, err := env.Keyring(ctx, name)
	return r.fetched(ctx, value, err)
}

func runCommand(ctx context.Context, command string, r reference, env Env) (string, error) {
	words, err := commandWords(command, r.base, env.Home)
	switch {
	case err != nil:
		return "", usage("write a program and its arguments, and what holds blanks in quotes", "%s: cmd: %v", r.what, err)
	case env.Run == nil:
		return "", usage("write it there as env:NAME, file:PATH or keyring:NAME", "%s: no command can be run here", r.what)
	}
	value, err := env.Run(ctx, words)
	return r.fetched(ctx, value, err)
}

// fetched returns what a keyring or a command gave, or why it gave nothing.
func (r reference) fetched(ctx context.Context, value string, err error) (string, error) {
	if err != nil && ctx.Err() != nil {
		return "", fmt.Errorf("fetch %s: %w", r.what, ctx.Err())
	}
	if own := (*UsageError)(nil); errors.As(err, &own) {
		return "", usage(own.Fix, "%s: %s", r.what, own.Problem)
	}
	if err != nil {
		return "", usage("write it there as env:NAME or file:PATH", "%s cannot be fetched", r.what)
	}
	if value = withoutLineEnd(value); value == "" {
		return "", usage("put the credential there", "%s: nothing came back", r.what)
	}
	return value, nil
}

// ReferencedFile returns the file that a reference in the configuration file at path
// leads to; false for every other reference.
func ReferencedFile(reference, path string, env Env) (string, bool) {
	kind, rest := cut(text(reference))
	if kind != fromFile {
		return "", false
	}
	file, err := filePath(rest, filepath.Dir(path), env.Home)
	return file, err == nil
}

func readCredential(path string, r reference, env Env) (string, error) {
	path, err := filePath(path, r.base, env.Home)
	if err != nil {
		return "", usage("write the whole path", "%s: file: %v", r.what, err)
	}
	c, err := readContents(path, maxCredential)
	if err != nil {
		return "", unreadable(path, "make it a file with "+r.what+" and nothing else", err)
	}
	if err := c.private(r.what + " is a secret"); err != nil {
		return "", err
	}
	value := withoutLineEnd(string(c.data))
	if value == "" {
		return "", usage("write the credential into it", "%s is empty, and %s comes from there", path, r.what)
	}
	return value, nil
}

// withoutLineEnd cuts one line end off, which is that of an editor or a program;
// any other belongs to the credential.
func withoutLineEnd(value string) string {
	value, cutOff := strings.CutSuffix(value, "\n")
	if cutOff {
		value = strings.TrimSuffix(value, "\r")
	}
	return value
}

// filePath returns a path of the file, made whole. A relative one starts from
// the file's own folder, so that it does not depend on where one works.
func filePath(path, base, home string) (string, error) {
	switch expanded, ok := underHome(path, home); {
	case ok:
		return expanded, nil
	case path == "":
		return "", errors.New("names no path")
	case strings.HasPrefix(path, "~"):
		return "", errors.New("begins with a ~ that stands for no known folder")
	case !filepath.IsAbs(path):
		return filepath.Join(base, path), nil
	}
	return path, nil
}

// underHome returns a path that begins with ~/ with the home folder in its
// place; false for any other path, and when no home folder is known.
func underHome(path, home string) (string, bool) {
	rest, ok := strings.CutPrefix(path, "~/")
	if !ok || !filepath.IsAbs(home) {
		return "", false
	}
	return filepath.Join(home, rest), true
}
