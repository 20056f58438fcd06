//go:build unix

package config

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

const secretFile = "profiles:\n  a: {client_id: i, client_secret: word, customer_id: 1}\n"

// place makes a folder with a file in it, with these modes.
func place(t *testing.T, name, text string, file, folder fs.FileMode) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "d")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	// Chmod, since the process's mask takes bits away from a new file.
	if err := errors.Join(os.Chmod(path, file), os.Chmod(dir, folder)); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLiteralSecretNeedsAPrivateFile(t *testing.T) {
	cases := map[string]struct {
		file, folder fs.FileMode
		mend         string // "" when it may be read
	}{
		"private":                  {0o600, 0o700, ""},
		"read-only":                {0o400, 0o700, ""},
		"folder to look at":        {0o600, 0o755, ""},
		"sticky folder":            {0o600, 0o777 | fs.ModeSticky, ""},
		"group may read":           {0o640, 0o700, "chmod 600 FILE"},
		"all may read":             {0o604, 0o700, "chmod 600 FILE"},
		"group may write":          {0o620, 0o700, "chmod 600 FILE"},
		"group may write a folder": {0o600, 0o770, "chmod go-w DIR"},
		"all may write a folder":   {0o600, 0o777, "chmod go-w DIR"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := place(t, "config.yaml", secretFile, c.file, c.folder)

			_, err := Load(t.Context(), Flags{Config: path}, Env{})

			mustMend(t, err, c.mend, path)
		})
	}
}

func mustMend(t *testing.T, err error, mend, path string) {
	t.Helper()
	if mend == "" {
		if err != nil {
			t.Errorf("refused: %v", err)
		}
		return
	}
	mend = strings.NewReplacer("FILE", path, "DIR", filepath.Dir(path)).Replace(mend)
	usage := (*UsageError)(nil)
	if !errors.As(err, &usage) || usage.Fix != mend {
		t.Errorf("error %v, want one that is mended by %q", err, mend)
	}
}

func TestFileWithoutASecretMayBeOpen(t *testing.T) {
	t.Parallel()
	path := place(t, "config.yaml", strings.Replace(secretFile, "word", "env:WORD", 1), 0o644, 0o777)
	env := Env{Lookup: func(name string) (string, bool) {
		return map[string]string{"WORD": "word"}[name], name == "WORD"
	}}
	if _, err := Load(t.Context(), Flags{Config: path}, env); err != nil {
		t.Errorf("refused: %v", err)
	}
}

func TestReferencedFileMustBePrivate(t *testing.T) {
	t.Parallel()
	word := place(t, "word", "word\n", 0o644, 0o700)
	path := place(t, "config.yaml", strings.Replace(secretFile, "word", "file:"+word, 1), 0o644, 0o755)
	_, err := Load(t.Context(), Flags{Config: path}, Env{})
	mustMend(t, err, "chmod 600 FILE", word)
}

func TestFileWithACommandMustBePrivate(t *testing.T) {
	for what, text := range map[string]string{
		"secret": strings.Replace(secretFile, "word", "cmd:pass acme", 1),
		"id":     strings.NewReplacer("word", "env:WORD", "client_id: i", "client_id: cmd:pass id").Replace(secretFile),
		"key":    strings.Replace(secretFile, "client_secret: word", "private_key: cmd:pass key", 1),
		"PEM":    strings.Replace(secretFile, "client_secret: word", "private_key: word", 1),
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			path := place(t, "config.yaml", text, 0o644, 0o700)
			run := func(context.Context, []string) (string, error) {
				t.Error("a command was run that somebody else may have written")
				return "", nil
			}
			_, err := Load(t.Context(), Flags{Config: path}, Env{Run: run})
			mustMend(t, err, "chmod 600 FILE", path)
		})
	}
}

func TestVendorsKeyFileMustBePrivate(t *testing.T) {
	t.Parallel()
	path := place(t, "key.pem", "any", 0o644, 0o700)
	vars := map[string]string{"ZSCALER_CLIENT_ID": "i", "ZSCALER_PRIVATE_KEY": path, "ZSCALER_VANITY_DOMAIN": "a", "ZPA_CUSTOMER_ID": "1"}
	_, err := Load(t.Context(), Flags{}, Env{Lookup: func(name string) (string, bool) { return vars[name], true }})
	mustMend(t, err, "chmod 600 FILE", path)
}

func TestVendorFileMustBePrivate(t *testing.T) {
	const text = "zscaler: {client: {clientId: i, clientSecret: word, vanityDomain: a, customerId: 1}}\n"
	for name, c := range map[string]struct {
		mode fs.FileMode
		mend string
	}{"private": {0o600, ""}, "open": {0o644, "chmod 600 FILE"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := place(t, "zscaler.yaml", text, c.mode, 0o700)
			home := filepath.Join(filepath.Dir(filepath.Dir(path)), "home")
			if err := errors.Join(os.Mkdir(home, 0o700), os.Rename(filepath.Dir(path), filepath.Join(home, ".zscaler"))); err != nil {
				t.Fatal(err)
			}
			_, err := Load(t.Context(), Flags{}, Env{Home: home})
			mustMend(t, err, c.mend, filepath.Join(home, ".zscaler", "zscaler.yaml"))
		})
	}
}

func TestLinkIsJudgedByItsTarget(t *testing.T) {
	for name, c := range map[string]struct {
		mode fs.FileMode
		mend string
	}{"private": {0o600, ""}, "open": {0o644, "chmod 600 FILE"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			link := filepath.Join(t.TempDir(), "config.yaml")
			// The folder of a test follows the process's mask.
			if err := errors.Join(os.Chmod(filepath.Dir(link), 0o700), os.Symlink(place(t, "real.yaml", secretFile, c.mode, 0o700), link)); err != nil {
				t.Fatal(err)
			}
			_, err := Load(t.Context(), Flags{Config: link}, Env{})
			mustMend(t, err, c.mend, link)
		})
	}
}

func TestLinkInAnOpenFolderIsRefused(t *testing.T) {
	t.Parallel()
	target := place(t, "real.yaml", secretFile, 0o600, 0o700)
	link := place(t, "config.yaml", "", 0o600, 0o777)
	if err := errors.Join(os.Remove(link), os.Symlink(target, link)); err != nil {
		t.Fatal(err)
	}
	_, err := Load(t.Context(), Flags{Config: link}, Env{})
	mustMend(t, err, "chmod go-w DIR", link)
}

func TestPipeIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "config.yaml")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Load(t.Context(), Flags{Config: pipe}, Env{})
	if err == nil || !strings.Contains(err.Error(), "no regular file") {
		t.Errorf("error %v, want that it is no regular file", err)
	}
}

func TestOwnerIsTheUserOrRoot(t *testing.T) {
	cases := map[string]struct {
		owner, uid int
		mend       string
	}{
		"the user":         {1000, 1000, ""},
		"root":             {0, 1000, ""},
		"another":          {1001, 1000, "sudo chown 1000 /p && chmod 600 /p"},
		"a user, for root": {1000, 0, "sudo chown 0 /p && chmod 600 /p"},
		"nobody known":     {-1, 1000, "sudo chown 1000 /p && chmod 600 /p"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file, folder := fileFault(0o600, c.owner, c.uid), folderFault(0o755, c.owner, c.uid)
			if (file == "") != (c.mend == "") || (folder == "") != (c.mend == "") {
				t.Fatalf("file %q, folder %q", file, folder)
			}
			if c.mend != "" && fileMend("/p", c.owner, c.uid) != c.mend {
				t.Errorf("mended by %q, want %q", fileMend("/p", c.owner, c.uid), c.mend)
			}
		})
	}
}

func TestMendingLineFitsAShell(t *testing.T) {
	for path, want := range map[string]string{
		"/home/jo/.config/provkeys/config.yaml": "chmod 600 /home/jo/.config/provkeys/config.yaml",
		"/home/jo doe/c.yaml":                   "chmod 600 '/home/jo doe/c.yaml'",
		"/it's":                                 `chmod 600 '/it'\''s'`,
		"/$(x)":                                 "chmod 600 '/$(x)'",
	} {
		if got := fileMend(path, 0, 0); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
