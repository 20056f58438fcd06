package download

import (
	"errors"
	"strings"
	"testing"

	"filippo.io/age"

	"provkeys/client"
)

const (
	anX25519 = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
	aPlugin  = "age1yubikey1q2w7u3vpya839jxxuq8g0sedh3d740d4xvn639sqhr95ejj8vu3hyfumptt"
)

func TestEveryKindOfRecipientIsTaken(t *testing.T) {
	t.Parallel()
	pq, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	for name, line := range map[string]string{
		"age": anX25519, "blanks around": " " + anX25519 + "\r\n", "post-quantum": pq.Recipient().String(),
	} {
		if r, err := ParseRecipient(line); err != nil || r == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsNoRecipientIsRefusedWithWhatToUse(t *testing.T) {
	t.Parallel()
	id := identity(t)
	for line, want := range map[string]string{
		"":                                    "that is no recipient: give age1…, ssh-ed25519 … or ssh-rsa …",
		keyText:                               "that is no recipient: ",
		id.String():                           "private key, which decrypts and must stay secret: give its public half",
		"AGE-PLUGIN-YUBIKEY-1":                "key in hardware: no age plugin",
		aPlugin:                               "needs an age plugin",
		"-----BEGIN OPENSSH PRIVATE KEY-----": "such as a private key: give the one line of the public key",
		"ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY= jo":                "age cannot encrypt for an ECDSA key: give an ssh-ed25519 or ssh-rsa key",
		"sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t jo": "security key's SSH key (sk-)",
		"sk-ecdsa-sha2-nistp256@openssh.com AAAAInNrLWVjZHNhLXNoYTI= jo":         "security key's SSH key (sk-)",
		"ssh-ed25519-cert-v01@openssh.com AAAA jo":                               "is an SSH certificate: give the key itself",
		"ssh-dss AAAA jo": "DSA key",
		"github:jo":       "https://github.com/NAME.keys",
		anX25519[:40]:     "damaged: copy it again, whole",
		"age1pq1qqqq":     "damaged: copy it again, whole",
	} {
		_, err := ParseRecipient(line)
		if known := (*Error)(nil); !errors.As(err, &known) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: %v", line, err)
		}
		for word := range strings.FieldsSeq(line) {
			if len(word) > 16 && err != nil && strings.Contains(err.Error(), word[len(word)-16:]) {
				t.Errorf("the error repeats what was given: %v", err)
			}
		}
	}
}

func TestFileOfRecipientsNamesItsFaultyLine(t *testing.T) {
	t.Parallel()
	list, err := ParseRecipients(strings.NewReader("# the team\n\n" + anX25519 + "\r\n  " + anX25519 + "\n"))
	if err != nil || len(list) != 2 {
		t.Fatalf("%d recipients, %v", len(list), err)
	}
	for text, want := range map[string]string{
		anX25519 + "\n\nsk-ssh-ed25519@openssh.com AAAA": "line 3: age cannot encrypt for a security key's",
		"# nobody\n":                 "there is no recipient in it: ",
		"":                           "there is no recipient in it: ",
		strings.Repeat("a", 100_000): "the recipients cannot be read: ",
	} {
		if _, err := ParseRecipients(strings.NewReader(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.20q: %v", text, err)
		}
	}
}

func TestRecipientsThatCannotShareAFileAreRefusedBeforehand(t *testing.T) {
	t.Parallel()
	pq, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	plain := identity(t).Recipient()
	if err := CheckTogether([]age.Recipient{plain, plain}); err != nil {
		t.Error(err)
	}
	if err := CheckTogether([]age.Recipient{plain, pq.Recipient()}); err == nil || !strings.Contains(err.Error(), "age1pq1") {
		t.Errorf("%v", err)
	}
}

func TestPassphraseMustBeLongAndTypeable(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                          "has 0 characters and needs 12",
		"elevenchars":               "has 11 characters",
		"éééééééééé":                "has 10 characters",
		"two lines\nof text":        "cannot be typed",
		"latin \xe9 one here":       "cannot be typed",
		strings.Repeat("long", 300): "more than 1024 bytes",
		"twelve chars":              "",
		"zwölf Zeichen":             "",
	} {
		err := CheckPassphrase(client.NewSecret(text))
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: %v", text, err)
		}
		if _, got := Passphrase(client.NewSecret(text)); (got == nil) != (err == nil) {
			t.Errorf("%.20q: it is taken all the same", text)
		}
	}
}

func TestMadePassphrasesDifferAndCanBeReadAloud(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 200 {
		p := MakePassphrase()
		text := p.Reveal()
		groups := strings.Split(text, "-")
		if len(groups) != 5 || len(text) != 29 || strings.ContainsAny(text, "iloIOLU") || CheckPassphrase(p) != nil {
			t.Fatal("a passphrase is of another form")
		}
		for _, g := range groups {
			seen[g] = true
		}
	}
	// A thousand groups of 25 bits: two alike are rare, three hardly possible.
	if len(seen) < 998 {
		t.Errorf("of 1000 groups only %d differ", len(seen))
	}
}

func TestFileOfRecipientsThatIsTooLargeIsRefusedAndNotCut(t *testing.T) {
	t.Parallel()
	full := anX25519 + "\n" + strings.Repeat("#", maxRecipients-len(anX25519)-1)
	full = strings.ReplaceAll(full, strings.Repeat("#", 64), strings.Repeat("#", 63)+"\n")
	if list, err := ParseRecipients(strings.NewReader(full)); err != nil || len(list) != 1 {
		t.Errorf("of the largest file %d are read: %v", len(list), err)
	}
	comments := strings.Repeat("# a comment line\n", maxRecipients/17)
	for what, text := range map[string]string{
		"a recipient behind the limit": anX25519 + "\n" + comments + comments,
		"a recipient on the limit":     comments + anX25519 + "\n",
		"one long line":                strings.Repeat("x", 2*maxRecipients),
	} {
		list, err := ParseRecipients(strings.NewReader(text))
		if list != nil || err == nil || what != "one long line" && !strings.Contains(err.Error(), "larger than 1 MiB") {
			t.Errorf("%s: %d recipients, %v", what, len(list), err)
		}
	}
}
