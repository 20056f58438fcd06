package doctor

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"strings"
	"testing"
	"time"
)

// now is when the tests look at certificates and clocks.
var now = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

// signer is an authority of a test, or a server.
type signer struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// life is how long before and after now a certificate is valid.
type life struct{ before, after time.Duration }

const dayLong = 24 * time.Hour

var (
	sound  = life{100 * dayLong, 100 * dayLong}
	ended  = life{100 * dayLong, -3 * dayLong}
	coming = life{-3 * dayLong, 100 * dayLong}
)

// sign makes a certificate; by itself where by is nil.
func sign(t *testing.T, name string, l life, by *signer, hosts ...string) *signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name},
		NotBefore: now.Add(-l.before), NotAfter: now.Add(l.after), DNSNames: hosts,
		IsCA: hosts == nil, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	s := &signer{cert: template, key: key}
	if by == nil {
		by = s
	}
	der, err := x509.CreateCertificate(rand.Reader, template, by.cert, &key.PublicKey, by.key)
	if err != nil {
		t.Fatal(err)
	}
	if s.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestACertificateThatFailsIsNamedWithItsSignerAndMend(t *testing.T) {
	t.Parallel()
	const host = "config.mock.example"
	for name, c := range map[string]struct {
		root, middle, own life
		host              string
		unknown           bool // the root is not trusted
		text, mend        string
	}{
		"sound":                    {sound, sound, sound, host, false, `signed by "Middle" and valid until 2027-02-10`, ""},
		"own ended":                {sound, sound, ended, host, false, `the certificate of "own", signed by "Middle", has ended on 2026-10-30`, "renew"},
		"own not yet":              {sound, sound, coming, host, false, `the certificate of "own", signed by "Middle", is not valid before 2026-11-05`, "clock"},
		"authority ended":          {sound, ended, sound, host, false, `the certificate authority "Middle" has ended on 2026-10-30`, "put the new one into ca_file:"},
		"root ended":               {ended, sound, sound, host, false, `the certificate authority "Root" has ended on 2026-10-30`, "renew"},
		"unknown authority":        {sound, sound, sound, host, true, `signed by "Root", which this machine does not trust: this looks like TLS interception`, "ca_file:"},
		"unknown authority, ended": {sound, ended, sound, host, true, `the certificate authority "Middle" has ended`, "renew"},
		"other host":               {sound, sound, sound, "portal.mock.example", false, `config.mock.example presents a certificate for portal.mock.example, signed by "Middle"`, "base_url"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := sign(t, "Root", c.root, nil)
			middle := sign(t, "Middle", c.middle, root)
			own := sign(t, "own", c.own, middle, c.host)
			roots := x509.NewCertPool()
			if !c.unknown {
				roots.AddCert(root.cert)
			}
			got := CheckConnection(Connection{
				Host: host, Chain: []*x509.Certificate{own.cert, middle.cert}, Roots: roots,
			}, now)
			want := Fail
			if c.mend == "" {
				want = OK
			}
			mustFind(t, got, "certificate", want, c.text, c.mend)
			if _, worst := Failures(got); want == Fail && worst != FaultUnavailable {
				t.Errorf("the fault is %v", worst)
			}
		})
	}
}

// mustFind fails the test unless a check came to a status, says both texts, and
// has a mend only where one is expected.
func mustFind(t *testing.T, all []Finding, check string, status Status, text, mend string) {
	t.Helper()
	for _, f := range all {
		if f.Check != check {
			continue
		}
		if f.Status != status || !strings.Contains(f.Text, text) || !strings.Contains(f.Mend, mend) {
			t.Errorf("%s is\n%s %s\n→ %s\nand not\n%s %s\n→ %s", check, f.Status, f.Text, f.Mend, status, text, mend)
		}
		if (mend == "") != (f.Mend == "") {
			t.Errorf("the mend of %s is %q", check, f.Mend)
		}
		return
	}
	t.Errorf("there is no %s among %+v", check, all)
}
