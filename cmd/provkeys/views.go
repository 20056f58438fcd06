package main

import (
	"slices"
	"strconv"
	"strings"

	"provkeys/client/catalog"
	"provkeys/cmd/internal/config"
	"provkeys/cmd/internal/views"
)

// savedViews returns the views of the configuration folder.
func (a *app) savedViews() (views.Views, error) {
	dir, err := config.Dir(a.env)
	if err != nil {
		return views.Views{}, usageFault("provkeys list --help shows how to filter without a view", "%v", err)
	}
	return views.Views{Dir: dir}, nil
}

// savedView returns the view that --view names; no name is the zero view.
func (a *app) savedView(name string) (catalog.View, error) {
	if name == "" {
		return catalog.View{}, nil
	}
	held, err := a.savedViews()
	if err != nil {
		return catalog.View{}, err
	}
	saved, err := held.List()
	if err != nil {
		return catalog.View{}, usageFault("correct the file, or leave --view out", "the views cannot be read: %v", err)
	}
	at := slices.IndexFunc(saved, func(s catalog.Saved) bool { return s.Name == name })
	if at < 0 {
		hint := otherViews(saved)
		if a.global.config.Config != "" || a.variable("PROVKEYS_CONFIG") != "" {
			hint += "; --config does not move the views, which are in " + held.Path()
		}
		return catalog.View{}, usageFault(hint, "there is no view %q", name)
	}
	if err := saved[at].Fault; err != nil {
		return catalog.View{}, usageFault("correct it in "+held.Path(), "the view %q cannot be shown: %v", name, err)
	}
	return saved[at].View, nil
}

// otherViews says which views there are.
func otherViews(saved []catalog.Saved) string {
	if len(saved) == 0 {
		return "none is saved yet: v saves one in the console"
	}
	names := make([]string, 0, len(saved))
	for _, s := range saved {
		names = append(names, strconv.Quote(s.Name))
	}
	return "use one of " + strings.Join(names, ", ")
}
