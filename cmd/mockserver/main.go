// Command mockserver serves the make-believe tenant of package mockserver on a
// loopback address, for demonstrations and tests, and prints what to put into
// the environment to reach it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"provkeys/mockserver"
)

const (
	exitDone  = 0
	exitError = 1
	exitUsage = 2

	// shutdownAfter is how long a call in progress may still take.
	shutdownAfter = time.Second

	faultCalls = `
While it runs, with a JSON list in place of the flags:
  curl -d '["keys 503 p=0.2"]' URL/mock/faults   sets these and no others
  curl URL/mock/faults                           how often each was met and fired
  curl -X DELETE URL/mock/faults                 clears them
  curl URL/mock/writes                           what was written, and what was answered
`
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run serves until the context ends and returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	s, err := parseFlags(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return exitDone
	}
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "mockserver:", err)
		return exitUsage
	}
	mock, err := mockserver.New(s.options)
	if err != nil {
		_, _ = fmt.Fprintln(stderr, "mockserver:", err)
		return exitUsage
	}
	if err := serve(ctx, mock, s, stdout); err != nil {
		_, _ = fmt.Fprintln(stderr, "mockserver:", err)
		return exitError
	}
	return exitDone
}

// settings are the flags, checked.
type settings struct {
	listen  *net.TCPAddr
	json    bool
	options mockserver.Options
}

func parseFlags(args []string, stderr io.Writer) (settings, error) {
	flags := flag.NewFlagSet("mockserver", flag.ContinueOnError)
	flags.SetOutput(stderr)
	listen := flags.String("listen", "127.0.0.1:0", "loopback `address` to listen on; port 0 takes a free one")
	keys := flags.Int("keys", 40, "`number` of provisioning keys, up to 100000")
	seed := flags.Int64("seed", 1, "`number` that chooses the tenant")
	latency := flags.Duration("latency", 0, "`time` before every answer")
	limit := flags.String("rate-limit", "on", "`on|off`: 20 reads and 10 writes in 10 seconds")
	life := flags.Duration("token-life", time.Hour, "`time` that a token is good for")
	publicKey := flags.String("public-key", "", "`file` with an RSA public key in PEM form, whose private key signs in to OneAPI too")
	var faults []string
	flags.Func("fault", "a `fault` such as 'keys 503 p=0.2', again for more; the words are below", func(line string) error {
		faults = append(faults, line)
		return nil
	})
	flags.Usage = func() {
		_, _ = fmt.Fprintln(stderr, "Usage of mockserver:")
		flags.PrintDefaults()
		_, _ = fmt.Fprint(stderr, "\n", mockserver.FaultSyntax, faultCalls)
	}
	asJSON := flags.Bool("json", false, "print one line of JSON instead of shell lines")
	if err := flags.Parse(args); err != nil {
		return settings{}, err
	}
	switch {
	case flags.NArg() > 0:
		return settings{}, fmt.Errorf("unexpected argument %q; -h lists the flags", flags.Arg(0))
	case *limit != "on" && *limit != "off":
		return settings{}, fmt.Errorf("--rate-limit must be on or off, not %q", *limit)
	case *keys < 1:
		return settings{}, fmt.Errorf("--keys must be at least 1, not %d", *keys)
	case *life < time.Second:
		return settings{}, fmt.Errorf("--token-life must be at least 1s, not %s", *life)
	}
	addr, err := loopback(*listen)
	if err != nil {
		return settings{}, err
	}
	key, err := readPublicKey(*publicKey)
	if err != nil {
		return settings{}, err
	}
	list, err := mockserver.ParseFaults(faults...)
	if err != nil {
		return settings{}, fmt.Errorf("--%w; -h lists the words", err)
	}
	return settings{listen: addr, json: *asJSON, options: mockserver.Options{
		Seed: *seed, Keys: *keys, Latency: *latency, RateLimit: *limit == "on", TokenLife: *life, PublicKey: key,
		Faults: list,
	}}, nil
}

// readPublicKey returns what the file holds, nil when none is named.
func readPublicKey(path string) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("--public-key: %w; \"openssl pkey -in PRIVATE -pubout -out PUBLIC\" writes one", err)
	}
	return text, nil
}

// loopback refuses any other address: the mock speaks plain HTTP and prints
// its credentials, and clients send a secret without TLS to loopback only.
func loopback(listen string) (*net.TCPAddr, error) {
	addr, err := net.ResolveTCPAddr("tcp", listen)
	if err != nil {
		return nil, fmt.Errorf("--listen %s: %w", listen, err)
	}
	if !addr.IP.IsLoopback() {
		return nil, fmt.Errorf("--listen %s is not a loopback address: the mock speaks plain HTTP and "+
			"is for this machine only; use 127.0.0.1:PORT", listen)
	}
	return addr, nil
}

func serve(ctx context.Context, mock *mockserver.Server, s settings, stdout io.Writer) error {
	listener, err := net.ListenTCP("tcp", s.listen)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	server := &http.Server{
		Handler:           mock,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      s.options.Latency + 30*time.Second,
		IdleTimeout:       time.Minute,
		// A log of broken connections would only spoil the lines to paste.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	if err := announce(stdout, "http://"+listener.Addr().String(), mock.Credentials(), s.json); err != nil {
		_ = server.Close()
		return fmt.Errorf("print the address: %w", err)
	}
	select {
	case err := <-done:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownAfter)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		// Whoever still hangs on after the grace is cut off; that is no failure.
		_ = server.Close()
	}
	if err := <-done; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// announcement is the line that --json prints.
type announcement struct {
	URL          string `json:"url"`
	TokenURL     string `json:"token_url"`
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
	CustomerID   string `json:"customer_id"`
	Vanity       string `json:"vanity"`
}

// announce prints how to reach the mock. Of the two front doors only one may
// be in the environment, so the OneAPI lines are commented out.
func announce(w io.Writer, url string, c mockserver.Credentials, asJSON bool) error {
	a := announcement{
		URL: url, TokenURL: url + "/oauth2/v1/token", ClientID: c.ClientID,
		ClientSecret: c.ClientSecret, CustomerID: c.CustomerID, Vanity: c.Vanity,
	}
	if asJSON {
		return json.NewEncoder(w).Encode(a)
	}
	_, err := fmt.Fprintf(w, `# mock server on %[1]s, ctrl+c stops it; paste into another shell:
export ZPA_CLIENT_ID=%[3]s
export ZPA_CLIENT_SECRET=%[4]s
export ZPA_CUSTOMER_ID=%[5]s
export PROVKEYS_BASE_URL=%[1]s
# or, instead of ZPA_CLIENT_ID and ZPA_CLIENT_SECRET, by way of OneAPI:
# export ZSCALER_CLIENT_ID=%[3]s
# export ZSCALER_CLIENT_SECRET=%[4]s
# export ZSCALER_VANITY_DOMAIN=%[6]s
# export ZPA_CUSTOMER_ID=%[5]s
# export PROVKEYS_BASE_URL=%[1]s
# export PROVKEYS_TOKEN_URL=%[2]s
`, a.URL, a.TokenURL, a.ClientID, a.ClientSecret, a.CustomerID, a.Vanity)
	return err
}
