package config_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/cmd/internal/config"
)

// fakePEM is nothing like a key, which this package leaves to others to find out.
const fakePEM = "-----BEGIN PRIVATE KEY-----\nfake\n-----END PRIVATE KEY-----\n"

func TestCommandIsRunAsWords(t *testing.T) {
	cases := map[string]struct {
		written string
		want    []string // HOME and CONFIG stand for their folders
	}{
		"words":                 {"cmd:pass show  acme", []string{"pass", "show", "acme"}},
		"no shell":              {"cmd:pass $X `y` *; rm", []string{"pass", "$X", "`y`", "*;", "rm"}},
		"double quotes":         {`cmd:op read "op://My Vault/it's"`, []string{"op", "read", "op://My Vault/it's"}},
		"single quotes":         {`cmd:op 'say "hi"' ''`, []string{"op", `say "hi"`, ""}},
		"a quote inside":        {`cmd:op --x="a b"`, []string{"op", "--x=a b"}},
		"a program at home":     {"cmd:~/bin/get ~/x", []string{"HOME/bin/get", "HOME/x"}},
		"a program beside it":   {"cmd:./get ./x", []string{"CONFIG/get", "./x"}},
		"a program's full path": {"cmd:/bin/get", []string{"/bin/get"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			path := u.writeConfig(withSecret(c.written))
			var got []string
			u.run = func(_ context.Context, words []string) (string, error) {
				got = words
				return "word\n", nil
			}

			p := u.load(config.Flags{}).Profile

			for i, w := range c.want {
				c.want[i] = strings.NewReplacer("HOME", u.home, "CONFIG", filepath.Dir(path)).Replace(w)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("run as %q, want %q", got, c.want)
			}
			if p.ClientSecret.Reveal() != "word" {
				t.Error("the secret is not what the command printed")
			}
		})
	}
}

func TestKeyringIsAskedByName(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.writeConfig("profiles:\n  a: {client_id: 'keyring:acme id', client_secret: 'keyring:acme', customer_id: 1}\n")
	u.keyring = func(_ context.Context, name string) (string, error) { return "what " + name + " is", nil }
	p := u.load(config.Flags{}).Profile
	if p.ClientID != "what acme id is" || p.ClientSecret.Reveal() != "what acme is" {
		t.Errorf("client id %q, and a secret that is another: %t", p.ClientID, p.ClientSecret.Reveal() != "what acme is")
	}
}

func TestFailedFetchSaysWhyAndRepeatsNothing(t *testing.T) {
	cases := map[string]struct {
		value string
		err   error
		want  []string
	}{
		"nothing came":       {"", nil, []string{"nothing came back"}},
		"a new line alone":   {"\r\n", nil, []string{"nothing came back"}},
		"words for people":   {canary, &config.UsageError{Problem: "it is locked", Fix: "unlock it"}, []string{": it is locked: unlock it"}},
		"words of a library": {canary, errors.New("bad: " + canary), []string{"cannot be fetched"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fetched := func() (string, error) { return c.value, c.err }
			for _, written := range []string{"keyring:" + canary, "cmd:" + canary} {
				u := newUser(t)
				path := u.writeConfig(withSecret(written))
				u.keyring = func(context.Context, string) (string, error) { return fetched() }
				u.run = func(context.Context, []string) (string, error) { return fetched() }

				text := u.refused(config.Flags{}).Error()

				mustHold(t, text, append(c.want, `client_secret of profile "acme"`, path)...)
				if strings.Contains(text, canary) {
					t.Errorf("%q repeats what came back, or what was asked for", text)
				}
			}
		})
	}
}

func TestEndOfTheContextIsNoFaultOfTheConfiguration(t *testing.T) {
	t.Parallel()
	for _, written := range []string{"keyring:acme", "cmd:get acme"} {
		ctx, interrupt := context.WithCancel(t.Context())
		u := newUser(t)
		u.writeConfig(withSecret(written))
		u.keyring = func(ctx context.Context, _ string) (string, error) { interrupt(); return "", ctx.Err() }
		u.run = func(ctx context.Context, _ []string) (string, error) { interrupt(); return "", ctx.Err() }

		_, err := config.Load(ctx, config.Flags{}, u.env())

		if !errors.Is(err, context.Canceled) || errors.As(err, new(*config.UsageError)) {
			t.Errorf("%s: %v", written, err)
		}
	}
}

func withKey(more string) string {
	return "profiles:\n  acme:\n    client_id: i\n    customer_id: 1\n    vanity: acme\n" + more
}

func TestPrivateKeyOfAProfileIsAReferenceToo(t *testing.T) {
	cases := map[string]string{
		"literal":    "    private_key: |\n      -----BEGIN PRIVATE KEY-----\n      fake\n      -----END PRIVATE KEY-----\n",
		"variable":   "    private_key: env:KEY\n",
		"file":       "    private_key: file:~/key.pem\n",
		"no vanity":  "    private_key: env:KEY\n    vanity: ''\n    token_url: https://idp.example/t\n",
		"auth named": "    private_key: env:KEY\n    auth: oneapi\n",
	}
	for name, more := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			written := withKey(more)
			if name == "no vanity" {
				written = strings.Replace(written, "    vanity: acme\n", "", 1)
			}
			u.writeConfig(written)
			u.write("key.pem", fakePEM)
			u.set("KEY=" + fakePEM)

			p := u.load(config.Flags{}).Profile

			if p.Door != client.OneAPI || !p.ClientSecret.IsZero() || strings.TrimSpace(p.PrivateKey.Reveal()) != strings.TrimSpace(fakePEM) {
				t.Errorf("%v, with a secret: %t, a key of %d bytes", p.Door, !p.ClientSecret.IsZero(), len(p.PrivateKey.Reveal()))
			}
		})
	}
}

func TestPrivateKeyIsForOneAPIAndInPlaceOfTheSecret(t *testing.T) {
	for name, c := range map[string]struct {
		more string
		want []string
	}{
		"both":   {"    private_key: env:KEY\n    client_secret: env:KEY\n", []string{"client_secret", "private_key", "leave one of them out"}},
		"legacy": {"    private_key: env:KEY\n    auth: legacy\n", []string{"private_key", "OneAPI", "client_secret"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			path := u.writeConfig(strings.Replace(withKey(c.more), "    vanity: acme\n", "", 1))
			u.set("KEY=" + fakePEM)
			mustHold(t, u.refused(config.Flags{}).Error(), append(c.want, `profile "acme"`, path)...)
		})
	}
}

func TestVendorsPrivateKeyIsTextOrAPath(t *testing.T) {
	for name, written := range map[string]string{"text": fakePEM, "path": "PATH", "below home": "~/key.pem"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			path := u.write("key.pem", fakePEM)
			value := strings.Replace(written, "PATH", path, 1)

			u.set("ZSCALER_CLIENT_ID=i", "ZSCALER_PRIVATE_KEY="+value, "ZSCALER_VANITY_DOMAIN=acme", "ZPA_CUSTOMER_ID=1")
			mustHaveKey(t, u.load(config.Flags{}).Profile)

			u.set("ZSCALER_CLIENT_ID=", "ZSCALER_PRIVATE_KEY=")
			u.write(".zscaler/zscaler.yaml", vendor("    clientId: i\n    vanityDomain: acme\n    privateKey: "+strconv.Quote(value)+"\n"))
			mustHaveKey(t, u.load(config.Flags{}).Profile)
		})
	}
}

func mustHaveKey(t *testing.T, p config.Profile) {
	t.Helper()
	if p.Door != client.OneAPI || !p.ClientSecret.IsZero() || strings.TrimSpace(p.PrivateKey.Reveal()) != strings.TrimSpace(fakePEM) {
		t.Errorf("from %s: %v, with a secret: %t, a key of %d bytes", p.Source, p.Door, !p.ClientSecret.IsZero(), len(p.PrivateKey.Reveal()))
	}
}
