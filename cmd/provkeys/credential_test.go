package main

import (
	"context"
	"testing"
)

func TestWaitForACredentialEndsWithTheTimeLimitAndWithAnInterrupt(t *testing.T) {
	t.Parallel()
	for _, line := range [][]string{{"list"}, {"get", okKey}, {"set-max", okKey, "+1"}, {"inspect", "--profile", "lab", "-"}} {
		f, _, _ := newcomer(t)
		f.in = "3|mock.example|fake"
		f.writeHome(".config/provkeys/config.yaml", "profiles:\n  lab: {customer_id: '1', client_id: i, client_secret: 'keyring:lab'}\n")
		locked := f.app()
		locked.env.Keyring = func(ctx context.Context, _ string) (string, error) {
			<-ctx.Done()
			return "", ctx.Err()
		}
		if got := locked.run(t.Context(), append([]string{"--timeout", "1ms"}, line...)); got != int(exitUnavailable) {
			t.Errorf("%v: exit %d at the time limit: %s", line, got, f.err.String())
		}
		f.mustTell("not done within 1ms")

		f.err.Reset()
		ctx, interrupt := context.WithCancel(t.Context())
		interrupted := f.app()
		interrupted.env.Keyring = func(ctx context.Context, _ string) (string, error) {
			interrupt()
			<-ctx.Done()
			return "", ctx.Err()
		}
		if got := interrupted.run(ctx, line); got != int(exitInterrupted) {
			t.Errorf("%v: exit %d after an interrupt: %s", line, got, f.err.String())
		}
	}
}
