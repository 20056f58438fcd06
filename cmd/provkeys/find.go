package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"provkeys/client"
)

// find returns the key that a NAME of the command line fits: a name, an id or
// kind/name. It asks for the kind that the NAME says, else for every kind, since an
// equal name may be anywhere.
func (s *session) find(ctx context.Context, name string) (client.Key, client.Listing, error) {
	kinds := client.Kinds()
	if kind, named := kindOf(name); named {
		kinds = []client.Kind{kind}
	}
	listing, err := s.api.ListKeys(ctx, kinds...)
	if err != nil {
		return client.Key{}, listing, err
	}
	k, err := pick(listing, name)
	return k, listing, err
}

// kindOf returns the kind that a NAME such as service-edge/fra-edge says.
func kindOf(name string) (client.Kind, bool) {
	word, _, _ := strings.Cut(name, "/")
	if len(word) == len(name) {
		return "", false
	}
	return client.ParseKind(word)
}

// withKind returns the NAME of a key whose kind is given beside it; no kind leaves it
// as it is.
func withKind(name string, kind client.Kind) (string, error) {
	said, named := kindOf(name)
	switch {
	case kind == "", said == kind:
		return name, nil
	case named:
		return "", usageFault("leave one of them out", "%q and --kind %s name two kinds", name, kind)
	}
	return string(kind) + "/" + name, nil
}

// pick chooses from what the kinds answered. It is pure.
func pick(listing client.Listing, name string) (client.Key, error) {
	fits := fitting(listing.Keys, name)
	failed := failedKinds(listing)
	if kind, named := kindOf(name); named && listing.Failed[kind] == nil {
		failed = nil // its own kind answered: it can be nowhere else
	}
	switch {
	case len(fits) > 1:
		return client.Key{}, ambiguous(name, fits)
	case len(fits) == 0 && len(failed) > 0:
		return client.Key{}, &fault{
			faultUnavailable, fmt.Sprintf("%q was not found, but not every kind could be asked: %s", name, failureWords(listing, failed)),
			"try again when it answers",
		}
	case len(fits) == 0:
		return client.Key{}, notFound(listing, name)
	case len(failed) > 0 && fits[0].Name == name:
		return client.Key{}, &fault{
			faultUnavailable, fmt.Sprintf("a key of the same name could be among those that could not be asked for: %s", failureWords(listing, failed)),
			fmt.Sprintf("say which you mean: %s/%s, or the id %s", fits[0].Kind, fits[0].Name, fits[0].ID),
		}
	}
	return fits[0], nil
}

// fitting returns the keys that a name fits, each once: a list that changes
// while it is paged may bring a key twice.
func fitting(keys []client.Key, name string) []client.Key {
	var fits []client.Key
	for _, k := range keys {
		same := func(other client.Key) bool { return other.Ref() == k.Ref() }
		if k.HasName(name) && !slices.ContainsFunc(fits, same) {
			fits = append(fits, k)
		}
	}
	return fits
}

// failedKinds returns the kinds that failed for another reason than a missing
// permission, in the order in which kinds are shown.
func failedKinds(listing client.Listing) []client.Kind {
	return kindsWhere(listing, func(err error) bool { return !errors.Is(err, client.ErrPermission) })
}

// deniedKinds returns the kinds that the tenant does not have or the role may
// not see.
func deniedKinds(listing client.Listing) []client.Kind {
	return kindsWhere(listing, func(err error) bool { return errors.Is(err, client.ErrPermission) })
}

func kindsWhere(listing client.Listing, is func(error) bool) []client.Kind {
	var kinds []client.Kind
	for _, k := range client.Kinds() {
		if err := listing.Failed[k]; err != nil && is(err) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

func failureWords(listing client.Listing, kinds []client.Kind) string {
	words := make([]string, 0, len(kinds))
	for _, k := range kinds {
		words = append(words, fmt.Sprintf("%s: %v", k, listing.Failed[k]))
	}
	return strings.Join(words, "; ")
}

func ambiguous(name string, fits []client.Key) *fault {
	words := make([]string, 0, len(fits))
	for _, k := range fits {
		words = append(words, fmt.Sprintf("%s/%s (%s)", k.Kind, k.Name, k.ID))
	}
	return &fault{
		faultAmbiguous, fmt.Sprintf("%q fits %d keys: %s", name, len(fits), strings.Join(words, ", ")),
		"give the kind/name or the id of the one you mean",
	}
}

func notFound(listing client.Listing, name string) *fault {
	f := &fault{faultNotFound, fmt.Sprintf("there is no key %q", name), "provkeys list shows the keys there are"}
	names := make([]string, 0, len(listing.Keys))
	for _, k := range listing.Keys {
		names = append(names, k.Name)
	}
	if near := nearNames(names, name); len(near) > 0 {
		f.hint = "did you mean " + strings.Join(near, ", ") + "?"
	}
	if denied := deniedKinds(listing); len(denied) > 0 {
		f.message += "; " + failureWords(listing, denied)
	}
	return f
}

// maxNear is how many names are offered in place of one that does not exist.
const maxNear = 3

// nearNames returns names within two typing errors, nearest first.
func nearNames(names []string, name string) []string {
	const far = 3
	var near []string
	for want := range far {
		for _, n := range names {
			if distance(strings.ToLower(n), strings.ToLower(name), far) == want && !slices.Contains(near, n) {
				near = append(near, n)
			}
		}
	}
	return near[:min(len(near), maxNear)]
}

// distance returns how many letters must be added, taken away or changed to
// make one word of the other, or limit once it is that many.
func distance(a, b string, limit int) int {
	s, t := []rune(a), []rune(b)
	if len(s)-len(t) >= limit || len(t)-len(s) >= limit {
		return limit
	}
	row := make([]int, len(t)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range s {
		before := row[0]
		row[0] = i + 1
		for j, u := range t {
			change := before
			if r != u {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, before+1, row[j]+1)
		}
	}
	return min(row[len(t)], limit)
}

var plainWord = regexp.MustCompile(`^[A-Za-z0-9._/+:@%][A-Za-z0-9._/+:@%-]*$`)

// argument returns how to name a key in a command that a person copies out of
// a hint: its name, quoted for a shell where needed, or its id where the name
// cannot be typed.
func argument(k client.Key) string {
	printable := !strings.HasPrefix(k.Name, "-") && !strings.ContainsFunc(k.Name, func(r rune) bool { return r < ' ' || r > '~' })
	switch {
	case plainWord.MatchString(k.Name):
		return k.Name
	case printable && k.Name != "":
		return "'" + strings.ReplaceAll(k.Name, "'", `'\''`) + "'"
	}
	return string(k.ID)
}
