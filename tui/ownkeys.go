package tui

import (
	"fmt"
	"maps"
	"slices"
)

// KeysError says what is wrong with the keys that a person gave to actions.
type KeysError struct {
	Actions []string // whose keys they are; of a clash both, of which one may be as it comes
	why     string
}

// Error names the actions, and what to write instead.
func (e *KeysError) Error() string { return e.why }

func badKeys(why string, actions ...string) error { return &KeysError{Actions: actions, why: why} }

// CheckKeys returns what is wrong with a person's own keys, as the console would say
// when it starts: nil, or a *KeysError.
func CheckKeys(own map[string][]string) error {
	_, err := newKeymap(own)
	return err
}

// newKeymap returns the bindings under a person's own keys: an action's keys are
// replaced, and with none it is left to the command line. The error, a *KeysError,
// names the action that is unknown, the key that no terminal sends, or the two that
// clash.
func newKeymap(own map[string][]string) (keymap, error) {
	k := keymap{all: bindings(), byKey: map[string][]int{}}
	for _, word := range slices.Sorted(maps.Keys(own)) {
		i := slices.IndexFunc(k.all, func(b binding) bool { return string(b.action) == word })
		if i < 0 {
			return keymap{}, badKeys(unknownAction(k.all, word), word)
		}
		keys, err := ownKeys(k.all[i], own[word])
		if err != nil {
			return keymap{}, err
		}
		k.all[i].keys = keys
	}
	return k, k.index()
}

// unknownAction says that there is no such action, and which may be meant.
func unknownAction(all []binding, word string) string {
	var words []string
	for _, b := range all {
		words = append(words, string(b.action))
	}
	if near := nearest(words, word); near != nil {
		return fmt.Sprintf("there is no action %q: is it %s?", word, orList(near))
	}
	return fmt.Sprintf("there is no action %q: the console's help lists them all", word)
}

// ownKeys reads the keys that a person gave an action.
func ownKeys(b binding, names []string) (keys []string, err error) {
	word := string(b.action)
	for _, name := range names {
		key, err := keyNamed(name)
		switch {
		case err != nil:
			return nil, badKeys(word+": "+err.Error(), word)
		case b.anywhere && edits(key):
			return nil, badKeys(fmt.Sprintf("%s acts in text fields too, which have their own use for %s: give it f5 or a key with ctrl", word, key), word)
		case slices.Contains(keys, key):
			return nil, badKeys(fmt.Sprintf("%s is given the key %s twice: leave one out", word, key), word)
		}
		keys = append(keys, key)
	}
	if b.action == "back" && !slices.Contains(keys, "esc") {
		// Dialogs are left by it, and every sentence says so.
		return nil, badKeys("back keeps the key esc, beside which it may have others", word)
	}
	return keys, nil
}

// index finds bindings by their keys, and the first two that clash.
func (k keymap) index() error {
	for i, b := range k.all {
		for _, key := range b.keys {
			for _, other := range k.byKey[key] {
				if o := k.all[other]; o.on&b.on != 0 || o.anywhere || b.anywhere {
					why := fmt.Sprintf("%s is the key of both %s and %s: give one of them another", key, o.action, b.action)
					return badKeys(why, string(o.action), string(b.action))
				}
			}
			k.byKey[key] = append(k.byKey[key], i)
		}
	}
	return nil
}
