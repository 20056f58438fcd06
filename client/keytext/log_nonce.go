package keytext

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// FingerprintLength is how many characters of a machine's fingerprint a connector
// writes into its log.
const FingerprintLength = 10

const (
	longestHost = 253 // of a full name in the DNS

	dnsPhrase   = "dns resolution failed for"
	loginPhrase = "login request failed"
)

// readNonce reads what a line says of a login: the status, the piece of the key
// text and of the fingerprint.
func readNonce(l *LogLine, line string) {
	nonce, shown := bracketed(line, "nonce(")
	l.Login = shown || has(line, loginPhrase)
	if !l.Login {
		return
	}
	l.Status = status(line)
	switch {
	case l.Event != EventNone:
	case l.Status == 401:
		l.Event = EventRefused
	case l.Status < 200 || l.Status > 299:
		l.Event = EventLoginFailed
	}
	if !shown {
		return
	}
	l.Version, l.Host, l.Prefix, l.Damage = nonceParts(nonce)
	if fingerprint, ok := bracketed(line, "fingerprint("); ok {
		l.Fingerprint = cutAt(fingerprint, FingerprintLength)
	}
}

// status returns the three digits of "http status(401)", 0 for none.
func status(line string) int {
	const phrase = "http status("
	at := find(line, phrase)
	if at < 0 {
		return 0
	}
	digits, _, _ := strings.Cut(line[at+len(phrase):], ")")
	if len(digits) != 3 {
		return 0
	}
	n, err := strconv.ParseUint(digits, 10, 16)
	if err != nil {
		return 0
	}
	return int(n)
}

// bracketed returns what stands in name(<…>) without the dots that say that it
// was cut, and whether there is such a thing. The angle brackets may be written
// as JSON and HTML have them, and where the line ends too early so does it.
func bracketed(line, name string) (string, bool) {
	for {
		at := find(line, name)
		if at < 0 {
			return "", false
		}
		line = line[at+len(name):]
		for _, open := range []string{"<", "&lt;", `\u003c`} {
			if !beginsWith(line, open) {
				continue
			}
			text := line[len(open):]
			for _, end := range []string{")", ">", "&gt;", `\u003`} {
				text, _, _ = strings.Cut(text, end)
			}
			return strings.TrimSuffix(text, "..."), true
		}
	}
}

// nonceParts takes a nonce apart, and tells the first thing that is wrong with
// it. What may be a piece of the secret part that stands in another's place is
// not returned.
func nonceParts(nonce string) (version, host, prefix string, damage FaultKind) {
	first, rest, ok := strings.Cut(nonce, "|")
	second, third, both := strings.Cut(rest, "|")
	if !ok || !both {
		return "", "", "", FaultParts
	}
	version, damage = core(first)
	if !isVersion(version) {
		version, damage = "", FaultVersion
	}
	host, around := core(second)
	if !plausibleHost(host) {
		host, around = "", FaultHost
	}
	prefix = cutAt(third, logPrefix)
	for _, found := range []FaultKind{around, prefixDamage(prefix)} {
		if damage == "" {
			damage = found
		}
	}
	return version, host, prefix, damage
}

// core returns a part without what gets into a text when it is pasted, and the
// first of that.
func core(part string) (string, FaultKind) {
	r := read(part)
	trimmed := strings.Trim(string(r.text), "'\"`")
	if len(r.marks) > 0 {
		kind, _, _ := r.marks[0].blemish.words()
		return trimmed, kind
	}
	if len(trimmed) < len(part) {
		return trimmed, FaultQuote
	}
	return trimmed, ""
}

// prefixDamage returns what is wrong with the characters that are logged of the
// secret part, "" for nothing.
func prefixDamage(prefix string) FaultKind {
	text, damage := core(prefix)
	switch {
	case damage != "":
		return damage
	case strings.Trim(text, base64Characters) != "":
		return FaultBase64
	case len(text) < logPrefix:
		return FaultShort
	}
	return ""
}

// base64Characters are those of a secret part before its number.
const base64Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// readUnresolved reads the host that was looked up in vain. A text whose first
// part is missing has the secret part in the host's place.
func readUnresolved(l *LogLine, line string) {
	word := strings.TrimLeft(line[find(line, dnsPhrase)+len(dnsPhrase):], ` :"'<(\`)
	end := 0
	for end < len(word) && hostByte(word[end]) {
		end++
	}
	host := strings.TrimRight(word[:end], ".")
	if !plausibleHost(host) || end < len(word) && !strings.ContainsRune(` :,;"'\<>()[]`, rune(word[end])) {
		l.Host, l.Damage = "", FaultHost
		return
	}
	l.Host, l.Damage = host, ""
}

// cutAt returns the first n bytes, less those of a character that does not fit.
func cutAt(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}
