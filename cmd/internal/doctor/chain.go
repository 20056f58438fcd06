package doctor

import (
	"cmp"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"strings"
	"time"
)

// chain judges the certificates that a host presented.
func (r *report) chain(c Connection, now time.Time) {
	own := c.Chain[0]
	if p, found := chainProblem(c, now); found {
		p.Fault = FaultUnavailable
		r.fail("certificate", p)
		return
	}
	r.ok("certificate", "%s is signed by %s and valid until %s", c.through(), named(own.Issuer), day(own.NotAfter))
}

// chainProblem returns what keeps the certificates from being trusted.
func chainProblem(c Connection, now time.Time) (Problem, bool) {
	own := c.Chain[0]
	_, err := verifiedAt(c, now)
	if err == nil {
		if own.VerifyHostname(c.Host) != nil {
			return wrongHost(c.Host, own), true
		}
		return Problem{}, false
	}
	if paths, err := verifiedAt(c, own.NotBefore.Add(time.Second)); err == nil {
		// Only the time speaks against it, and the path tells of which certificate.
		if p, found := outOfTime(paths[0], now); found {
			return p, true
		}
	}
	if p, found := outOfTime(c.Chain, now); found {
		return p, true
	}
	if errors.As(err, new(x509.UnknownAuthorityError)) {
		return unknownSigner(c), true
	}
	return Problem{
		Text: fmt.Sprintf("the certificate of %s, signed by %s, is not accepted: %v", named(own.Subject), named(own.Issuer), err),
		Mend: "have whoever runs that server or proxy correct it",
	}, true
}

// verifiedAt returns the paths to a root that were valid at a time.
func verifiedAt(c Connection, at time.Time) ([][]*x509.Certificate, error) {
	return c.Chain[0].Verify(x509.VerifyOptions{Roots: c.Roots, Intermediates: intermediates(c.Chain), CurrentTime: at})
}

// outOfTime finds the certificate whose time is over or has not come, the
// server's own last: one above it explains more.
func outOfTime(path []*x509.Certificate, now time.Time) (Problem, bool) {
	for i := len(path) - 1; i >= 0; i-- {
		const clock = "; if this machine's clock is wrong, set it right first (date -u shows it)"
		cert, what := path[i], "the certificate authority "+named(path[i].Subject)
		mend := "have whoever runs that server or proxy renew it, and put the new one into ca_file: if the old one stands there" + clock
		if i == 0 {
			what = fmt.Sprintf("the certificate of %s, signed by %s,", named(cert.Subject), named(cert.Issuer))
			mend = "have whoever runs that server or proxy renew it" + clock
		}
		switch {
		case now.After(cert.NotAfter):
			return Problem{Text: fmt.Sprintf("%s has ended on %s", what, day(cert.NotAfter)), Mend: mend}, true
		case now.Before(cert.NotBefore):
			return Problem{Text: fmt.Sprintf("%s is not valid before %s", what, day(cert.NotBefore)), Mend: mend}, true
		}
	}
	return Problem{}, false
}

func wrongHost(host string, own *x509.Certificate) Problem {
	return Problem{
		Text: fmt.Sprintf("%s presents a certificate for %s, signed by %s", host, names(own), named(own.Issuer)),
		Mend: "a portal or a proxy answers in its place, or the address is wrong: correct base_url or --base-url, or have " + host + " let through",
	}
}

// unknownSigner is what TLS interception looks like: the chain is sound, and
// nobody here knows who made it.
func unknownSigner(c Connection) Problem {
	own := c.Chain[0]
	return Problem{
		Text: fmt.Sprintf("the certificate of %s (valid from %s to %s) is signed by %s, which this machine does not trust: this looks like TLS interception by a proxy or a firewall",
			named(own.Subject), day(own.NotBefore), day(own.NotAfter), named(topmost(c.Chain))),
		Mend: "if that authority is your organisation's, put its root certificate (PEM) into a file and name it with ca_file: in the profile or with --ca-file; else trust nothing here and ask who it is",
	}
}

// topmost is the last signer that the chain names.
func topmost(chain []*x509.Certificate) pkix.Name { return chain[len(chain)-1].Issuer }

// named writes whom a certificate names, shortly.
func named(n pkix.Name) string {
	organisation := strings.Join(n.Organization, ", ")
	switch {
	case n.CommonName == "":
		return fmt.Sprintf("%q", cmp.Or(organisation, n.String(), "nobody"))
	case organisation == "" || organisation == n.CommonName:
		return fmt.Sprintf("%q", n.CommonName)
	}
	return fmt.Sprintf("%q (%s)", n.CommonName, organisation)
}

// maxNames is how many names of a certificate are worth telling.
const maxNames = 3

func names(cert *x509.Certificate) string {
	list := cert.DNSNames
	for _, ip := range cert.IPAddresses {
		list = append(list, ip.String())
	}
	switch {
	case len(list) == 0:
		return named(cert.Subject)
	case len(list) > maxNames:
		list = append(list[:maxNames:maxNames], "…")
	}
	return strings.Join(list, ", ")
}

func day(t time.Time) string { return t.UTC().Format("2006-01-02") }
