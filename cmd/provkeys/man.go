package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"provkeys/cmd/internal/manual"
)

func newManCommand(a *app) *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "man",
		Short: "Write the manual pages",
		Long: `man writes the manual page provkeys(1), which a pipe shows: provkeys man | man -l -

--dir writes that and a page for every command, such as provkeys-list.1, into a
folder, mode 0644. It makes the folder, writes pages of its own anew, and nothing
over another file.`,
		Example: `  provkeys man | man -l -
  provkeys man --dir ~/.local/share/man/man1`,
		Args: exactArgs(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case dir != "":
				return a.writePages(pagesOf(cmd.Root()), dir)
			case cmd.Flags().Changed("dir"):
				return emptyFlag("dir")
			}
			return a.write(pageOf(cmd.Root()).Roff())
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "write all pages into this `folder`")
	return cmd
}

// pagesOf returns the pages of a command and all below it.
func pagesOf(cmd *cobra.Command) []manual.Page {
	pages := []manual.Page{pageOf(cmd)}
	for _, sub := range shownCommands(cmd) {
		pages = append(pages, pagesOf(sub)...)
	}
	return pages
}

// writePages writes every page, or none where one would go over another file.
func (a *app) writePages(pages []manual.Page, dir string) error {
	for _, p := range pages {
		if err := mayReplace(filepath.Join(dir, p.Name+".1")); err != nil {
			return err
		}
	}
	err := os.MkdirAll(dir, 0o755)
	for _, p := range pages {
		if err == nil {
			err = writePage(filepath.Join(dir, p.Name+".1"), p.Roff())
		}
	}
	if err != nil {
		return &fault{faultError, fmt.Sprintf("the pages cannot be written: %v", err), "give another folder with --dir"}
	}
	return a.write(fmt.Sprintf("%d pages are in %s\n", len(pages), dir))
}

// mayReplace returns why a file is not to be replaced by a page.
func mayReplace(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return nil // what else is wrong shows when it is written
	}
	if info.Mode().IsRegular() {
		if page, err := os.ReadFile(path); err == nil && bytes.HasPrefix(page, []byte(manual.Mark)) {
			return nil
		}
	}
	return &fault{faultError, path + " is there already, and provkeys did not write it: no page was written", "move it away, or give another folder with --dir"}
}

// writePage replaces a file whole, or not at all.
func writePage(path, roff string) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".provkeys-*")
	if err != nil {
		return err
	}
	_, err = f.WriteString(roff)
	// Everybody may read a manual, whatever the umask says.
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // the error says more
	}
	return err
}
