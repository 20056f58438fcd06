package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"provkeys/client"
)

func TestTheConsoleFindsOutWhereAFileGoes(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	taken := filepath.Join(home, "taken")
	if err := os.WriteFile(taken, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d := consoleDownloads{home: home}
	k := client.Key{Name: "lab"}
	want := filepath.Join(home, d.FileName(k, false))
	if got, err := d.Where("~/", k, false); got != want || err != nil {
		t.Errorf("a folder gives %q and %v, want %q", got, err, want)
	}
	if _, err := d.Where("~/taken", k, false); !errors.Is(err, fs.ErrExist) || !strings.Contains(err.Error(), taken) {
		t.Errorf("a file that is there gives %v", err)
	}
}

func TestAMissingFileOfRecipientsIsNamed(t *testing.T) {
	t.Parallel()
	d := consoleDownloads{home: t.TempDir()}
	for text, named := range map[string]bool{"~/nobody.pub": true, "./nobody": true, "age1nonsense": false, "nobody": false} {
		err := d.CheckRecipient(text)
		if err == nil || strings.Contains(err.Error(), "there is no file") != named {
			t.Errorf("%s gives %v", text, err)
		}
	}
}
