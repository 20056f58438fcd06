package main

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
)

func TestUnknownCertificateEndsKeepAKeyFromTheClipboard(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		status := 500
		f.intercept(func(r *http.Request) *http.Response {
			if strings.HasSuffix(r.URL.Path, "/enrollmentCert") {
				return response(status, "{}")
			}
			return nil
		})
		f.mustRun(exitUnavailable, "copy", okKey)
		if f.tty.Len() > 0 {
			t.Error("the key was copied")
		}
		f.mustRun(exitUnavailable, "list")

		status = http.StatusForbidden
		f.mustRun(exitDone, "copy", okKey)
		if !strings.Contains(f.err.String(), "could not be checked") {
			t.Errorf("stderr is %q, want that the certificate was not checked", f.err.String())
		}
	})
}

func TestRemoteCopyGoesToTheTerminalAndNotToTheOutput(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.vars["SSH_TTY"] = "/dev/pts/1"

	f.mustRun(exitDone, "copy", okKey, "-o", "json")

	want := "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(f.text(okKey))) + "\a"
	if f.tty.String() != want {
		t.Error("the terminal did not get exactly the sequence of the text")
	}
	got := decode[map[string]string](t, f.out.Bytes())
	if got["route"] != "osc52" || got["evidence"] != "sent" || got["copied"] != okKey {
		t.Errorf("result is %v", got)
	}
}

func TestNativeCopyIsVerifiedOrFails(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.vars["DISPLAY"] = ":0"
	f.desktop = &desktop{}

	f.mustRun(exitDone, "copy", okKey)
	if f.desktop.held != f.text(okKey) || !strings.Contains(f.out.String(), "Copied and verified.") {
		t.Errorf("the clipboard differs, or %q does not say so", f.out.String())
	}

	f.desktop = &desktop{held: "before", lies: true}
	f.mustRun(exitClipboard, "copy", okKey)
	if !strings.Contains(f.err.String(), "Not confirmed") {
		t.Errorf("stderr is %q", f.err.String())
	}
}

func TestExpiredCertificateBlocksCopying(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustRun(exitDone, "list", "--filter", `state:"certificate expired"`, "-o", "name")
	name, _, _ := strings.Cut(f.out.String(), "\n")

	f.mustRun(exitRefused, "copy", name, "-o", "json")

	got := decode[struct{ Error struct{ Kind string } }](t, f.err.Bytes())
	if got.Error.Kind != "certificate-expired" || f.tty.Len() > 0 {
		t.Errorf("kind is %q, bytes sent %d", got.Error.Kind, f.tty.Len())
	}
}

func TestUsedUpManagedKeyIsNotOfferedToRaise(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.set(usedUpKey, "zscalerManaged", true)

	f.mustRun(exitUsedUp, "copy", usedUpKey)

	if strings.Contains(f.err.String(), "set-max") {
		t.Errorf("stderr offers what is refused: %q", f.err.String())
	}
}
