package config

import (
	"errors"
	"path/filepath"
	"strings"
	"unicode"
)

// commandWords returns the words of a command with the paths in them made whole:
// one that begins with ~/, and a program's that is relative. The errors complete
// "the command", and repeat nothing of it.
func commandWords(command, base, home string) ([]string, error) {
	words, err := splitWords(command)
	if err != nil {
		return nil, err
	}
	// A name alone is looked for in PATH.
	if strings.ContainsRune(filepath.ToSlash(words[0]), '/') {
		if words[0], err = filePath(words[0], base, home); err != nil {
			return nil, err
		}
	}
	for i, word := range words[1:] {
		if path, ok := underHome(word, home); ok {
			words[i+1] = path
		}
	}
	return words, nil
}

// splitWords splits at blanks; what stands in quotes, single or double, is kept
// together as it is. No other character means anything, since no shell reads it.
func splitWords(command string) ([]string, error) {
	var words []string
	var word strings.Builder
	var quote rune // the one that is open, 0 for none
	begun := false
	for _, r := range command {
		switch {
		case r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '"' || r == '\'':
			quote, begun = r, true
		case !unicode.IsSpace(r):
			word.WriteRune(r)
			begun = true
		case begun:
			words = append(words, word.String())
			word.Reset()
			begun = false
		}
	}
	if begun {
		words = append(words, word.String())
	}
	switch {
	case quote != 0:
		return nil, errors.New("has a quote that does not end")
	case len(words) == 0 || words[0] == "":
		return nil, errors.New("names no program")
	}
	return words, nil
}
