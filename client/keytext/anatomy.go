package keytext

import (
	"bytes"
	"fmt"
	"strings"
)

const (
	// leastSecret is how many characters of base64 are taken for a secret part.
	leastSecret = 24
	// longestNumber is how far behind a "-" a damaged number is looked for.
	longestNumber = 40
	numberDigits  = numberLength - 1
)

// anatomy is a key text in its parts. What its bytes are at says where each
// stood in the original.
type anatomy struct {
	text   []byte
	at     []int
	secret int // the length of the secret part without its number
	number int // the digits behind it
	texts  int // where there are several
	faults []Fault
}

// parts looks at every part of a key text and finds what is wrong with it.
func parts(text []byte, at []int) *anatomy {
	a := &anatomy{text: text, at: at}
	switch pipes := bytes.Count(text, []byte("|")); {
	case len(text) == 0:
		a.fault(FaultEmpty, "There is no text.")
	case pipes == 0:
		a.withoutPipe()
	case pipes == 1:
		a.withOnePipe()
	case pipes == 2:
		version := bytes.IndexByte(text, '|')
		host := bytes.LastIndexByte(text, '|')
		a.version(text[:version])
		a.host(version+1, host)
		a.secretPart(host + 1)
	default:
		a.withManyPipes(pipes)
	}
	return a
}

func (a *anatomy) fault(kind FaultKind, message string, at ...int) {
	a.faults = append(a.faults, Fault{Kind: kind, At: at[:min(len(at), toldPlaces)], Message: message})
}

func (a *anatomy) withoutPipe() {
	switch {
	case isVersion(a.text):
		a.fault(FaultShell, "Only the version is left: to a shell an unquoted | ends the command.")
	case len(a.text) >= leastSecret && len(a.outside(0, len(a.text), inSecret)) == 0:
		a.measure(a.text)
		a.fault(FaultParts, "Version and host are missing: it is cut at the beginning.")
	default:
		a.fault(FaultParts, "It has not the three parts of a key text, version|host|secret.")
	}
}

func (a *anatomy) withOnePipe() {
	first, second, _ := bytes.Cut(a.text, []byte("|"))
	version := isVersion(first)
	// A host has a dot as a rule, and base64 has none.
	secret := len(second) >= leastSecret && !bytes.Contains(second, []byte(".")) || len(second) > longestHost
	switch {
	case version && secret:
		a.fault(FaultParts, "There is no host between the version and the secret part: a piece is missing.")
	case version:
		a.fault(FaultParts, "The secret part is missing: it is cut at the end.")
	case secret:
		a.measure(second)
		a.fault(FaultParts, "The version is missing: it is cut at the beginning.")
	default:
		a.fault(FaultParts, "It has not the three parts of a key text, version|host|secret.")
	}
}

func (a *anatomy) withManyPipes(pipes int) {
	if texts := anchors(a.text); texts > 1 {
		a.texts = texts
		a.fault(FaultParts, fmt.Sprintf("It holds %d key texts, which are not the same: look at one at a time.", texts))
		return
	}
	a.fault(FaultParts, fmt.Sprintf("It has %d |, where a key text has 2.", pipes))
}

func (a *anatomy) version(version []byte) {
	switch {
	case len(version) == 0:
		a.fault(FaultVersion, "The version is missing: it is cut at the beginning.", a.at[0])
	case !isVersion(version):
		a.fault(FaultVersion, "What stands before the host is no version from 1 to 4.", a.at[0])
	}
}

func (a *anatomy) host(from, to int) {
	host := string(a.text[from:to])
	if host == "" {
		a.fault(FaultHost, "The host is missing.", a.at[to])
		return
	}
	if at := a.outside(from, to, func(c byte) bool { return letterOrDigit(c) || c == '.' || c == '-' }); len(at) > 0 {
		a.fault(FaultHost, fmt.Sprintf("There is something in the host that no host name has, at %s.", atWords(at)), at...)
		return
	}
	// A character that a host has not is told where it stands.
	if !plausibleHost(host) && !strings.Contains(host, string(rune(alien))) {
		a.fault(FaultHost, "The host is no host name.", a.at[from])
	}
}

// outside returns the places of those characters of text[from:to] that are not
// allowed there, one more than a fault lists where there are more. Aliens are told
// of by their marks.
func (a *anatomy) outside(from, to int, allowed func(byte) bool) []int {
	var at []int
	for i, c := range a.text[from:to] {
		if !allowed(c) && c != alien && len(at) <= toldPlaces {
			at = append(at, a.at[from+i])
		}
	}
	return at
}

func atWords(at []int) string {
	if len(at) == 1 {
		return fmt.Sprintf("character %d", at[0])
	}
	return "characters " + listed(at[:min(len(at), toldPlaces)], len(at))
}

// measure counts what a secret part is made of and returns its base64 and
// whether a number follows.
func (a *anatomy) measure(secret []byte) (base64 []byte, numbered bool) {
	base64 = secret
	dash := bytes.LastIndexByte(secret, '-')
	// Further in front it is no number's, but damage in the base64.
	numbered = dash >= 0 && len(secret)-dash-1 <= longestNumber
	if numbered {
		base64 = secret[:dash]
		a.number = len(secret) - dash - 1
	}
	a.secret = len(base64)
	return base64, numbered
}

// secretPart looks at what stands behind the host.
func (a *anatomy) secretPart(from int) {
	base64, numbered := a.measure(a.text[from:])
	end := from + len(base64)
	a.base64(from, end)
	if numbered {
		digits := func(c byte) bool { return '0' <= c && c <= '9' }
		if at := a.outside(end+1, len(a.text), digits); len(at) > 0 {
			a.fault(FaultNumber, fmt.Sprintf("There is something else than a digit in the number behind the secret part, at %s.", atWords(at)), at...)
		} else if a.number != numberDigits {
			message := fmt.Sprintf("The number behind the secret part has %s, where %d are usual", counted(a.number, "digit", "digits"), numberDigits)
			if a.number < numberDigits {
				message += ": it seems to be cut at the end"
			}
			a.fault(FaultNumber, message+".", a.at[len(a.at)-1])
		}
	}
	has := fmt.Sprintf("The secret part has %s, where %d are usual", counted(a.secret, "character", "characters"), opaqueLength)
	switch missing := opaqueLength - a.secret; {
	case a.secret == 0:
		a.fault(FaultShort, "The secret part is missing.")
	case missing > 0 && a.number >= numberDigits:
		a.fault(FaultShort, fmt.Sprintf("%s: %s inside it.", has, counted(missing, "seems to be missing", "seem to be missing")))
	case missing > 0 && !numbered && base64[len(base64)-1] != '=':
		a.fault(FaultShort, has+": it seems to be cut at the end.")
	case missing > 0:
		a.fault(FaultShort, has+".")
	case missing < 0:
		a.fault(FaultLong, has+".")
	}
}

// base64 looks at the characters and the padding of text[from:to].
func (a *anatomy) base64(from, to int) {
	text := a.text[from:to]
	if at := a.outside(from, to, func(c byte) bool { return inBase64(c) || c == '=' }); len(at) > 0 {
		a.fault(FaultBase64, fmt.Sprintf("There is something in the secret part that base64 has not, at %s.", atWords(at)), at...)
	}
	bare := len(bytes.TrimRight(text, "="))
	padding := len(text) - bare
	if at := a.outside(from, from+bare, func(c byte) bool { return c != '=' }); len(at) > 0 {
		a.fault(FaultBase64, fmt.Sprintf("There is padding (=) inside the base64 of the secret part, at %s.", atWords(at)), at...)
	}
	if padding > 0 && (padding > 2 || len(text)%4 != 0) {
		a.fault(FaultBase64, fmt.Sprintf("The padding of the base64 is broken: it ends in %s, and %s.", strings.Repeat("=", min(padding, 3)), paddingWords(bare)), a.at[from+bare])
	}
}

// paddingWords says which padding base64 of that many characters needs.
func paddingWords(bare int) string {
	characters := counted(bare, "character", "characters")
	switch bare % 4 {
	case 0:
		return fmt.Sprintf("the %s before it need none", characters)
	case 1:
		return fmt.Sprintf("no base64 has the %s before it", characters)
	case 2:
		return fmt.Sprintf("the %s before it need two", characters)
	}
	return fmt.Sprintf("the %s before it need one", characters)
}
