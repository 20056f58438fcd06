package main

import "provkeys/cmd/internal/config"

// mayShow returns the refusal where the output, which is about to hold a key
// text, is a screen that must never show one. A pipe may have it.
func (a *app) mayShow(s config.Settings) error {
	if !s.MaskAlways || !a.isTerminal(stdout) {
		return nil
	}
	return &fault{
		faultMasked, "key texts are never shown on a screen here (mask: always, or PROVKEYS_MASK)",
		"copy it with provkeys copy NAME, or send the output into a pipe or a file",
	}
}
