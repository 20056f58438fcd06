package client

import (
	"context"
	"html"
	"time"
)

// Certificate is an enrolment certificate: it signs what a key enrols.
type Certificate struct {
	ID             ID
	Name           string
	CommonName     string
	ValidFrom      time.Time
	ValidTo        time.Time
	IssuedTo       string
	IssuedBy       string
	Serial         string
	AllowSigning   bool
	ReadOnly       bool
	ZscalerManaged bool
}

// Ref returns what names the certificate for good. It has no kind.
func (c Certificate) Ref() Ref { return Ref{ID: c.ID} }

type wireCertificate struct {
	ID             ID      `json:"id"`
	Name           string  `json:"name"`
	CommonName     string  `json:"cName"`
	ValidFrom      integer `json:"validFromInEpochSec"`
	ValidTo        integer `json:"validToInEpochSec"`
	IssuedTo       string  `json:"issuedTo"`
	IssuedBy       string  `json:"issuedBy"`
	Serial         string  `json:"serialNo"`
	AllowSigning   boolean `json:"allowSigning"`
	ReadOnly       boolean `json:"readOnly"`
	ZscalerManaged boolean `json:"zscalerManaged"`
}

func (w wireCertificate) certificate() Certificate {
	return Certificate{
		ID: w.ID, Name: html.UnescapeString(w.Name), CommonName: html.UnescapeString(w.CommonName),
		ValidFrom: w.ValidFrom.time(), ValidTo: w.ValidTo.time(),
		IssuedTo: html.UnescapeString(w.IssuedTo), IssuedBy: html.UnescapeString(w.IssuedBy), Serial: w.Serial,
		AllowSigning: bool(w.AllowSigning), ReadOnly: bool(w.ReadOnly), ZscalerManaged: bool(w.ZscalerManaged),
	}
}

// Certificates returns every enrolment certificate of the tenant.
func (c *Client) Certificates(ctx context.Context) ([]Certificate, error) {
	// The list is served under v2 alone.
	certificates, err := all(ctx, c, c.customerPath("v2", "enrollmentCert"), wireCertificate.certificate)
	if err == nil && c.cfg.OnCertificates != nil {
		c.cfg.OnCertificates(certificates)
	}
	return certificates, err
}
