package tui

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// completions returns what a line may become: what begins with it, then what holds
// it.
func (m *Model) completions(line string) []offer {
	line = strings.TrimLeft(line, " ")
	word, argument, behind := strings.Cut(line, " ")
	if !behind {
		return m.wordOffers(word)
	}
	c, ok := commandNamed(word)
	if !ok || c.offers == nil {
		return nil
	}
	var offers []offer
	argument = strings.TrimLeft(argument, " ")
	for _, text := range fitting(c.offers(m, argument), argument) {
		offers = append(offers, offer{text: c.word + " " + text, shown: text, does: c.does})
	}
	return offers
}

// wordOffers returns the commands and actions that a word may become.
func (m *Model) wordOffers(word string) []offer {
	does := map[string]string{}
	for _, b := range m.keymap.all {
		if !b.write || !m.opts.ReadOnly {
			does[string(b.action)] = b.does
		}
	}
	takes := map[string]bool{}
	for _, c := range commands() {
		takes[c.word] = true
		if does[c.word] == "" {
			does[c.word] = c.does
		}
	}
	var offers []offer
	for _, text := range fitting(m.words(), word) {
		o := offer{text: text, shown: text, does: does[text]}
		if takes[text] {
			o.text += " "
		}
		offers = append(offers, o)
	}
	return offers
}

// fitting returns the words that begin with a text, then those that hold it, each in
// their order, whatever the case.
func fitting(words []string, text string) []string {
	text = strings.ToLower(text)
	var first, then []string
	for _, w := range words {
		switch low := strings.ToLower(w); {
		case strings.HasPrefix(low, text):
			first = append(first, w)
		case strings.Contains(low, text):
			then = append(then, w)
		}
	}
	return append(first, then...)
}

// nearest returns the words that a person may have meant: what holds the text, and
// what one slip of the finger makes of it, or two in a longer one, the nearest first.
func nearest(words []string, text string) []string {
	const most, longest = 3, 32
	if utf8.RuneCountInString(text) > longest {
		return nil // that is no word
	}
	allowed := 1
	if utf8.RuneCountInString(text) > 4 {
		allowed = 2
	}
	slips := map[string]int{}
	var near []string
	for _, w := range words {
		n := distance(w, text)
		if utf8.RuneCountInString(text) > 2 && strings.Contains(w, text) {
			n = min(n, 1)
		}
		if n <= allowed && n < utf8.RuneCountInString(text) {
			near, slips[w] = append(near, w), n
		}
	}
	slices.SortStableFunc(near, func(a, b string) int { return slips[a] - slips[b] })
	return near[:min(len(near), most)]
}

// distance returns how many characters must be put in, left out, replaced or swapped
// with their neighbour to make one word of another.
func distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	// rows[i][j] is the distance of the first i characters from the first j.
	rows := make([][]int, len(from)+1)
	for i := range rows {
		rows[i] = make([]int, len(to)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(from); i++ {
		for j := 1; j <= len(to); j++ {
			cost := 1
			if from[i-1] == to[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && from[i-1] == to[j-2] && from[i-2] == to[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(from)][len(to)]
}
