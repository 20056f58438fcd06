package main

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"provkeys/client"
	"provkeys/cmd/internal/config"
	"provkeys/cmd/internal/refusals"
	"provkeys/tui/clipboard"
	"provkeys/tui/style"
)

// fault is a failure in the words that a person reads: what is wrong, and what
// to do next. Commands return one where they know the words best.
type fault struct {
	kind    faultKind
	message string
	hint    string
}

// Error returns both sentences.
func (f *fault) Error() string { return f.message + ": " + f.hint }

// usageFault is a command line that cannot be carried out.
func usageFault(hint, format string, args ...any) *fault {
	return &fault{faultUsage, fmt.Sprintf(format, args...), hint}
}

// interruptedError is a command that a signal ended.
type interruptedError struct{ err error }

func (e *interruptedError) Error() string { return "interrupted: " + e.err.Error() }
func (e *interruptedError) Unwrap() error { return e.err }

// standingError is what came of work that an interrupt lets come to its end: the
// interrupt does not explain it.
type standingError struct{ err error }

func (e *standingError) Error() string { return e.err.Error() }
func (e *standingError) Unwrap() error { return e.err }

// hangupError is a console whose terminal has gone.
type hangupError struct{ err error }

func (e *hangupError) Error() string { return "the terminal is gone: " + e.err.Error() }
func (e *hangupError) Unwrap() error { return e.err }

// timeoutError is a command that --timeout ended.
type timeoutError struct {
	limit time.Duration
	err   error
}

func (e *timeoutError) Error() string { return e.err.Error() }
func (e *timeoutError) Unwrap() error { return e.err }

// explain finds the words for any error.
func (a *app) explain(err error) fault {
	var standing *standingError
	var interrupted *interruptedError
	var timeout *timeoutError
	var known *fault
	var unconfirmed *client.UnconfirmedError
	var configuration *config.UsageError
	var unwritten *config.WriteError
	switch {
	case errors.As(err, &standing):
		return a.explain(standing.err)
	case errors.As(err, &interrupted):
		return explainInterrupted(err)
	case errors.As(err, &timeout) && outOfTime(err):
		return fault{
			faultUnavailable, fmt.Sprintf("not done within %v: %v", timeout.limit, timeout.err),
			"try again later, or give it longer with --timeout 5m",
		}
	case errors.As(err, &known):
		return *known
	case errors.As(err, &configuration):
		return fault{faultConfiguration, configuration.Problem, configuration.Fix}
	case errors.As(err, &unwritten):
		return fault{faultError, unwritten.Problem, unwritten.Fix}
	case errors.As(err, &unconfirmed):
		return explainUnconfirmed(err)
	case errors.Is(err, clipboard.ErrClipboard):
		return fault{faultClipboard, err.Error(), a.clipboardHint()}
	}
	return a.explainAnswer(err)
}

// clipboardHint says what is left where copying failed. A command that ssh runs
// gets no terminal unless one is asked for.
func (a *app) clipboardHint() string {
	const hint = "hand it to a program: provkeys get NAME --field key | PROGRAM, or provkeys snippet NAME --for FORM | PROGRAM"
	if a.variable("SSH_CONNECTION") == "" {
		return hint
	}
	tty, err := a.openTerminal()
	if err != nil {
		return "give it a terminal with ssh -t, or " + hint
	}
	// It was opened to see whether it is there.
	_ = tty.Close()
	return hint
}

// explainAnswer finds the words for what the client returned.
func (a *app) explainAnswer(err error) fault {
	message := err.Error()
	var own *client.FieldError
	switch {
	case errors.As(err, &own):
		return fault{faultUsage, message, "nothing was sent: correct " + fieldFlag(own.Field)}
	case errors.Is(err, client.ErrSignIn):
		return a.explainSignIn(err)
	case errors.Is(err, client.ErrLimit):
		return fault{faultUsage, message, "see what it has with provkeys get NAME, or raise it with provkeys set-max NAME +1"}
	case errors.Is(err, client.ErrManaged):
		return fault{faultManaged, "the key is managed by Zscaler, and the API refuses to change it", "choose a key that is not: provkeys list --filter '!is:managed'"}
	case errors.Is(err, client.ErrConflict):
		return fault{faultConflict, message, "nothing was sent: look at it with provkeys get NAME, then decide again"}
	case errors.Is(err, client.ErrDuplicate):
		return fault{faultUsage, message, "choose another name, which no key of this kind has"}
	case errors.Is(err, client.ErrReferenced):
		return fault{faultError, message, "take it out of what uses it first, in the admin portal"}
	case errors.Is(err, client.ErrNotFound):
		return fault{faultNotFound, message, "it may have been deleted meanwhile: look with provkeys list"}
	case errors.Is(err, client.ErrPermission):
		return fault{faultPermission, message, "ask for a role that allows it for this API client"}
	case errors.Is(err, client.ErrRateLimited):
		return fault{faultRateLimited, message, "the tenant is called too often: try again in a minute, or wait longer with --timeout 5m"}
	case errors.Is(err, client.ErrUnavailable), errors.As(err, new(x509.UnknownAuthorityError)):
		return fault{faultUnavailable, message, unavailableHint(err)}
	}
	if f, known := client.FieldOf(err); known {
		return fault{faultError, message, "correct " + fieldFlag(f)}
	}
	return fault{faultError, message, "see provkeys --help"}
}

// unavailableHint is what to look at where no answer of the API came.
func unavailableHint(err error) string {
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, new(x509.UnknownAuthorityError)):
		return "if a proxy or a firewall of yours signs here, name its root certificate (PEM) with --ca-file or ca_file: in the profile; provkeys doctor says who signed"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "look at the clock of this machine; if it is right, the server needs a new certificate: provkeys doctor says whose ended"
	}
	return "check address, proxy and network, then try again"
}

// fieldFlag is the flag that a field of a key is given by.
func fieldFlag(f client.Field) string {
	switch f {
	case client.FieldName:
		return "the name"
	case client.FieldMaxUses:
		return "--max-uses"
	case client.FieldEnabled:
		return "--enable, --disable or --disabled"
	case client.FieldExportable:
		return "--hide or --hidden"
	case client.FieldCertificate:
		return "--certificate"
	case client.FieldExpires:
		return "--expires"
	case client.FieldAllowedAddresses:
		return "--allow"
	}
	return "--" + string(f)
}

// explainSignIn says where the refused credentials came from and never what
// they are. Nothing was sent a second time.
func (a *app) explainSignIn(err error) fault {
	var refused *client.SignInError
	p := a.profile
	if of := (*triedError)(nil); errors.As(err, &of) {
		p = of.profile
	}
	source := p.Source
	held := (*client.HeldError)(nil)
	switch {
	case errors.As(err, &held):
		return explainHeld(held, p)
	case !errors.As(err, &refused):
		return fault{
			faultSignIn, fmt.Sprintf("the API does not accept the sign-in of %s: %v", source, err),
			"check that the customer id and the address belong to these credentials",
		}
	case refused.OneAPIOnly:
		return fault{
			faultSignIn, fmt.Sprintf("sign-in refused: this tenant has moved to OneAPI and takes no legacy API key such as that of %s", source),
			oneAPIHint,
		}
	}
	correct := "correct them"
	if !p.PrivateKey.IsZero() {
		// An assertion ends minutes after it was made, by the clock that made it.
		correct = "correct them, or the clock of this machine,"
	}
	hint := correct + " before you try again: three refused sign-ins lock an API client for 30 minutes"
	if refused.Locked() {
		until := a.now().Add(refusals.Hold)
		hint = "wait until " + clockTime(until) + " at the latest: until then the client is locked and nothing helps, not even the right " + secretWords(p)
	}
	return fault{faultSignIn, fmt.Sprintf("sign-in refused for the client id and %s from %s: %v", secretWords(p), source, refused.Answer), hint}
}

// oneAPIHint is what to do where a tenant takes no legacy API key any more.
const oneAPIHint = "set ZSCALER_CLIENT_ID, ZSCALER_CLIENT_SECRET, ZSCALER_VANITY_DOMAIN and ZPA_CUSTOMER_ID, or auth: oneapi with vanity, client_id and client_secret in the profile"

// clockTime is a time within the next hours, as a wall clock shows it.
func clockTime(t time.Time) string { return t.Format("15:04") }

func explainUnconfirmed(err error) fault {
	kind := faultError
	if errors.Is(err, client.ErrUnavailable) || errors.Is(err, client.ErrRateLimited) {
		kind = faultUnavailable
	}
	return fault{kind, err.Error(), "it may hold or not: look with provkeys get NAME before you try again"}
}

func explainInterrupted(err error) fault {
	if known := (*fault)(nil); errors.As(err, &known) && known.kind == faultInterrupted {
		return *known
	}
	f := fault{faultInterrupted, "interrupted", "nothing was changed: run it again when you like"}
	var unconfirmed *client.UnconfirmedError
	if errors.As(err, &unconfirmed) {
		f.message = "interrupted after the change was sent and before it was confirmed"
		f.hint = "it may hold or not: look with provkeys get NAME"
	}
	return f
}

// outOfTime tells an error that the lack of time explains from one that came
// just before the end and has a cause of its own.
func outOfTime(err error) bool {
	var unconfirmed *client.UnconfirmedError
	if errors.As(err, &unconfirmed) {
		return false
	}
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, client.ErrUnavailable) || errors.Is(err, client.ErrRateLimited)
}

// shown returns the fault as it may be written: made safe for a terminal, and
// without a secret that it may quote.
func (f fault) shown() fault {
	f.message, f.hint = withoutSecrets(style.Sanitize(f.message)), withoutSecrets(style.Sanitize(f.hint))
	return f
}

// report writes a fault to stderr, as text or as one JSON object with the exit code.
func (a *app) report(f fault, code exitCode, asJSON bool) {
	f = f.shown()
	a.saying.Lock()
	defer a.saying.Unlock()
	// There is nowhere left to tell that stderr is closed.
	if !asJSON {
		_, _ = fmt.Fprintf(a.err, "provkeys: %s\n", f.message)
		if f.hint != "" {
			_, _ = fmt.Fprintf(a.err, "hint: %s\n", f.hint)
		}
		return
	}
	type inner struct {
		Code    exitCode  `json:"code"`
		Kind    faultKind `json:"kind"`
		Message string    `json:"message"`
		Hint    string    `json:"hint"`
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	// Numbers and texts always have a JSON form.
	_ = enc.Encode(struct {
		Error inner `json:"error"`
	}{inner{code, f.kind, f.message, f.hint}})
	_, _ = a.err.Write(b.Bytes())
}
