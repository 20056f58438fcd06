package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/cmd/internal/config"
	"provkeys/mockserver"
	"provkeys/tui"
)

const (
	// demoEnrolEvery is how often a connector enrols in a demonstration.
	demoEnrolEvery = 6 * time.Second
	// demoRefresh shows the enrolments soon after they happen.
	demoRefresh = 10 * time.Second
	// demoLatency is that of a tenant on the same continent.
	demoLatency = 60 * time.Millisecond
	demoKeys    = 40
	// demoAddress is never dialled: the mock answers in memory.
	demoAddress = "http://127.0.0.1"
)

// demoOptions are what "demo" was asked for.
type demoOptions struct {
	keys  int
	seed  int64
	still bool
}

func newDemoCommand(a *app) *cobra.Command {
	var o demoOptions
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Try the console without a tenant",
		Long: `demo starts the console against a mock server inside this process. It needs no
account and no network; profiles and credentials are ignored, and nothing it
shows is a real key. Now and then a connector enrols, so that uses move and keys
get used up.`,
		Example: `  provkeys demo
  provkeys demo --keys 3000 --seed 7
  provkeys demo --still                     no enrolments: the same picture every time`,
		Args: exactArgs(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !a.isTerminal(stdin) || !a.isTerminal(stdout) {
				return usageFault("for scripts there is the mockserver command", "the demonstration needs a terminal")
			}
			if err := a.drawable(); err != nil {
				return err
			}
			return runDemo(cmd.Context(), a, o)
		},
	}
	cmd.Flags().IntVar(&o.keys, "keys", demoKeys, "`number` of keys, 1 to 100000")
	cmd.Flags().Int64Var(&o.seed, "seed", 1, "`number` that decides what the tenant looks like")
	cmd.Flags().BoolVar(&o.still, "still", false, "no enrolments: uses do not move by themselves")
	return cmd
}

func runDemo(ctx context.Context, a *app, o demoOptions) error {
	settings, err := config.LoadSettings(a.global.config, a.env)
	if err != nil {
		return err
	}
	if o.keys == 0 {
		return usageFault("such as provkeys demo --keys 40", "a demonstration without keys shows nothing")
	}
	waits := newWaits()
	s, err := a.demonstration(o, waits)
	if err != nil {
		return err
	}
	settings.Refresh = min(settings.Refresh, demoRefresh)
	return a.showConsole(ctx, tui.Deps{Waits: waits}, s, settings, tui.Options{InForce: s.InForce})
}

// demonstration begins a mock, and enrolments in it unless they are unwanted.
func (a *app) demonstration(o demoOptions, waits waits) (tui.Session, error) {
	facts, err := config.SettingsInForce(a.global.config, a.env)
	if err != nil {
		return tui.Session{}, err
	}
	mock, err := mockserver.New(mockserver.Options{Seed: o.seed, Keys: o.keys, RateLimit: true, Latency: demoLatency})
	if err != nil {
		return tui.Session{}, usageFault("such as provkeys demo --keys 40", "%v", err)
	}
	credentials := mock.Credentials()
	endpoints, err := client.Address{BaseURL: demoAddress}.Endpoints(client.Legacy)
	if err != nil {
		return tui.Session{}, err
	}
	api, err := a.clientOver(config.Profile{
		Door:         client.Legacy,
		ClientID:     credentials.ClientID,
		ClientSecret: client.NewSecret(credentials.ClientSecret),
		CustomerID:   credentials.CustomerID,
		Source:       "the demonstration",
	}, client.Config{Endpoints: endpoints, Transport: mock.Transport(), OnWait: waits.tell})
	if err != nil {
		return tui.Session{}, err
	}
	// It ends with the session, which outlives the call that began it.
	ctx, end := context.WithCancel(context.Background())
	if !o.still {
		go enrol(ctx, mock)
	}
	return tui.Session{
		Client: api, Tenant: "demonstration · mock.example", Customer: credentials.CustomerID,
		Demo: true, ReadOnly: a.global.config.ReadOnly, Close: end, InForce: inForce(facts),
	}, nil
}

// enrol lets a connector enrol now and then, as long as a key has a use left.
func enrol(ctx context.Context, mock *mockserver.Server) {
	every := time.NewTicker(demoEnrolEvery)
	defer every.Stop()
	for {
		select {
		case <-every.C:
			// Without a use left nobody enrols until a key is raised.
			_, _ = mock.EnrolNext()
		case <-ctx.Done():
			return
		}
	}
}
