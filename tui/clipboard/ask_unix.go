//go:build unix

package clipboard

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/muesli/cancelreader"
	"golang.org/x/sys/unix"
	"golang.org/x/term"
)

// AskTerminal asks the terminal behind tty, open for reading and writing, who
// it is, and waits for AnswerTime at most. It is for a command line alone: a
// console reads its terminal itself. A program in the background is told
// nothing: it may not touch the terminal's settings.
func AskTerminal(tty *os.File) Terminal {
	fd := int(tty.Fd())
	group, err := unix.IoctlGetInt(fd, unix.TIOCGPGRP)
	if err != nil || group != syscall.Getpgrp() {
		return Terminal{}
	}
	before, err := term.MakeRaw(fd)
	if err != nil {
		return Terminal{}
	}
	// There is nothing left to try on a terminal that cannot be set back.
	defer func() { _ = term.Restore(fd, before) }()
	reader, err := cancelreader.NewReader(tty)
	if err != nil {
		return Terminal{}
	}
	defer func() { _ = reader.Close() }()
	if _, err := tty.WriteString(Question); err != nil {
		return Terminal{}
	}
	stop := time.AfterFunc(AnswerTime, func() { reader.Cancel() })
	defer stop.Stop()
	return readAnswers(reader.Read)
}

// ctrlC is what a raw terminal sends for an interrupt.
const ctrlC = "\x03"

// maxAnswers is how many bytes are read at most; what somebody types meanwhile
// is among them.
const maxAnswers = 4096

var (
	secondaryAnswer = regexp.MustCompile(`\x1b\[>([0-9;]*)c`)
	primaryAnswer   = regexp.MustCompile(`\x1b\[\?([0-9;]*)c`)
)

// readAnswers reads until the primary attributes have come or read fails.
func readAnswers(read func([]byte) (int, error)) Terminal {
	var t Terminal
	var all []byte
	for buf := make([]byte, 256); len(all) < maxAnswers; {
		n, err := read(buf)
		all = append(all, buf[:n]...)
		t.Interrupted = strings.Contains(string(all), ctrlC)
		if m := secondaryAnswer.FindSubmatch(all); m != nil {
			t = t.WithSecondary(numbers(string(m[1])))
		}
		if m := primaryAnswer.FindSubmatch(all); m != nil {
			t = t.WithPrimary(numbers(string(m[1])))
			return t
		}
		if err != nil || t.Interrupted {
			return t
		}
	}
	return t
}

func numbers(list string) []int {
	var all []int
	for word := range strings.SplitSeq(list, ";") {
		// A missing number stands for 0.
		n, _ := strconv.Atoi(word)
		all = append(all, n)
	}
	return all
}
