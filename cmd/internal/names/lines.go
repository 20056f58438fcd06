package names

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"provkeys/client"
	"provkeys/tui/style"
)

const (
	// maxEntries is more than any tenant has that is worked with by name.
	maxEntries = 10_000
	// maxName is the longest name that the API takes, in bytes. A key text has more.
	maxName = 255
	// maxFile is what such names come to, in bytes.
	maxFile = 1 << 20
)

// What an entry is the name of. The words are a promise: newer versions read what
// older ones wrote.
const (
	aCertificate = "certificate"
	aGroup       = "group"
	aKeyGroup    = "keygroup" // a group that keys belong to
	aKey         = "key"
)

// section is what is replaced as a whole.
type section struct {
	sort string
	kind client.Kind // "" for certificates
}

// Entry is one name, made safe for a terminal.
type Entry struct {
	Name string
	// ID is there where the name is no good: a shell would take it for something else,
	// it had to be changed for a terminal, or two have it.
	ID string
}

// tidy returns entries as they are kept: sorted by name, and with an id only where
// one is needed. A name that is too long is left out.
func tidy(entries []Entry) []Entry {
	count := map[string]int{}
	for _, e := range entries {
		count[e.Name]++
	}
	kept := make([]Entry, 0, len(entries))
	for _, e := range entries {
		shown := style.Sanitize(e.Name)
		if len(shown) > maxName || len(e.ID) > maxName || e.Name == "" {
			continue
		}
		if count[e.Name] == 1 && Typable(e.Name) {
			e.ID = ""
		} else if !plainID(e.ID) {
			continue
		}
		e.Name = shown
		kept = append(kept, e)
	}
	slices.SortFunc(kept, compare)
	return slices.Compact(kept)
}

func compare(a, b Entry) int {
	if c := strings.Compare(a.Name, b.Name); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}

// Typable reports whether a name means itself in every shell once its blanks are
// quoted.
func Typable(name string) bool {
	for i, r := range name {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
		case i > 0 && strings.ContainsRune("._/+:@%-", r):
		case i > 0 && r == ' ' && i < len(name)-1:
		default:
			return false
		}
	}
	return style.Sanitize(name) == name
}

// plainID reports whether an id is one that a shell leaves alone.
func plainID(id string) bool { return id != "" && strings.Trim(id, "0123456789") == "" }

// encode writes one line an entry, what is short first, until the file is full.
func encode(all map[section][]Entry) []byte {
	var b bytes.Buffer
	entries := 0
	for _, sort := range []string{aCertificate, aGroup, aKeyGroup, aKey} {
		for _, kind := range append([]client.Kind{""}, client.Kinds()...) {
			for _, e := range all[section{sort, kind}] {
				line := strings.Join([]string{sort, string(kind), e.Name, e.ID}, "\t") + "\n"
				if entries++; entries > maxEntries || b.Len()+len(line) > maxFile {
					return b.Bytes()
				}
				b.WriteString(line)
			}
		}
	}
	return b.Bytes()
}

// decode reads what encode wrote, and passes over what is anything else: somebody may
// have damaged it.
func decode(content []byte) map[section][]Entry {
	all := map[section][]Entry{}
	for line := range strings.Lines(string(content)) {
		field := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(field) != 4 || len(field[2]) > maxName {
			continue
		}
		e := Entry{Name: field[2], ID: field[3]}
		if e.ID == "" && !Typable(e.Name) || e.ID != "" && !plainID(e.ID) || style.Sanitize(e.Name) != e.Name {
			continue
		}
		s := section{field[0], client.Kind(field[1])}
		all[s] = append(all[s], e)
	}
	return all
}

// union returns the entries of both, sorted, each once.
func union(a, b []Entry) []Entry {
	both := slices.Concat(a, b)
	slices.SortFunc(both, compare)
	return slices.Compact(both)
}
