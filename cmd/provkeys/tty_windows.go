package main

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// openTTY opens the console. One that takes no sequences would print a copy,
// the key in base64, so that it is refused.
func openTTY() (*os.File, error) {
	// GetConsoleMode needs the right to read.
	f, err := os.OpenFile("CONOUT$", os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	console := windows.Handle(f.Fd())
	var mode uint32
	if err = windows.GetConsoleMode(console, &mode); err == nil {
		err = windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}
