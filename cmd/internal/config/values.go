package config

import (
	"errors"
	"slices"
	"strconv"
	"time"
)

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

func oneOf(value string, field *string, words []string) error {
	if !slices.Contains(words, value) {
		return errors.New("is not one of its words")
	}
	*field = value
	return nil
}

// truth reads true or false. Another word is an error, because guessing either way
// could turn a safety off.
func truth(value string) (bool, error) {
	b, err := strconv.ParseBool(value)
	if err != nil {
		return false, errors.New("is neither true nor false")
	}
	return b, nil
}
