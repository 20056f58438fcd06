package download

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
	"filippo.io/age/armor"

	"provkeys/client"
)

// keyText is obviously fake and as long as a real one.
var keyText = "3|mock.example|" + strings.Repeat("FAKEfake", 48) + "-123456789012345678"

func identity(t *testing.T) *age.X25519Identity {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func decrypted(t *testing.T, content []byte, id age.Identity) string {
	t.Helper()
	from := io.Reader(bytes.NewReader(content))
	if bytes.HasPrefix(content, []byte(armor.Header)) {
		from = armor.NewReader(from)
	}
	r, err := age.Decrypt(from, id)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// names returns what is in a folder.
func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func TestPlainFileIsTheTextToTheByteAndItsOwnersAlone(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "a.provkey")

	w, err := Write(t.Context(), Request{Text: client.NewSecret(keyText), Path: path})
	if err != nil {
		t.Fatal(err)
	}

	if string(read(t, path)) != keyText {
		t.Error("the file is not the text to the byte")
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if got := names(t, folder); len(got) != 1 {
		t.Errorf("the folder holds %q", got)
	}
	if !strings.HasSuffix(w.Path, "a.provkey") || !strings.HasSuffix(w.Readers, "alone (mode 0600)") {
		t.Errorf("%+v", w)
	}
}

func TestEncryptedFileOpensForEveryRecipientAndHoldsNothingPlain(t *testing.T) {
	t.Parallel()
	one, other := identity(t), identity(t)
	for _, armored := range []bool{false, true} {
		path := filepath.Join(t.TempDir(), "a.provkey.age")
		w, err := Write(t.Context(), Request{Text: client.NewSecret(keyText), Path: path, To: []age.Recipient{one.Recipient(), other.Recipient()}, Armor: armored})
		if err != nil {
			t.Fatal(err)
		}
		content := read(t, path)
		for _, id := range []*age.X25519Identity{one, other} {
			if decrypted(t, content, id) != keyText {
				t.Error("a recipient reads another text")
			}
		}
		if bytes.Contains(content, []byte("FAKEfake")) || bytes.HasPrefix(content, []byte(armor.Header)) != armored {
			t.Errorf("armored %v: the file is of the wrong form", armored)
		}
		if !strings.HasPrefix(w.Readers, "whoever has one of the 2 recipients' private keys; the file itself is for ") {
			t.Errorf("readers: %s", w.Readers)
		}
	}
}

func TestPassphraseOpensTheFile(t *testing.T) {
	t.Parallel()
	secret := MakePassphrase()
	r, err := age.NewScryptRecipient(secret.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	r.SetWorkFactor(4) // age's own takes a second
	path := filepath.Join(t.TempDir(), "a")

	w, err := Write(t.Context(), Request{Text: client.NewSecret(keyText), Path: path, To: []age.Recipient{r}})
	if err != nil {
		t.Fatal(err)
	}

	id, err := age.NewScryptIdentity(secret.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	if decrypted(t, read(t, path), id) != keyText || !strings.HasPrefix(w.Readers, "whoever has the passphrase; ") {
		t.Errorf("readers: %s", w.Readers)
	}
}

func TestNothingIsWrittenWithoutATextOrForNobody(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, r := range map[string]Request{
		"no text":       {},
		"no recipients": {Text: client.NewSecret(keyText), To: []age.Recipient{}},
	} {
		r.Path = filepath.Join(folder, "a")
		if w, err := Write(t.Context(), r); err == nil || w != (Written{}) {
			t.Errorf("%s: %+v, %v", name, w, err)
		}
	}
	if got := names(t, folder); len(got) != 0 {
		t.Errorf("the folder holds %q", got)
	}
}

func TestNothingIsWrittenOverAnythingOrThroughALink(t *testing.T) {
	t.Parallel()
	outside := filepath.Join(t.TempDir(), "outside")
	for name, tt := range map[string]struct {
		lay   func(path string) error
		words string
	}{
		"file":          {func(p string) error { return os.WriteFile(p, []byte("old"), 0o644) }, "exists already"},
		"empty file":    {func(p string) error { return os.WriteFile(p, nil, 0o600) }, "exists already"},
		"folder":        {func(p string) error { return os.Mkdir(p, 0o700) }, "is a folder"},
		"link":          {func(p string) error { return os.Symlink(p+"/..", p) }, "is a link"},
		"dangling link": {func(p string) error { return os.Symlink(outside, p) }, "is a link"},
	} {
		path := filepath.Join(t.TempDir(), "a")
		if err := tt.lay(path); err != nil {
			t.Fatal(err)
		}
		if err := Check(path); !errors.Is(err, fs.ErrExist) || !strings.Contains(err.Error(), tt.words) {
			t.Errorf("%s: it is said beforehand: %v", name, err)
		}
		_, err := Write(t.Context(), Request{Text: client.NewSecret(keyText), Path: path})
		if !errors.Is(err, fs.ErrExist) || !strings.Contains(err.Error(), tt.words) {
			t.Errorf("%s: %v", name, err)
		}
		// What comes between the look and the making is refused as well.
		at := target{filepath.Dir(path), "a"}
		for way, create := range ways(at) {
			if _, err := create([]byte(keyText), true); !errors.Is(err, fs.ErrExist) {
				t.Errorf("%s, %s: %v", name, way, err)
			}
		}
		if got := names(t, filepath.Dir(path)); len(got) != 1 {
			t.Errorf("%s: the folder holds %q", name, got)
		}
	}
	if _, err := os.Lstat(outside); err == nil {
		t.Error("a file was made through a link")
	}
}

// ways returns the functions that make a file.
func ways(at target) map[string]func([]byte, bool) (fs.FileMode, error) {
	return map[string]func([]byte, bool) (fs.FileMode, error){"create": at.create, "beside": at.beside}
}

func TestFileBesideIsWholeAndLeavesNothing(t *testing.T) {
	t.Parallel()
	at := target{t.TempDir(), "a"}
	if mode, err := at.beside([]byte(keyText), true); err != nil || mode != 0o600 {
		t.Fatalf("%v, %v", mode, err)
	}
	if got := names(t, at.folder); len(got) != 1 || string(read(t, at.path())) != keyText {
		t.Errorf("the folder holds %q", got)
	}
}

func TestPathOfTheFileFollowsItsFoldersLinks(t *testing.T) {
	t.Parallel()
	home, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Mkdir(filepath.Join(home, "real"), 0o700), os.Symlink("real", filepath.Join(home, "linked"))); err != nil {
		t.Fatal(err)
	}
	w, err := Write(t.Context(), Request{Text: client.NewSecret(keyText), Path: filepath.Join(home, "linked", "a")})
	if err != nil || w.Path != filepath.Join(home, "real", "a") {
		t.Errorf("%q, %v", w.Path, err)
	}
}

func TestWhatStandsInTheWayIsSaidWithTheNextStep(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"":                               "the path names no file: write a file name at its end",
		folder + "/":                     "the path names no file: ",
		filepath.Join(folder, "no", "a"): "there is no folder ",
		filepath.Join(file, "a"):         "is no folder",
		filepath.Join(folder, strings.Repeat("a", 300)): "too long for its file system: choose a shorter one",
	} {
		_, err := Write(t.Context(), Request{Text: client.NewSecret(keyText), Path: path})
		if known := (*Error)(nil); !errors.As(err, &known) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v", path, err)
		}
		if checked := Check(path); checked == nil || checked.Error() != err.Error() {
			t.Errorf("%.40q: beforehand it says %v", path, checked)
		}
	}
}

func TestFileNameIsSafeAnywhere(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"eu-west-1-asg":          "eu-west-1-asg.provkey.age",
		"a b/../c":               "a_b_.._c.provkey.age",
		"../../etc/passwd":       "_.._.._etc_passwd.provkey.age",
		".bashrc":                "_.bashrc.provkey.age",
		"-rf":                    "_-rf.provkey.age",
		"":                       "_.provkey.age",
		"\x1b[2Jé\u202e":         "__2J__.provkey.age",
		strings.Repeat("a", 300): strings.Repeat("a", 200) + ".provkey.age",
	} {
		if got := FileName(name, true); got != want {
			t.Errorf("%.20q: %q, want %q", name, got, want)
		}
	}
	if got := FileName("a", false); got != "a.provkey" {
		t.Errorf("plain: %q", got)
	}
}
