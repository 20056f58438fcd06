package main

// exitCode is what the process ends with. The numbers are a promise to scripts
// and are never given another meaning.
type exitCode int

const (
	exitDone        exitCode = 0
	exitError       exitCode = 1
	exitUsage       exitCode = 2
	exitSignIn      exitCode = 3
	exitNotFound    exitCode = 4
	exitUsedUp      exitCode = 5
	exitHidden      exitCode = 6
	exitUnavailable exitCode = 7
	exitRefused     exitCode = 8
	exitConflict    exitCode = 9
	exitClipboard   exitCode = 10
	exitInterrupted exitCode = 130
)

// exitCodes returns all of them, in order.
func exitCodes() []exitCode {
	return []exitCode{
		exitDone, exitError, exitUsage, exitSignIn, exitNotFound, exitUsedUp, exitHidden, exitUnavailable,
		exitRefused, exitConflict, exitClipboard, exitInterrupted,
	}
}

// meaning says what a code stands for, as the README and the manual have it.
func (c exitCode) meaning() string {
	switch c {
	case exitDone:
		return "done"
	case exitUsage:
		return "usage, configuration, a name that fits several keys"
	case exitSignIn:
		return "sign-in refused"
	case exitNotFound:
		return "not found"
	case exitUsedUp:
		return "used up"
	case exitHidden:
		return "hidden"
	case exitUnavailable:
		return "backend unavailable, or rate limited; not used within --wait"
	case exitRefused:
		return "refused here: read-only, managed, disabled, expired, certificate expired, masked, confirmation missing"
	case exitConflict:
		return "conflict: changed elsewhere meanwhile"
	case exitClipboard:
		return "clipboard"
	case exitInterrupted:
		return "interrupted"
	}
	return "error; inspect: something is wrong with the text"
}

// faultKind says what went wrong, finer than an exit code. It is the "kind" of
// an error in JSON.
type faultKind string

const (
	faultError              faultKind = "error"
	faultPermission         faultKind = "permission"
	faultUsage              faultKind = "usage"
	faultAmbiguous          faultKind = "ambiguous"
	faultConfiguration      faultKind = "configuration"
	faultSignIn             faultKind = "sign-in"
	faultNotFound           faultKind = "not-found"
	faultUsedUp             faultKind = "used-up"
	faultHidden             faultKind = "hidden"
	faultUnavailable        faultKind = "unavailable"
	faultRateLimited        faultKind = "rate-limited"
	faultNotUsed            faultKind = "not-used"
	faultReadOnly           faultKind = "read-only"
	faultManaged            faultKind = "managed"
	faultDisabled           faultKind = "disabled"
	faultExpired            faultKind = "expired"
	faultCertificateExpired faultKind = "certificate-expired"
	faultUnconfirmed        faultKind = "unconfirmed"
	faultMasked             faultKind = "masked"
	faultConflict           faultKind = "conflict"
	faultClipboard          faultKind = "clipboard"
	faultInterrupted        faultKind = "interrupted"
)

// code is the one place where a fault becomes an exit code.
func (k faultKind) code() exitCode {
	switch k {
	case faultUsage, faultAmbiguous, faultConfiguration:
		return exitUsage
	case faultSignIn:
		return exitSignIn
	case faultNotFound:
		return exitNotFound
	case faultUsedUp:
		return exitUsedUp
	case faultHidden:
		return exitHidden
	case faultUnavailable, faultRateLimited, faultNotUsed:
		return exitUnavailable
	case faultReadOnly, faultManaged, faultDisabled, faultExpired, faultCertificateExpired, faultUnconfirmed, faultMasked:
		return exitRefused
	case faultConflict:
		return exitConflict
	case faultClipboard:
		return exitClipboard
	case faultInterrupted:
		return exitInterrupted
	}
	return exitError
}
