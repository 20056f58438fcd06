package main

import "strings"

// refuseSecrets refuses a command line that holds a secret which can be told by its
// looks: a key text, or a private key. It is not repeated, and nothing is done with it.
// What only may be a piece of one is left to the command, whose errors mask it.
func refuseSecrets(args []string) error {
	for _, arg := range args {
		if len(arg) < argumentRun {
			continue // it is too short for one
		}
		_, text := maskTexts(arg, isArgument)
		switch {
		case text:
			return usageFault(
				"it may stand in your shell's history now; give a key by its name or id, and a text by standard input: provkeys inspect - says whose it is",
				"the command line holds a key text, which every process can read there: nothing was done")
		case ageKey().MatchString(arg), strings.Contains(arg, "PRIVATE KEY-----"):
			return usageFault(
				"it may stand in your shell's history now; put it into a file of mode 0600 and give file:PATH, and to encrypt the public half",
				"the command line holds a private key, which every process can read there: nothing was done")
		}
	}
	return nil
}

// isArgument tells a key text in an argument from what else stands behind a number and a
// host.
func isArgument(rest string) bool { return len(leading().FindString(rest)) >= argumentRun }
