package main

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/cmd/internal/config"
	"provkeys/tui/clipboard"
)

func TestEveryFaultHasItsExitCodeAndANextStep(t *testing.T) {
	t.Parallel()
	signIn := &client.SignInError{Answer: &client.APIError{Status: 401, Reason: "bad credentials"}}
	away := fmt.Errorf("list: %w", client.ErrUnavailable)
	for _, tc := range []struct {
		name string
		err  error
		code exitCode
		kind faultKind
		says string // message or hint
	}{
		{"anything", errors.New("boom"), 1, faultError, "boom"},
		{"permission", &client.APIError{Status: 403}, 1, faultPermission, "role"},
		{"usage", usageFault("do that", "wrong"), 2, faultUsage, "do that"},
		{"configuration", &config.UsageError{Problem: "line 3", Fix: "correct it"}, 2, faultConfiguration, "line 3"},
		{"configuration for now", &config.WriteError{Problem: "the disk is full", Fix: "make room"}, 1, faultError, "make room"},
		{"limit", &client.LimitError{Asked: 3, Uses: 10}, 2, faultUsage, "used 10 times"},
		{"sign-in", fmt.Errorf("list: %w", signIn), 3, faultSignIn, `profile "acme"`},
		{"sign-in, moved", &client.SignInError{Answer: &client.APIError{Status: 400}, OneAPIOnly: true}, 3, faultSignIn, "ZSCALER_CLIENT_ID"},
		{"token", &client.APIError{Status: 401}, 3, faultSignIn, "customer id"},
		{"gone", &client.APIError{Status: 400, Code: "resource.not.found"}, 4, faultNotFound, "provkeys list"},
		{"away", away, 7, faultUnavailable, "try again"},
		{"a certificate of nobody known", fmt.Errorf("list: %w", x509.UnknownAuthorityError{}), 7, faultUnavailable, "--ca-file or ca_file: in the profile; provkeys doctor"},
		{"500", &client.APIError{Status: 500}, 7, faultUnavailable, "try again"},
		{"limit of calls", &client.APIError{Status: 429}, 7, faultRateLimited, "--timeout"},
		{"time-out", &timeoutError{time.Minute, away}, 7, faultUnavailable, "not done within 1m0s"},
		{"time-out, raw", &timeoutError{time.Minute, context.DeadlineExceeded}, 7, faultUnavailable, "--timeout"},
		{"a cause just before the time-out", &timeoutError{time.Minute, &client.APIError{Status: 403}}, 1, faultPermission, "role"},
		{"unconfirmed", &client.UnconfirmedError{Err: away}, 7, faultUnavailable, "may hold or not"},
		{"unconfirmed at the time-out", &timeoutError{time.Minute, &client.UnconfirmedError{Err: away}}, 7, faultUnavailable, "may hold or not"},
		{"unconfirmed otherwise", &client.UnconfirmedError{Err: errors.New("another value")}, 1, faultError, "may hold or not"},
		{"managed", client.ErrManaged, 8, faultManaged, "managed by Zscaler"},
		{"conflict", &client.ConflictError{Fields: []client.FieldConflict{{Field: client.FieldMaxUses, Seen: "10", Now: "12"}}}, 9, faultConflict, "max uses was 10 and is now 12"},
		{"clipboard", fmt.Errorf("%w: off", clipboard.ErrClipboard), 10, faultClipboard, "--field key"},
		{"interrupted", &interruptedError{away}, 130, faultInterrupted, "nothing was changed"},
		{"interrupted after sending", &interruptedError{&client.UnconfirmedError{Err: context.Canceled}}, 130, faultInterrupted, "may hold or not"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			a := &app{profile: config.Profile{Source: `profile "acme" in config.yaml`}}

			f := a.explain(tc.err)

			if f.kind != tc.kind || f.kind.code() != tc.code {
				t.Errorf("fault is %s with %d, want %s with %d", f.kind, f.kind.code(), tc.kind, tc.code)
			}
			if !strings.Contains(f.message+"\n"+f.hint, tc.says) || f.hint == "" {
				t.Errorf("it says %q and %q, want %q and a next step", f.message, f.hint, tc.says)
			}
		})
	}
}

func TestServerWordsCannotActOnTheTerminal(t *testing.T) {
	t.Parallel()
	f := fault{faultError, "the API said \x1b]52;c;ZXZpbA==\a\u202e\r\n", "\x1b[2Jhint"}
	for _, asJSON := range []bool{false, true} {
		var b bytes.Buffer
		(&app{err: &b}).report(f, f.kind.code(), asJSON)
		assertPrintable(t, b.String())
	}
}

func TestJSONErrorIsOneObjectOnOneLine(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	(&app{err: &b}).report(fault{faultUsedUp, `"x" is <used up>`, "raise it"}, exitUsedUp, true)

	want := `{"error":{"code":5,"kind":"used-up","message":"\"x\" is <used up>","hint":"raise it"}}` + "\n"
	if b.String() != want {
		t.Errorf("error is %s, want %s", b.String(), want)
	}
}

func TestFormatOfErrorsIsFoundInAFaultyCommandLine(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]bool{
		"list -o json": true, "list -ojson": true, "list -o=json": true, "list --output json": true, "list --output=json": true,
		"list": false, "list -o yaml": false, "list -o": false, "get -- -o json": false, "list -o json -o csv": false,
	} {
		a := &app{}
		if got := a.wantsJSON(strings.Fields(line)); got != want {
			t.Errorf("%q: %v, want %v", line, got, want)
		}
	}
}
