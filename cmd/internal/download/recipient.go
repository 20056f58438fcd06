package download

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
)

// kinds names what a recipient may be.
const kinds = "age1…, ssh-ed25519 … or ssh-rsa …"

// foreign is what people give in place of a recipient, told by its beginning.
type foreign struct{ begins, problem, fix string }

func foreigners() []foreign {
	const publicHalf = "give its public half: age-keygen -y FILE prints it"
	const otherSSH = "give an ssh-ed25519 or ssh-rsa key, or make an age1… key with age-keygen"
	return []foreign{
		{"AGE-SECRET-KEY-", "that is a private key, which decrypts and must stay secret", publicHalf},
		{"AGE-PLUGIN-", "that is the private half of a key in hardware", "no age plugin is run here: " + otherSSH},
		{"-----BEGIN", "that is a PEM block, such as a private key", "give the one line of the public key, which ssh keeps in the .pub file beside it"},
		{"ecdsa-sha2-", "age cannot encrypt for an ECDSA key", otherSSH},
		{"sk-", "age cannot encrypt for a security key's SSH key (sk-), which can only sign", otherSSH},
		{"ssh-dss ", "age cannot encrypt for a DSA key", otherSSH},
		{"ssh-ed25519-cert-", "that is an SSH certificate", "give the key itself, from the .pub file without -cert"},
		{"ssh-rsa-cert-", "that is an SSH certificate", "give the key itself, from the .pub file without -cert"},
		{"github:", "age takes no GitHub names", "fetch https://github.com/NAME.keys and give that file of recipients"},
	}
}

// ParseRecipient reads one recipient: age1…, ssh-ed25519 … or ssh-rsa …. The
// error is an Error that says why another key will not do, and repeats nothing
// of it: it may be a private one.
func ParseRecipient(line string) (age.Recipient, error) {
	line = strings.TrimSpace(line)
	for _, f := range foreigners() {
		if strings.HasPrefix(line, f.begins) {
			return nil, &Error{Problem: f.problem, Fix: f.fix}
		}
	}
	switch {
	case strings.HasPrefix(line, "ssh-ed25519 "), strings.HasPrefix(line, "ssh-rsa "):
		return sshRecipient(line)
	case strings.HasPrefix(line, "age1pq1"):
		r, err := age.ParseHybridRecipient(line)
		return checked(r, err)
	case strings.HasPrefix(line, "age1") && strings.Count(line, "1") > 1:
		return nil, &Error{
			Problem: "that recipient needs an age plugin, and none is run here",
			Fix:     "give another age1… or SSH key, or encrypt it with age: provkeys get NAME --field key | age -r RECIPIENT",
		}
	case strings.HasPrefix(line, "age1"):
		r, err := age.ParseX25519Recipient(line)
		return checked(r, err)
	}
	return nil, &Error{Problem: "that is no recipient", Fix: "give " + kinds}
}

// checked drops age's own words, which repeat the recipient.
func checked(r age.Recipient, err error) (age.Recipient, error) {
	if err != nil {
		return nil, &Error{Problem: "the age1… recipient is damaged", Fix: "copy it again, whole"}
	}
	return r, nil
}

// maxRecipients is the size of a file of recipients, in bytes, from which on it
// is something else.
const maxRecipients = 1 << 20

// ParseRecipients reads a file of recipients, one a line, # for comments. The
// error is an Error that names the line.
func ParseRecipients(r io.Reader) ([]age.Recipient, error) {
	var list []age.Recipient
	bounded := &io.LimitedReader{R: r, N: maxRecipients + 1}
	lines := bufio.NewScanner(bounded)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		one, err := ParseRecipient(line)
		var known *Error
		switch {
		case bounded.N == 0:
			// The line may be cut, and what follows is not known.
			return nil, tooManyRecipients()
		case errors.As(err, &known):
			return nil, &Error{Problem: fmt.Sprintf("line %d: %s", n, known.Problem), Fix: known.Fix}
		}
		list = append(list, one)
	}
	switch err := lines.Err(); {
	case bounded.N == 0:
		return nil, tooManyRecipients()
	case err != nil:
		return nil, &Error{Problem: "the recipients cannot be read", Fix: "write one a line: " + kinds, Err: err}
	case len(list) == 0:
		return nil, &Error{Problem: "there is no recipient in it", Fix: "write one a line: " + kinds}
	}
	return list, nil
}

// tooManyRecipients refuses a file that would be read in part.
func tooManyRecipients() error {
	return &Error{
		Problem: fmt.Sprintf("it is larger than %d MiB, and would be read in part", maxRecipients>>20),
		Fix:     "give a file of recipients alone, one a line",
	}
}

// CheckTogether says why one file cannot be for all of these recipients. The
// error is an Error.
func CheckTogether(to []age.Recipient) error {
	if _, err := age.Encrypt(io.Discard, to...); err != nil {
		return &Error{
			Problem: "these recipients cannot share one file: age mixes age1pq1… keys with no other kind",
			Fix:     "write one file for each kind", Err: err,
		}
	}
	return nil
}
