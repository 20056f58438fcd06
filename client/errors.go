package client

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// What an error means for the one who called; test with errors.Is.
var (
	ErrNotFound    = errors.New("not found")
	ErrSignIn      = errors.New("sign-in refused")
	ErrPermission  = errors.New("no permission")
	ErrRateLimited = errors.New("rate limited")
	ErrUnavailable = errors.New("backend unavailable")
	ErrConflict    = errors.New("changed elsewhere meanwhile")
	ErrManaged     = errors.New("managed by Zscaler")
	ErrLimit       = errors.New("max uses out of range")
	ErrDuplicate   = errors.New("the name is taken")
	ErrReferenced  = errors.New("in use elsewhere")
)

// APIError is an answer of the API that is no success. It keeps no body, only
// the fields named here, with credentials and key texts cut out of Reason.
type APIError struct {
	Status    int    // HTTP status
	Code      string // the API's own code, such as "resource.not.found"; may be empty
	Reason    string // the API's words, or the first line of what a proxy said
	Params    []string
	RequestID string // for the vendor's support

	retryAfter time.Duration // how long the server asks to wait; 0 when it does not say
}

// Error returns status, code, reason and request id on one line.
func (e *APIError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "the API answered %d", e.Status)
	if e.Code != "" {
		b.WriteString(" " + e.Code)
	}
	if e.Reason != "" {
		b.WriteString(": " + e.Reason)
	}
	if len(e.Params) > 0 {
		b.WriteString(" [" + strings.Join(e.Params, ", ") + "]")
	}
	if e.RequestID != "" {
		b.WriteString(" (request " + e.RequestID + ")")
	}
	return b.String()
}

// Is sorts the answer into one of the meanings above.
func (e *APIError) Is(target error) bool {
	switch target {
	case ErrNotFound:
		return e.Code == "resource.not.found" || e.Status == 404
	case ErrSignIn:
		return e.Status == 401 && !e.deniesPermission()
	case ErrPermission:
		return e.Status == 403 || e.deniesPermission()
	case ErrRateLimited:
		return e.Status == 429
	case ErrConflict:
		return e.Status == 409
	case ErrDuplicate:
		return e.Code == "resource.already.exist"
	case ErrReferenced:
		return e.Code == "resource.referenced"
	case ErrUnavailable:
		return e.Status >= 500 || (e.Status >= 300 && e.Status < 400)
	}
	return false
}

// deniesPermission tells a missing permission or feature, which the API also
// answers with 401, from a token fault.
func (e *APIError) deniesPermission() bool {
	return e.Status == 401 && strings.HasPrefix(e.Code, "authz.")
}

// wireFields are the API's names of the fields that a person fills in.
var wireFields = map[string]Field{
	"name": FieldName, "maxUsage": FieldMaxUses, "enabled": FieldEnabled, "exportable": FieldExportable,
	"enrollmentCertId": FieldCertificate, "zcomponentId": FieldGroup,
	"expirationInEpochSec": FieldExpires, "ipAcl": FieldAllowedAddresses,
}

// FieldOf returns the field that an error of a create or an update is about; false
// where it is about none.
func FieldOf(err error) (Field, bool) {
	var own *FieldError
	var answer *APIError
	switch {
	case errors.As(err, &own):
		return own.Field, true
	case errors.Is(err, ErrLimit):
		return FieldMaxUses, true
	case errors.Is(err, ErrDuplicate):
		return FieldName, true
	case errors.As(err, &answer):
		for _, p := range answer.Params {
			if f, known := wireFields[p[strings.LastIndexByte(p, '.')+1:]]; known {
				return f, true
			}
		}
	}
	return "", false
}

// SignInError is a refused sign-in. It is never sent again by itself: three
// refusals lock a legacy API client for 30 minutes.
type SignInError struct {
	Answer     *APIError
	OneAPIOnly bool // the tenant has moved to OneAPI and refuses API keys
}

// Error says what was refused.
func (e *SignInError) Error() string {
	return fmt.Sprintf("sign-in refused: %v", e.Answer)
}

// Is reports that this is a refused sign-in.
func (e *SignInError) Is(target error) bool { return target == ErrSignIn }

// lockedWords are how a server says that an API client is locked: it has no code for it.
var lockedWords = regexp.MustCompile(`(?i)\block(ed|out)\b`)

// Locked reports that the API client is locked: further sign-ins are refused whatever
// they carry.
func (e *SignInError) Locked() bool {
	return e.Answer != nil && lockedWords.MatchString(e.Answer.Reason)
}

// HeldError is a sign-in that was not sent: the same one was refused before, and
// may be sent again by itself from Until on.
type HeldError struct {
	Refused    time.Time // when it was
	Until      time.Time
	OneAPIOnly bool // the tenant had moved to OneAPI
}

// Error says since when it is not sent.
func (e *HeldError) Error() string {
	return fmt.Sprintf("the same sign-in was refused at %s and is not sent again by itself before %s",
		e.Refused.Format("15:04"), e.Until.Format("15:04"))
}

// Is reports that this is about a refused sign-in.
func (e *HeldError) Is(target error) bool { return target == ErrSignIn }

// transportError is a call that brought no answer, or one that broke off. Its
// cause may quote a server that speaks no HTTP and echoes what it was sent.
type transportError struct {
	err     error
	secrets []Secret
}

func (e *transportError) Error() string        { return scrub(e.err.Error(), e.secrets) }
func (e *transportError) Unwrap() error        { return e.err }
func (e *transportError) Is(target error) bool { return target == ErrUnavailable }
