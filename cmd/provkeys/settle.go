package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"provkeys/client"
)

// settleAmendment looks up what an amendment names, and refuses what the tenant
// would not take of any key.
func (a *app) settleAmendment(ctx context.Context, s *session, m *amendment, keys []client.Key, listing client.Listing) error {
	if m.change.Name != nil && *m.change.Name != keys[0].Name {
		if err := a.checkNewName(*m.change.Name, keys[0].Kind, listing.Keys); err != nil {
			return err
		}
	}
	if m.certificate == "" {
		return nil
	}
	certificates, err := s.api.Certificates(ctx)
	if err != nil {
		return fmt.Errorf("signing certificates: %w", err)
	}
	if m.signer, err = pickCertificate(certificates, m.certificate, a.now()); err != nil {
		return err
	}
	m.change.CertificateID = &m.signer.ID
	return nil
}

// checkNewName refuses a name that stands already among the keys of a kind, and
// tells of one that stands in another: names become prefixes of what enrols.
func (a *app) checkNewName(name string, kind client.Kind, keys []client.Key) error {
	for _, k := range keys {
		if k.Name == name && k.Kind == kind {
			return usageFault("choose another name, such as "+client.NextName(name, keys), "%q is taken: the name of another %s key", name, kind.Title())
		}
	}
	for _, k := range keys {
		if k.Name == name {
			a.note("%s is the name of a %s key too: what enrols is named after its key, and could not be told apart", name, k.Kind.Title())
		}
	}
	return nil
}

// pickCertificate returns the certificate of a name or an id, if it can sign.
func pickCertificate(certificates []client.Certificate, name string, now time.Time) (client.Certificate, error) {
	fits := slices.DeleteFunc(slices.Clone(certificates), func(c client.Certificate) bool {
		return c.Name != name && string(c.ID) != name
	})
	switch len(fits) {
	case 0:
		return client.Certificate{}, usageFault("use one of "+strings.Join(signers(certificates, now), ", "), "there is no signing certificate %q", name)
	case 1:
	default:
		words := make([]string, 0, len(fits))
		for _, c := range fits {
			words = append(words, string(c.ID))
		}
		return client.Certificate{}, &fault{
			faultAmbiguous, fmt.Sprintf("%q fits %d signing certificates: %s", name, len(fits), strings.Join(words, ", ")),
			"give the id of the one you mean",
		}
	}
	if why := fits[0].WhyNot(now); why != "" {
		return client.Certificate{}, usageFault("use one of "+strings.Join(signers(certificates, now), ", "), "the certificate %q cannot sign: %s", fits[0].Name, why)
	}
	return fits[0], nil
}

// signers are the names of the certificates that can sign.
func signers(certificates []client.Certificate, now time.Time) []string {
	var names []string
	for _, c := range client.UsableCertificates("", certificates, nil, now) {
		names = append(names, fmt.Sprintf("%q", c.Name))
	}
	return names
}
