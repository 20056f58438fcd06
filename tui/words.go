package tui

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"provkeys/client"
	"provkeys/tui/clipboard"
	"provkeys/tui/style"
)

// blockedWords says why a key's text is not handed on, to a clipboard or into a
// file, and what to do about it.
func (m *Model) blockedWords(k client.Key, b *client.Block) string {
	name, readOnly := called(k.Name), m.opts.ReadOnly
	edit, like := m.keymap.of("edit"), m.keymap.of("new-like")
	why := name + " is " + stateWords(k, b)
	if b.RaiseHelps && readOnly {
		return why + ". Raising max uses would help, and this console is read-only."
	}
	if b.RaiseHelps {
		return why + ". " + edit + " edits max uses, " + m.keymap.of("raise") + " raises it by one and copies."
	}
	if b.Has(client.UsedUp) && len(b.States) == 1 && b.Fault == nil && !k.Managed() && k.Uses < client.MaxMaxUses {
		// More uses than the limit allows: one more is not enough.
		if readOnly {
			return why + ". Its limit is below its uses, and this console is read-only."
		}
		return why + ". " + edit + " edits max uses; it must be above the uses."
	}
	if b.Fault != nil && len(b.States) == 0 && readOnly {
		return fmt.Sprintf("%s: %v. It would not enrol: use another key of its group.", name, b.Fault)
	}
	if b.Fault != nil && len(b.States) == 0 {
		return fmt.Sprintf("%s: %v. It would not enrol: %s makes a new key like it.", name, b.Fault, like)
	}
	another := "Use another key of its group, or " + like + " makes one like it."
	if readOnly {
		another = "Use another key of its group."
	}
	switch worst := b.Worst(); worst {
	case client.Hidden:
		return why + ": its text was shown once, when it was created. " + another
	case client.Disabled:
		if !readOnly && !k.Managed() {
			return why + ": it enrols nobody until it is enabled, which " + edit + " does. Else use another key of its group, or " + like + " makes one like it."
		}
		return why + ": it enrols nobody until an administrator enables it. " + another
	case client.CertificateExpired:
		return why + ": what it enrols would be refused. Use a key with a valid signing certificate."
	case client.UsedUp:
		if k.Managed() {
			return why + ", and it is managed by Zscaler: nobody can raise it. " + another
		}
		return why + ". Raising it alone is not enough. " + another
	default:
		return why + ". " + another
	}
}

// stateWords names everything that blocks, the numbers beside a used-up key.
func stateWords(k client.Key, b *client.Block) string {
	words := b.Words()
	used := client.UsedUp.String()
	words = strings.Replace(words, used, fmt.Sprintf("%s (%d of %d)", used, k.Uses, k.MaxUses), 1)
	return strings.Replace(words, client.CertificateExpired.String(), "signed by an ended certificate (certificate expired)", 1)
}

// failure says what went wrong in words for a person, with the next step.
func failure(err error) string {
	var refused *client.SignInError
	var held *client.HeldError
	var answer *client.APIError
	switch {
	case errors.Is(err, clipboard.ErrClipboard):
		return style.Sanitize(err.Error())
	case errors.As(err, &refused) && refused.OneAPIOnly, errors.As(err, &held) && held.OneAPIOnly:
		return "Sign-in refused: this tenant has moved to OneAPI. Leave and set ZSCALER_CLIENT_ID, ZSCALER_CLIENT_SECRET and ZSCALER_VANITY_DOMAIN."
	case errors.As(err, &held):
		return "Sign-in not sent: " + held.Error() + "."
	case errors.As(err, &answer) && errors.Is(err, client.ErrSignIn):
		return "The API refused a token that it had just given. Try again in some seconds."
	case errors.Is(err, client.ErrSignIn):
		return "Sign-in refused. Three refusals lock an API client for 30 minutes, so it is not tried again by itself: correct client id and secret and start again."
	case errors.Is(err, client.ErrManaged):
		return "It is managed by Zscaler: the API refuses to change it."
	case errors.Is(err, client.ErrDuplicate):
		return "Another key of its kind has this name already: choose another."
	case errors.Is(err, client.ErrReferenced):
		return "Something else refers to it, so that the API keeps it: disable it instead. " + style.Sanitize(err.Error())
	case errors.Is(err, client.ErrRateLimited):
		return "The rate limit of the API is used up. Try again in some seconds."
	case errors.Is(err, client.ErrNotFound):
		return "It is gone: somebody deleted it meanwhile."
	case errors.Is(err, client.ErrPermission):
		return "The API refuses it: this client's role lacks the permission. " + style.Sanitize(err.Error())
	case errors.Is(err, client.ErrUnavailable):
		return "The backend cannot be reached: " + style.Sanitize(err.Error())
	}
	return style.Sanitize(err.Error())
}

// span returns a length of time in one unit, the largest that fits: "12s",
// "3m", "5h", "212d".
func span(d time.Duration) string {
	switch d = max(d, 0); {
	case d < time.Minute:
		return fmt.Sprintf("%ds", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%dm", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%dh", int(d.Hours()))
	}
	return fmt.Sprintf("%dd", int(d.Hours()/24))
}

// days returns how many days are left until t, rounded down; negative when t
// has passed.
func days(now, t time.Time) int {
	d := t.Sub(now)
	if d < 0 {
		return -int(-d/(24*time.Hour)) - 1
	}
	return int(d / (24 * time.Hour))
}

// who names the one behind an administrator's id.
func who(id string) string {
	switch id {
	case "":
		return ""
	case "3":
		return " by the system"
	case "-2":
		return " by an enrolment"
	}
	return " by " + style.Sanitize(id)
}

func moment(t, now time.Time) string {
	return t.In(now.Location()).Format("2006-01-02 15:04")
}

// conflictWords says field by field what somebody else changed in a key since it was
// seen.
func (m *Model) conflictWords(seen client.Key, c *client.ConflictError) string {
	var parts []string
	for _, f := range c.Fields {
		parts = append(parts, fmt.Sprintf("%s was %s, is now %s", f.Field, m.shownValue(seen, f.Field), m.shownValue(c.Now, f.Field)))
	}
	return strings.Join(parts, "; ")
}

// editedWords says what an edit changed: the key's name is as it was.
func editedWords(name string, u client.Updated, now time.Time) string {
	var parts []string
	for _, f := range client.Conflicts(u.Before, u.After) {
		switch f.Field {
		case client.FieldMaxUses:
			parts = append(parts, fmt.Sprintf("max uses %d → %d (%d left)", u.Before.MaxUses, u.After.MaxUses, u.After.Left()))
		case client.FieldCertificate:
			parts = append(parts, fmt.Sprintf("%s %s → %s", f.Field, style.Sanitize(u.Before.Certificate), style.Sanitize(u.After.Certificate)))
		case client.FieldName:
			parts = append(parts, fmt.Sprintf("%s is now %s", f.Field, called(u.After.Name)))
		default:
			parts = append(parts, style.Sanitize(fmt.Sprintf("%s %s → %s", f.Field,
				fieldText(u.Before, f.Field, now), fieldText(u.After, f.Field, now))))
		}
	}
	if parts == nil {
		return fmt.Sprintf("%s is so already (max uses %d, %d left).", name, u.After.MaxUses, u.After.Left())
	}
	return name + ": " + strings.Join(parts, ", ") + "."
}

// ended returns a sentence with its full stop.
func ended(sentence string) string {
	return strings.TrimSuffix(sentence, ".") + "."
}
