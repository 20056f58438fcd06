package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"provkeys/client"
	"provkeys/tui/style"
)

// unadded says of a profile that nobody finished that it is not there.
const unadded = "nothing was stored"

// askMissing asks for what a profile needs and does not have. Where nobody can be
// asked, the error names all of it.
func (a *app) askMissing(ctx context.Context, d *profileDraft) error {
	missing := d.missing()
	if len(missing) == 0 {
		return nil
	}
	nobody := usageFault("give it; on a terminal it is asked for", "%s is missing", "--"+strings.Join(missing, ", --"))
	if !a.isTerminal(stdin) {
		return nobody
	}
	tty, err := a.openTerminal()
	if err != nil {
		return nobody
	}
	// It was opened for the questions alone.
	defer func() { _ = tty.Close() }()
	if d.doorUnsaid() {
		if d.Auth, err = askText(ctx, tty, "Sign in by oneapi (ZIdentity) or by a legacy API key? [oneapi] ", "oneapi", oneWord("oneapi", "legacy")); err != nil {
			return err
		}
	}
	if d.Cloud == "" && d.BaseURL == "" {
		if d.Cloud, err = askText(ctx, tty, "Cloud [PRODUCTION]: ", "PRODUCTION", d.checkCloud); err != nil {
			return err
		}
	}
	for _, q := range []struct {
		flag, question string
		field          *string
		check          func(string) error
	}{
		{"vanity", "Vanity domain, such as acme: ", &d.Vanity, d.checkVanity},
		{"customer-id", "Customer id, as the admin portal shows it: ", &d.CustomerID, rowOfDigits},
		{"client-id", "Client id: ", &d.ClientID, func(string) error { return nil }},
	} {
		if !slices.Contains(d.missing(), q.flag) {
			continue
		}
		if *q.field, err = askText(ctx, tty, q.question, "", q.check); err != nil {
			return err
		}
	}
	if slices.Contains(d.missing(), "client-secret") {
		typed, err := ask(ctx, tty, "Client secret (it does not show): ", true, unadded)
		if err != nil {
			return err
		}
		if typed.IsZero() {
			return refused(unadded, "no secret was given")
		}
		if err := d.takeSecret(typed); err != nil {
			return err
		}
	}
	return nil
}

// missing names the flags without which the profile cannot sign in.
func (d profileDraft) missing() []string {
	var names []string
	for _, of := range []struct {
		flag    string
		missing bool
	}{
		{"vanity", d.oneAPI() && d.Vanity == "" && d.TokenURL == "" && !d.knowsSignIn()},
		{"customer-id", d.CustomerID == ""},
		{"client-id", d.ClientID == ""},
		{"client-secret", d.ClientSecret == "" && d.PrivateKey == "" && d.secret.IsZero() && d.key.IsZero()},
	} {
		if of.missing {
			names = append(names, of.flag)
		}
	}
	return names
}

// oneAPI reports whether the profile signs in by OneAPI.
func (d profileDraft) oneAPI() bool {
	return d.Auth == "oneapi" || d.Auth == "" && (d.Vanity != "" || d.PrivateKey != "" || !d.key.IsZero())
}

// doorUnsaid reports whether nothing that was given says which way to sign in.
func (d profileDraft) doorUnsaid() bool { return d.Auth == "" && !d.oneAPI() }

// knowsSignIn reports whether the address alone says where OneAPI signs in.
func (d profileDraft) knowsSignIn() bool {
	_, err := d.address().Endpoints(client.OneAPI)
	return err == nil
}

func (d profileDraft) address() client.Address {
	return client.Address{Cloud: d.Cloud, Vanity: d.Vanity, BaseURL: d.BaseURL, TokenURL: d.TokenURL}
}

func (d profileDraft) checkCloud(cloud string) error {
	at, door := client.Address{Cloud: cloud}, client.Legacy
	if d.oneAPI() {
		at.Vanity, door = "any", client.OneAPI
	}
	_, err := at.Endpoints(door)
	return err
}

func (d profileDraft) checkVanity(vanity string) error {
	at := d.address()
	at.Vanity = vanity
	_, err := at.Endpoints(client.OneAPI)
	return err
}

// askText asks for what is no secret until it will do. The empty answer is usual.
func askText(ctx context.Context, tty terminal, question, usual string, check func(string) error) (string, error) {
	for range maxTries {
		answer, err := ask(ctx, tty, question, false, unadded)
		if err != nil {
			return "", err
		}
		text := cmp.Or(strings.TrimSpace(answer.Reveal()), usual)
		if text == "" {
			err = errors.New("it is needed")
		} else {
			err = check(text)
		}
		if err == nil {
			return text, nil
		}
		say(tty, err.Error()+".\n")
	}
	return "", refused(unadded, "no answer would do")
}

func oneWord(words ...string) func(string) error {
	return func(text string) error {
		if slices.Contains(words, text) {
			return nil
		}
		return fmt.Errorf("use %s", strings.Join(words, " or "))
	}
}

func rowOfDigits(text string) error {
	if strings.Trim(text, "0123456789") != "" {
		return errors.New("a customer id is a row of digits, such as 216196257331281920")
	}
	return nil
}

// sanitizedLines joins lines, each made safe for a terminal.
func sanitizedLines(lines []string) string {
	for i, line := range lines {
		lines[i] = style.Sanitize(line)
	}
	return strings.Join(lines, "\n")
}
