package tui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/tui/style"
)

// setting is one of a person's wishes that can change while the console runs.
type setting struct {
	name   string
	values []string // what is offered for it
	value  func(*Model) string
	// change takes another value, or says how one is written.
	change func(m *Model, value string) (why string)
}

// settings returns those there are, under their names in the configuration.
func settings() []setting {
	return []setting{
		{
			name: "refresh", values: []string{"10s", "30s", "1m", "0"}, change: (*Model).setRefresh,
			value: func(m *Model) string { return typedSpan(m.opts.Refresh) },
		},
		{
			name: "near", values: []string{"80%", "90%", "5 left"}, change: (*Model).setNear,
			value: func(m *Model) string { return m.opts.Near.String() },
		},
		{
			name: "theme", values: themeWords(), change: (*Model).setTheme,
			value: func(m *Model) string { return m.opts.Theme.String() },
		},
		toggle("mouse", func(o *Options) *bool { return &o.Mouse }),
		toggle("plain", func(o *Options) *bool { return &o.Plain }),
		toggle("ascii", func(o *Options) *bool { return &o.ASCII }),
	}
}

// toggle is a setting that is on or off.
func toggle(name string, of func(*Options) *bool) setting {
	return setting{
		name: name, values: []string{"true", "false"},
		value: func(m *Model) string { return strconv.FormatBool(*of(&m.opts)) },
		change: func(m *Model, value string) string {
			on, err := strconv.ParseBool(value)
			if err != nil {
				return "It is true or false."
			}
			*of(&m.opts) = on
			m.theme = m.opts.theme(m.dark)
			return ""
		},
	}
}

// settingChoices returns every setting with the values that are offered for it.
func settingChoices(*Model, string) []string {
	var words []string
	for _, s := range settings() {
		for _, value := range s.values {
			words = append(words, s.name+" "+value)
		}
	}
	return words
}

// set changes a setting, or lists them all.
func (m *Model) set(argument string) (cmd tea.Cmd, why string) {
	if argument == "" {
		var all []string
		for _, s := range settings() {
			all = append(all, s.name+" "+s.value(m))
		}
		return m.say(toneInfo, strings.Join(all, " "+m.theme.Glyphs.Separator+" ")), ""
	}
	name, value, _ := strings.Cut(argument, " ")
	var names []string
	for _, s := range settings() {
		names = append(names, s.name)
		if s.name != name {
			continue
		}
		if value = strings.TrimSpace(value); value != "" {
			if why := s.change(m, value); why != "" {
				return nil, why
			}
			m.opts.InForce = setHere(m.opts.InForce, name, s.value(m))
		}
		return m.say(toneInfo, s.name+" is "+s.value(m)+"."), ""
	}
	return nil, fmt.Sprintf("That cannot be set here: what can is %s.", orList(names))
}

// fromHere is where a setting comes from that was changed in the console.
const fromHere = "set here, until the console is left"

// keptHere returns the configuration of another tenant, in which what was set here
// stays as it is.
func keptHere(before, facts []Fact) []Fact {
	for _, f := range before {
		if f.From == fromHere {
			facts = setHere(facts, f.Name, f.Value)
		}
	}
	return facts
}

// setHere returns the facts with one that was changed in the console.
func setHere(facts []Fact, name, value string) []Fact {
	set := Fact{name, value, fromHere}
	facts = slices.Clone(facts)
	if i := slices.IndexFunc(facts, func(f Fact) bool { return f.Name == name }); i >= 0 {
		facts[i] = set
		return facts
	}
	return append(facts, set)
}

// leastRefresh is how often the backend may be asked by itself.
const leastRefresh = 5 * time.Second

func (m *Model) setRefresh(value string) (why string) {
	every, err := time.ParseDuration(value)
	if err != nil || every < 0 || every > 0 && every < leastRefresh {
		return "Type a time of at least 5 seconds, such as 30s or 2m, or 0 for never."
	}
	m.opts.Refresh = every
	m.loads.retime(every, m.now)
	return ""
}

func (m *Model) setNear(value string) (why string) {
	near, err := client.ParseThreshold(value)
	if err != nil {
		return "Type a share such as 80%, or a number of uses such as 5 left."
	}
	m.opts.Near = near
	m.reselectPage()
	return ""
}

func themeWords() []string {
	var words []string
	for mode := style.ModeAuto; mode <= style.ModeMono; mode++ {
		words = append(words, mode.String())
	}
	return words
}

func (m *Model) setTheme(value string) (why string) {
	mode, err := style.ParseMode(value)
	if err != nil || !slices.Contains(themeWords(), value) {
		return fmt.Sprintf("The theme is %s.", orList(themeWords()))
	}
	m.opts.Theme = mode
	m.theme = m.opts.theme(m.dark)
	return ""
}

// typedSpan returns a length of time as it is typed, "0" for none.
func typedSpan(d time.Duration) string {
	if d == 0 {
		return "0"
	}
	// 2m0s is 2m, and 1h0m0s is 1h.
	text := strings.Replace(d.String(), "m0s", "m", 1)
	return strings.Replace(text, "h0m", "h", 1)
}
