package headroom

import (
	"strings"

	"provkeys/client"
	"provkeys/tui/style"
)

// titles returns what each key is called in a sentence: by its name, else kind/name,
// else kind/id.
func titles(keys []Verdict) []string {
	shown := func(text string) string { return style.Truncate(plain(text), maxName) }
	return tellingApart(keys, func(k client.Key) []string {
		return []string{shown(k.Name), shown(string(k.Kind) + "/" + k.Name), shown(string(k.Kind) + "/" + string(k.ID))}
	})
}

// labels returns what each key is called in the performance data, whose reader takes two
// that are equal for one: kind/name, else kind/id.
func labels(keys []Verdict) []string {
	return tellingApart(keys, func(k client.Key) []string {
		return []string{perfLabel(string(k.Kind) + "/" + k.Name), perfLabel(string(k.Kind) + "/" + string(k.ID))}
	})
}

// tellingApart returns for each key the first of its spellings that no other key could
// have, too: that may be as long as a name is cut, or be called like another's id. The
// last, by the id, is for what is left and for a key without a name.
func tellingApart(keys []Verdict, spellings func(client.Key) []string) []string {
	all, shared := make([][]string, len(keys)), map[string]int{}
	for i, v := range keys {
		all[i] = spellings(v.Key)
		if strings.TrimSpace(v.Key.Name) == "" {
			all[i] = all[i][len(all[i])-1:]
		}
		for _, s := range all[i] {
			shared[s]++
		}
	}
	names := make([]string, 0, len(keys))
	for _, of := range all {
		for len(of) > 1 && shared[of[0]] > 1 {
			of = of[1:]
		}
		names = append(names, of[0])
	}
	return names
}
