package mockserver

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// FaultSyntax explains the line of a fault, for the help of commands.
const FaultSyntax = `A fault is [METHOD] [WHERE] [KIND] WHAT [HOW OFTEN], in any order:
  keys 503 p=0.2               * latency=50ms jitter=20ms
  PUT key cut=after count=1    SERVICE_EDGE_GRP 403
  storm p=0.2 seed=7           a mix of all that a client can recover from

METHOD     GET POST PUT DELETE, read or write (but not to sign in or out)
WHERE      keys (list and create), key (one), groups, connectors, certificates,
           microtenants, me, sign-in, sign-out, * for all; a path: /*/bulkDelete
KIND       CONNECTOR_GRP SERVICE_EDGE_GRP NP_ASSISTANT_GRP SITE_CONTROLLER_GRP
WHAT
  in place of the call, which is not done; with "done" it is done first:
           400 401 (drops the token) 403 409 429 500 502 503 504
           html, html=STATUS, hang; without "done" also refuse, cut=before
           id=CODE in the error; retry-after=TEXT as it is, A|B as two headers,
           none, date+30s, date-1h
  the call is done and its answer lost:
           cut=after, cut=headers, cut=body, cut=end (shorter than promised),
           cut=chunk (without an end)
  the call is done and its answer spoiled:
           truncated malformed empty endless bomb, trickle, trickle=TIME a byte,
           content-type=TYPE; total-pages=, total-count= a text, +N, -N or none;
           row=twice, row=gone between pages; other (another key's answer);
           clock=+3h (Date, and how long a token is said to live)
  before all that: latency=TIME, jitter=TIME
HOW OFTEN  after=N calls, count=N times, p=0.2 (how likely), seed=N (other luck)
`

const (
	// stormWord stands for the faults of Storm.
	stormWord = "storm"
	// stormRate is how many calls a storm strikes unless its line says so.
	stormRate  = 0.2
	datePrefix = "date"
)

// ParseFaults reads faults, each a line of its own as the package comment and
// FaultSyntax have it. The error says which line is wrong, and what would be right.
func ParseFaults(lines ...string) ([]Fault, error) {
	var list []Fault
	for _, line := range lines {
		words := strings.Fields(line)
		if len(words) > 0 && words[0] == stormWord {
			storm, err := parseStorm(words[1:])
			if err != nil {
				return nil, fmt.Errorf("fault %q: %w", line, err)
			}
			list = append(list, storm...)
			continue
		}
		f, err := parseFault(words)
		if err != nil {
			return nil, fmt.Errorf("fault %q: %w", line, err)
		}
		list = append(list, f)
	}
	return list, nil
}

func parseFault(words []string) (Fault, error) {
	var f Fault
	seen := map[string]bool{}
	for _, word := range words {
		what, err := f.take(word)
		if err != nil {
			return Fault{}, err
		}
		if seen[what] {
			return Fault{}, fmt.Errorf("%q comes after another %s: a fault has one", word, what)
		}
		seen[what] = true
	}
	return f, f.check()
}

func parseStorm(words []string) ([]Fault, error) {
	f := Fault{Chance: stormRate}
	for _, word := range words {
		name, value, _ := strings.Cut(word, "=")
		if name != "p" && name != "seed" {
			return nil, fmt.Errorf("%q does not go with storm: write storm p=0.2 seed=7", word)
		}
		if err := f.set(name, value); err != nil {
			return nil, err
		}
	}
	if err := checkChance(f.Chance); err != nil {
		return nil, err
	}
	return Storm(f.Seed, f.Chance), nil
}

// take puts one word into its field and returns what the word is.
func (f *Fault) take(word string) (what string, err error) {
	name, value, hasValue := strings.Cut(word, "=")
	switch {
	case word == "*":
		return "place", nil
	case isRoute(word):
		f.Route = word
		return "place", nil
	case slices.Contains(methods(), word):
		f.Method = word
		return "method", nil
	case slices.Contains(kinds(), word):
		f.Kind = word
		return "kind", nil
	case word == "done":
		f.Done = true
		return word, nil
	case slices.Contains(effects(), Effect(word)):
		f.Effect = Effect(word)
		return "effect", nil
	case hasValue && (Effect(name) == HTML || Effect(name) == Trickle):
		f.Effect = Effect(name)
		return "effect", f.set(name, value)
	case hasValue:
		return name, f.set(name, value)
	}
	if f.Status, err = strconv.Atoi(word); err != nil || f.Status < 100 {
		return "", unknownWord(word)
	}
	return "status", nil
}

// set gives a field what stands behind the equals sign.
func (f *Fault) set(name, value string) (err error) {
	if value == "" {
		return fmt.Errorf("a value is missing behind %s=", name)
	}
	switch name {
	case "html":
		f.Status, err = strconv.Atoi(value)
	case "after":
		f.After, err = strconv.Atoi(value)
	case "count":
		f.Count, err = atLeastOne(value)
	case "seed":
		f.Seed, err = strconv.ParseInt(value, 10, 64)
	case "p":
		f.Chance, err = strconv.ParseFloat(value, 64)
		if err == nil && f.Chance == 0 {
			return fmt.Errorf("with p=%s it never fires: leave the fault out", value)
		}
	case "trickle":
		f.Every, err = span(value)
	case "latency":
		f.Latency, err = span(value)
	case "jitter":
		f.Jitter, err = span(value)
	case "clock":
		f.Clock, err = span(value)
	case "id":
		f.Code = value
	case "retry-after":
		f.RetryAfter = value
	case "content-type":
		f.ContentType = value
	case "total-pages":
		f.TotalPages = value
	case "total-count":
		f.TotalCount = value
	case "cut", "row":
		return fmt.Errorf("%s=%s is no effect: it is one of %s", name, value, join(effectsNamed(name+"=")))
	default:
		return unknownWord(name + "=" + value)
	}
	if err != nil {
		return fmt.Errorf("%s=%s: write %s", name, value, rightValue(name))
	}
	return nil
}

// effectsNamed returns the effects whose words begin like this.
func effectsNamed(start string) []Effect {
	return slices.DeleteFunc(effects(), func(e Effect) bool { return !strings.HasPrefix(string(e), start) })
}

// rightValue is an example of what goes behind a name that does not take any text.
func rightValue(name string) string {
	switch name {
	case "html":
		return "a status, as in html=502"
	case "p":
		return "a number above 0, at most 1, as in p=0.2"
	case "after", "count", "seed":
		return "a whole number, as in " + name + "=3"
	default:
		return "a time other than 0, as in " + name + "=1500ms or " + name + "=3h"
	}
}

func unknownWord(word string) error {
	return fmt.Errorf("%q is no word of a fault; a fault is [METHOD] [WHERE] [KIND] WHAT [HOW OFTEN], as in "+
		"\"keys 503 p=0.2\" or \"PUT key cut=after count=1\"", word)
}

// span refuses 0, which would say nothing and be lost when the fault is written.
func span(value string) (time.Duration, error) {
	d, err := time.ParseDuration(value)
	if err == nil && d == 0 {
		err = strconv.ErrRange
	}
	return d, err
}

func atLeastOne(value string) (int, error) {
	n, err := strconv.Atoi(value)
	if err == nil && n < 1 {
		err = strconv.ErrRange
	}
	return n, err
}

// String returns the fault's line, which ParseFaults reads as the same fault.
func (f Fault) String() string {
	var words []string
	add := func(name, value string) {
		if value != "" {
			words = append(words, name+value)
		}
	}
	addNumber := func(name string, n float64, value string) {
		if n != 0 {
			add(name, value)
		}
	}
	addTime := func(name string, d time.Duration) { addNumber(name, float64(d), d.String()) }
	if f.Method == "" && f.Route == "" && f.Kind == "" {
		add("", "*")
	}
	add("", f.Method)
	add("", f.Route)
	add("", f.Kind)
	switch {
	case f.Effect == HTML && f.Status != 0:
		add("html=", strconv.Itoa(f.Status))
	case f.Effect == Trickle && f.Every != 0:
		add("trickle=", f.Every.String())
	default:
		addNumber("", float64(f.Status), strconv.Itoa(f.Status))
		add("", string(f.Effect))
	}
	if f.Done {
		add("", "done")
	}
	add("id=", f.Code)
	add("retry-after=", f.RetryAfter)
	add("content-type=", f.ContentType)
	add("total-pages=", f.TotalPages)
	add("total-count=", f.TotalCount)
	addTime("clock=", f.Clock)
	addTime("latency=", f.Latency)
	addTime("jitter=", f.Jitter)
	addNumber("after=", float64(f.After), strconv.Itoa(f.After))
	addNumber("count=", float64(f.Count), strconv.Itoa(f.Count))
	addNumber("p=", f.Chance, strconv.FormatFloat(f.Chance, 'g', -1, 64))
	addNumber("seed=", float64(f.Seed), strconv.FormatInt(f.Seed, 10))
	return strings.Join(words, " ")
}
