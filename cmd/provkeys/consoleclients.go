package main

import (
	"sync"

	"provkeys/client"
	"provkeys/cmd/internal/config"
)

// consoleClients are the clients of a console's tenants. One that comes back is the
// same as before: it knows whether its sign-in was refused, which is never sent again
// by itself.
type consoleClients struct {
	mu   sync.Mutex
	held []heldClient
}

type heldClient struct {
	profile config.Profile
	api     *client.Client
}

// of returns the client of a profile; fresh makes one where there is none, or where
// the profile says something else now.
func (c *consoleClients) of(p config.Profile, fresh func() (*client.Client, error)) (*client.Client, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, h := range c.held {
		if sameTenant(h.profile, p) {
			return h.api, nil
		}
	}
	api, err := fresh()
	if err == nil {
		c.held = append(c.held, heldClient{p, api})
	}
	return api, err
}

// sameTenant reports whether two profiles sign in to one tenant as one client.
func sameTenant(a, b config.Profile) bool {
	return a.Door == b.Door && a.Address == b.Address && a.CustomerID == b.CustomerID && a.Microtenant == b.Microtenant &&
		a.ClientID == b.ClientID && a.CAFile == b.CAFile && a.ClientSecret.Equal(b.ClientSecret) && a.PrivateKey.Equal(b.PrivateKey)
}
