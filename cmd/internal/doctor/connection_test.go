package doctor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"provkeys/client"
)

// listener is a server of a test that counts what it is sent.
type listener struct {
	*httptest.Server
	requests atomic.Int32
}

// listen starts a server; over TLS with a certificate for 127.0.0.1, where cert
// is not nil.
func listen(t *testing.T, cert *signer, answer http.HandlerFunc) *listener {
	t.Helper()
	l := &listener{}
	l.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.requests.Add(1)
		if answer != nil {
			answer(w, r)
		}
	}))
	l.Config.ErrorLog = log.New(io.Discard, "", 0)
	if cert == nil {
		l.Start()
	} else {
		l.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{cert.cert.Raw}, PrivateKey: cert.key}}}
		l.StartTLS()
	}
	t.Cleanup(l.Close)
	return l
}

// address parses one that is https whatever the server speaks.
func address(t *testing.T, host string) *url.URL {
	t.Helper()
	u, err := url.Parse("https://" + host)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// transport is that of real tenants, by way of a proxy where via is not "".
func transport(t *testing.T, via string) *http.Transport {
	t.Helper()
	tr, err := client.NewTransport(nil)
	if err != nil {
		t.Fatal(err)
	}
	tr.Proxy = nil
	if via != "" {
		u, err := url.Parse(via)
		if err != nil {
			t.Fatal(err)
		}
		tr.Proxy = http.ProxyURL(u)
	}
	return tr
}

func TestAConnectionIsLookedAtAndNothingIsSent(t *testing.T) {
	t.Parallel()
	root := sign(t, "Interceptor", sound, nil)
	server := listen(t, sign(t, "own", sound, root, "config.mock.example"), nil)
	c := Connect(t.Context(), transport(t, ""), address(t, server.Listener.Addr().String()))
	mustFind(t, CheckConnection(c, now), "certificate", Fail, `signed by "Interceptor"`, "ca_file:")
	if n := server.requests.Load(); n != 0 {
		t.Errorf("%d requests arrived", n)
	}
}

func TestAConnectionGoesThroughTheProxy(t *testing.T) {
	t.Parallel()
	root := sign(t, "Root", sound, nil)
	server := listen(t, sign(t, "own", sound, root, "config.mock.example"), nil)
	proxy := listen(t, nil, func(w http.ResponseWriter, r *http.Request) {
		here, _, err := http.NewResponseController(w).Hijack()
		if err != nil || r.Method != http.MethodConnect {
			return
		}
		there, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			return
		}
		_, _ = io.WriteString(here, "HTTP/1.1 200 OK\r\n\r\n")
		go func() { _, _ = io.Copy(there, here); _ = there.Close() }()
		_, _ = io.Copy(here, there)
		_ = here.Close()
	})
	tr := transport(t, "http://jo:a-proxy-canary@"+proxy.Listener.Addr().String())
	tr.TLSClientConfig.RootCAs = x509.NewCertPool()
	tr.TLSClientConfig.RootCAs.AddCert(root.cert)
	c := Connect(t.Context(), tr, address(t, "config.mock.example:443"))
	mustFind(t, CheckConnection(c, now), "certificate", OK, "config.mock.example through http://••••@127.0.0.1", "")
	if n := server.requests.Load(); n != 0 {
		t.Errorf("%d requests arrived", n)
	}
}

func TestAProxyThatIsNotTrustedGetsNoPassword(t *testing.T) {
	t.Parallel()
	root := sign(t, "Root", life{1000 * dayLong, 1000 * dayLong}, nil)
	proxy := listen(t, sign(t, "proxy", life{1000 * dayLong, 1000 * dayLong}, root, "other.mock.example"), nil)
	tr := transport(t, "https://jo:a-proxy-canary@"+proxy.Listener.Addr().String())
	tr.TLSClientConfig.RootCAs = x509.NewCertPool()
	tr.TLSClientConfig.RootCAs.AddCert(root.cert)
	c := Connect(t.Context(), tr, address(t, "config.mock.example:443"))
	mustFind(t, CheckConnection(c, now), "connection", Fail, "no connection to config.mock.example through https://••••@127.0.0.1", "HTTPS_PROXY")
	if n := proxy.requests.Load(); n != 0 {
		t.Errorf("%d requests arrived", n)
	}
}

func TestWhyThereIsNoConnection(t *testing.T) {
	t.Parallel()
	refusing := func(status int) *listener {
		return listen(t, nil, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
	}
	ask, forbid, plain := refusing(http.StatusProxyAuthRequired), refusing(http.StatusForbidden), listen(t, nil, nil)
	closed := listen(t, nil, nil)
	closed.Close()
	for name, c := range map[string]struct {
		via, host, text, mend string
	}{
		"proxy asks":    {ask.URL, "config.mock.example:443", "asks for a user and a password (407)", "HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT"},
		"proxy forbids": {forbid.URL, "config.mock.example:443", "refuses to connect to config.mock.example (403)", "NO_PROXY"},
		"no TLS":        {"", plain.Listener.Addr().String(), "something that is not TLS", "HTTPS_PROXY"},
		"closed":        {"", closed.Listener.Addr().String(), "no connection to 127.0.0.1", "firewall"},
	} {
		t.Run(name, func(t *testing.T) {
			got := CheckConnection(Connect(t.Context(), transport(t, c.via), address(t, c.host)), now)
			mustFind(t, got, "connection", Fail, c.text, c.mend)
			if _, worst := Failures(got); worst != FaultUnavailable {
				t.Errorf("the fault is %v", worst)
			}
		})
	}
}

func TestWhatTheNetworkSaysInWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		text string
	}{
		{&net.DNSError{Err: "no such host", Name: "config.mock.example", IsNotFound: true}, "the name config.mock.example cannot be resolved"},
		{context.DeadlineExceeded, "does not answer within 10s"},
		{errors.New("network is unreachable"), "network is unreachable"},
	} {
		mustFind(t, CheckConnection(Connection{Host: "config.mock.example", Err: c.err}, now), "connection", Fail, c.text, "HTTPS_PROXY")
	}
}

func TestAClockIsJudgedByTheServers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ahead  time.Duration // of the server
		status Status
		text   string
		mend   string
	}{
		{0, OK, "within 1s", ""},
		{-time.Minute, OK, "within 1m", ""},
		{3 * time.Minute, Warn, "is 3m0s behind the server's", "timedatectl"},
		{10 * time.Minute, Fail, "is 10m0s behind the server's", "chronyc"},
		{-10 * time.Minute, Fail, "is 10m0s ahead of the server's", "chronyc"},
	} {
		// The server wrote its date half a second, on average, into the second, in
		// the middle of the two that the answer took.
		s := Sample{Server: now.Add(c.ahead), Here: now.Add(1500 * time.Millisecond), Took: 2 * time.Second}
		mustFind(t, CheckClock(s, "linux"), "clock", c.status, c.text, c.mend)
	}
	mustFind(t, CheckClock(Sample{}, "linux"), "clock", Note, "no answer", "")
}

func TestTheQuickestAnswerTellsTheTime(t *testing.T) {
	t.Parallel()
	clock := now
	w := &Watch{Now: func() time.Time { return clock }}
	answer := func(took time.Duration, header http.Header, err error) {
		w.Next = answering(func() (*http.Response, error) {
			clock = clock.Add(took)
			return &http.Response{StatusCode: http.StatusForbidden, Header: header, Body: http.NoBody}, err
		})
		resp, err := w.RoundTrip(httptest.NewRequest(http.MethodGet, "/", nil))
		if err == nil {
			_ = resp.Body.Close()
		}
	}
	date := func(at time.Time) http.Header { return http.Header{"Date": {at.Format(http.TimeFormat)}} }
	answer(time.Second, date(now), nil)
	page := date(now.Add(time.Hour))
	page.Set("Content-Type", "text/html; charset=utf-8")
	answer(3*time.Second, page, nil)
	if last := w.Last(); !last.Page || last.Status != http.StatusForbidden {
		t.Errorf("the page is taken for %+v", last)
	}
	if s := w.Sample(); !s.Server.Equal(now) || s.Took != time.Second {
		t.Errorf("the sample is %+v", s)
	}
	answer(time.Second, nil, io.ErrUnexpectedEOF)
	if last := w.Last(); last != (Answer{}) {
		t.Errorf("without an answer the last one is %+v", last)
	}
}

type answering func() (*http.Response, error)

func (f answering) RoundTrip(*http.Request) (*http.Response, error) { return f() }
