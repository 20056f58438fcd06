package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/cmd/internal/config"
	"provkeys/cmd/internal/names"
	"provkeys/cmd/internal/store"
)

// namesOf returns the names that are kept of a profile's tenant; nil where there is no
// place for them.
func (a *app) namesOf(p config.Profile) *names.Cache {
	at, err := p.Address.Endpoints(p.Door)
	if err != nil {
		return nil
	}
	dir, err := store.Dir(a.variableSet, a.env.Home)
	if err != nil {
		return nil
	}
	return names.New(dir, names.Tenant{Address: at.API, Customer: p.CustomerID, Microtenant: p.Microtenant})
}

// rememberNames has the names in everything that a client lists kept. Where that
// fails completing alone suffers, which is not worth a word.
func rememberNames(cache *names.Cache, cfg *client.Config) {
	cfg.OnKeys = func(kind client.Kind, keys []client.Key) { _ = cache.KeepKeys(kind, keys) }
	cfg.OnGroups = func(kind client.Kind, groups []client.Group) { _ = cache.KeepGroups(kind, groups) }
	cfg.OnCertificates = func(certificates []client.Certificate) { _ = cache.KeepCertificates(certificates) }
}

// known returns the names of the tenant that the command line is for, as far as it is
// typed. A configuration that cannot be used has none.
func (c *completer) known() names.Names {
	cfg, err := config.Identify(c.app.global.config, c.app.env)
	if err != nil {
		return names.Names{}
	}
	c.ascii = cfg.Settings.ASCII
	cache := c.app.namesOf(cfg.Profile)
	if cache == nil {
		return names.Names{}
	}
	return cache.Names()
}

// keys completes a NAME, given those before it. A name that keys of several kinds have
// is offered with its kind, as everything is once a kind was typed.
func (c *completer) keys(_ *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	known := c.known()
	count := map[string]int{}
	for _, kind := range client.Kinds() {
		for _, e := range known.Keys(kind) {
			count[e.Name]++
		}
	}
	var offered []string
	for _, kind := range client.Kinds() {
		prefix := string(kind) + "/"
		for _, e := range known.Keys(kind) {
			if e.ID == "" && (count[e.Name] > 1 || strings.HasPrefix(begun, prefix)) {
				e.Name = prefix + e.Name
			}
			if !slices.Contains(args, e.Name) {
				offered = append(offered, c.offer(e, kind.Title()))
			}
		}
	}
	return begunWith(offered, begun), cobra.ShellCompDirectiveNoFileComp
}

// groups completes the group of a new key, of the kind that was given or of any.
func (c *completer) groups(cmd *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	kinds := client.Kinds()
	if f := cmd.Flags().Lookup("kind"); f != nil && f.Changed {
		kinds = []client.Kind{client.Kind(f.Value.String())}
	}
	known := c.known()
	var offered []string
	for _, kind := range kinds {
		for _, e := range known.Groups(kind) {
			offered = append(offered, c.offer(e, kind.Title()))
		}
	}
	return begunWith(offered, begun), cobra.ShellCompDirectiveNoFileComp
}

// certificates completes a signing certificate.
func (c *completer) certificates(_ *cobra.Command, _ []string, begun string) ([]string, cobra.ShellCompDirective) {
	var offered []string
	for _, e := range c.known().Certificates() {
		offered = append(offered, c.offer(e, ""))
	}
	return begunWith(offered, begun), cobra.ShellCompDirectiveNoFileComp
}

// offer returns what a shell inserts for an entry, and what it says about it: the id
// where the name is no good, "" where bash would break the name of this locale up.
func (c *completer) offer(e names.Entry, about string) string {
	word := e.Name
	if e.ID != "" {
		word, about = e.ID, strings.TrimSuffix(e.Name+", "+about, ", ")
	} else if c.ascii && strings.ContainsFunc(word, func(r rune) bool { return r > '~' }) {
		return ""
	}
	return cobra.CompletionWithDesc(word, about)
}
