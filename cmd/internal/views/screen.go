package views

import (
	"path/filepath"

	"github.com/goccy/go-yaml"

	"provkeys/client/catalog"
	"provkeys/cmd/internal/store"
)

// ScreenFile is the name of the console's memory in the state folder.
const ScreenFile = "screen.yaml"

// Screens is what the console remembers of its table, profile by profile.
type Screens struct {
	Dir string // the state folder, which may not exist yet
}

// screens is the file. Nobody is meant to write it by hand.
type screens struct {
	Profiles map[string]screen `yaml:"profiles"`
}

type screen struct {
	Sort      string `yaml:"sort,omitempty"`
	Reverse   bool   `yaml:"reverse,omitempty"`
	Columns   string `yaml:"columns,omitempty"`
	HiddenBar bool   `yaml:"filter_bar_hidden,omitempty"`
}

// Load returns what is remembered for a profile, "" for the one without a name. A
// file that cannot be read counts as none, and so does a word that is not known:
// nothing of it is worth a message.
func (s Screens) Load(profile string) catalog.Screen {
	data, err := read(filepath.Join(s.Dir, ScreenFile))
	if err != nil {
		return catalog.Screen{}
	}
	held := decodeScreens(data).Profiles[profile]
	shown := catalog.Screen{Reverse: held.Reverse, FilterBarHidden: held.HiddenBar}
	if shown.Sort, err = catalog.ParseSort(held.Sort); err != nil {
		shown.Reverse = false
	}
	// Without an error it is nil, which is the default.
	shown.Columns, _ = catalog.ParseLayout(held.Columns)
	return shown
}

// Save remembers it for a profile. A file that cannot be read begins anew.
func (s Screens) Save(profile string, shown catalog.Screen) error {
	return store.Rewrite(s.Dir, ScreenFile, func(old []byte) ([]byte, error) {
		all := decodeScreens(old)
		if all.Profiles == nil {
			all.Profiles = map[string]screen{}
		}
		all.Profiles[profile] = screen{shown.Sort.String(), shown.Reverse, shown.Columns.String(), shown.FilterBarHidden}
		return yaml.Marshal(all)
	})
}

func decodeScreens(data []byte) screens {
	var all screens
	if yaml.Unmarshal(data, &all) != nil {
		return screens{}
	}
	return all
}
