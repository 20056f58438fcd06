package config

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"provkeys/client"
)

// settings returns the file's settings under the overrides, over the defaults.
func (f file) settings(over overrides) (Settings, error) {
	s := Settings{
		Refresh: 30 * time.Second, Clipboard: "auto", ClearAfter: 45 * time.Second,
		Theme: "auto", Near: client.Threshold{Percent: 80},
	}
	var err error
	if d := f.document.Refresh; d != "" {
		if s.Refresh, err = refresh(string(d)); err != nil {
			return s, usage("write a time such as 30s or 2m, or 0 for never", "refresh in %s %v", f.path, err)
		}
	}
	if c := either(over.clearAfter, setting{string(f.document.ClearAfter), "clear_after in " + f.path}); c.value != "" {
		if s.ClearAfter, err = clearAfter(c.value); err != nil {
			return s, usage("write a time such as 45s or 2m, or 0 for never", "%s %v", c.name, err)
		}
	}
	if n := f.document.Near; n != "" {
		if s.Near.Percent, err = percent(string(n)); err != nil {
			return s, usage("write a share such as 80%", "near in %s %v", f.path, err)
		}
	}
	var maskHere, maskInFile string
	for _, c := range []struct {
		field *string
		from  setting
		words []string
	}{
		{&s.Theme, setting{string(f.document.Theme), "theme in " + f.path}, []string{"auto", "light", "dark", "mono"}},
		{&s.Clipboard, either(over.clipboard, setting{string(f.document.Clipboard), "clipboard in " + f.path}),
			[]string{"auto", "tmux", "native", "osc52", "command", "off"}},
		{&maskHere, over.mask, []string{"auto", maskAlways}},
		{&maskInFile, setting{string(f.document.Mask), "mask in " + f.path}, []string{"auto", maskAlways}},
	} {
		switch {
		case c.from.value == "":
		case !slices.Contains(c.words, c.from.value):
			return s, usage("use one of "+strings.Join(c.words, ", "), "%s is not one of its words", c.from.name)
		default:
			*c.field = c.from.value
		}
	}
	// No layer can take it away from another: it is a safety.
	s.MaskAlways = maskHere == maskAlways || maskInFile == maskAlways
	return s, nil
}

// maskAlways is the word that keeps every key text off the screen.
const maskAlways = "always"

const (
	// leastRefresh leaves room for a person: one refresh takes several of the 20
	// reads that the API grants in ten seconds.
	leastRefresh = 5 * time.Second
	// leastClear leaves a person the time to paste.
	leastClear = time.Second
)

func refresh(value string) (time.Duration, error) {
	d, err := duration(value)
	if err == nil && d > 0 && d < leastRefresh {
		return 0, errors.New("is under 5 seconds")
	}
	return d, err
}

func clearAfter(value string) (time.Duration, error) {
	d, err := duration(value)
	if err == nil && d > 0 && d < leastClear {
		return 0, errors.New("is under 1 second")
	}
	return d, err
}

// duration reads a time of which 0 means never.
func duration(value string) (time.Duration, error) {
	d, err := time.ParseDuration(value)
	switch {
	case err != nil:
		return 0, errors.New("is not a time with its unit")
	case d < 0:
		return 0, errors.New("is below zero")
	}
	return d, nil
}

func percent(value string) (int, error) {
	digits, ok := strings.CutSuffix(value, "%")
	n, err := strconv.Atoi(strings.TrimSpace(digits))
	if !ok || err != nil || n < 1 || n > 100 {
		return 0, errors.New("is not a share from 1% to 100%")
	}
	return n, nil
}
