//go:build e2e

package main

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"time"
)

// display is an X server without a screen, and the clipboard that it has.
type display struct {
	lab  *lab
	name string // as DISPLAY names it
	tool string // xclip or xsel, by which the clipboard is looked at
}

// startDisplay starts an X server on a number that it finds by itself, and puts
// it into the lab's environment.
func (l *lab) startDisplay(tool string) *display {
	l.t.Helper()
	need(l.t, tool)
	number, write, err := os.Pipe()
	if err != nil {
		l.t.Fatal(err)
	}
	cmd := l.command(need(l.t, "Xvfb"), "-displayfd", "3", "-screen", "0", "640x480x24", "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{write}
	if err := cmd.Start(); err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	_ = write.Close()
	line, err := bufio.NewReader(number).ReadString('\n')
	_ = number.Close()
	if err != nil {
		l.t.Fatalf("the X server told no number: %v", err)
	}
	d := &display{lab: l, name: ":" + strings.TrimSpace(line), tool: tool}
	l.env = append(l.env, "DISPLAY="+d.name)
	return d
}

// put copies a text as another program of the desktop would.
func (d *display) put(text string) {
	d.lab.t.Helper()
	cmd := d.command(map[string][]string{"xclip": {"-in", "-selection", "clipboard"}, "xsel": {"--input", "--clipboard"}})
	cmd.Stdin = strings.NewReader(text)
	if err := cmd.Run(); err != nil {
		d.lab.t.Fatalf("%s: %v", d.tool, err)
	}
	// xsel goes into the background before it holds the clipboard.
	waitFor(d.lab.t, "the clipboard of "+d.tool, func() bool { return d.text() == text })
}

// command is the tool as a desktop starts it: without the lab's credentials,
// which are looked for in what provkeys starts.
func (d *display) command(args map[string][]string) *exec.Cmd {
	cmd := d.lab.command(d.tool, args[d.tool]...)
	cmd.Env = []string{"DISPLAY=" + d.name, "PATH=" + os.Getenv("PATH"), "HOME=" + d.lab.path("home")}
	return cmd
}

// text returns what is on the clipboard, "" when nobody holds it.
func (d *display) text() string {
	cmd := d.command(map[string][]string{"xclip": {"-out", "-selection", "clipboard"}, "xsel": {"--output", "--clipboard"}})
	cmd.WaitDelay = time.Second
	out, _ := cmd.Output()
	return string(out)
}
