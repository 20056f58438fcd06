package config_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"provkeys/cmd/internal/config"
)

func TestLinkThatLeadsNowhereIsNoMissingFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("making a link takes a privilege there")
	}
	for name, lay := range map[string]func(u *user, path string) error{
		"the file": func(u *user, path string) error { return os.Symlink(u.home+"/away/config.yaml", path) },
		"its folder": func(u *user, path string) error {
			if err := os.Remove(filepath.Dir(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			return os.Symlink(u.home+"/away", filepath.Dir(path))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			u.write(".zscaler/zscaler.yaml", "zscaler: {client: {clientId: i, clientSecret: x, vanityDomain: other, customerId: 99}}\n")
			path := filepath.Join(u.home, ".config", "provkeys", "config.yaml")
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := lay(u, path); err != nil {
				t.Fatal(err)
			}
			mustHold(t, u.refused(config.Flags{}).Error(), "a link that leads nowhere", "take the link away")
			if s, err := config.ReadStored(config.Flags{Config: path}, u.env()); err == nil {
				t.Errorf("it counts as %+v", s)
			}
			if _, err := config.AddProfile(path, lab("lab"), false); err == nil {
				t.Error("a profile was added")
			}
		})
	}
}

func TestFolderThatLetsNobodyInIsNamed(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("no folder keeps root out, and Windows has no modes")
	}
	u := newUser(t)
	path := u.writeConfig("theme: dark\n")
	folder := filepath.Dir(filepath.Dir(path))
	if err := os.Chmod(folder, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(folder, 0o700) })
	mustHold(t, u.refused(config.Flags{}).Error(), "permission denied", "chmod u+rx "+folder)
}

func TestRelativeHomeIsNone(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	env := u.env()
	env.Home = "relative"
	if dir, err := config.Dir(env); err == nil {
		t.Errorf("the folder is %s", dir)
	}
	s, err := config.ReadStored(config.Flags{}, env)
	if err == nil {
		t.Errorf("it reads %+v", s)
	}
}
