package keytext

import "strings"

const (
	// originReach is how far into a line the name of what wrote it is looked for:
	// behind a time, a machine's name and what a container tool puts in front.
	originReach = 256
	// longestName is how much of a machine's or a process' name is kept: Linux
	// has no longer one.
	longestName = 64
)

// origin finds who wrote a line: the process as "name[1234]", or as "name" where
// no number is told, and the machine that a journal names before the process, or
// the container that a tool names first of all.
func origin(line string) (source, process string) {
	if strings.HasPrefix(line, "{") {
		if source, process = entryOrigin(line); source != "" || process != "" {
			return source, process
		}
	}
	head := line[:min(len(line), originReach)]
	source = container(head)
	name, end := numbered(head)
	if name == end {
		name, end = unnumbered(head)
	}
	if source == "" && name < end {
		source = machine(head[:name])
	}
	return source, head[name:end]
}

// numbered returns where "name[1234]" before a colon begins and ends, the same
// twice where it is not there.
func numbered(head string) (name, behind int) {
	for from := 0; ; {
		end := strings.Index(head[from:], "]:")
		if end < 0 {
			return 0, 0
		}
		end += from
		from = end + 2
		start := beforeAll(head[:end], digit)
		if start == end || start == 0 || head[start-1] != '[' {
			continue
		}
		name := beforeAll(head[:start-1], nameByte)
		if name == start-1 || end+1-name > longestName || name > 0 && head[name-1] != ' ' {
			continue
		}
		return name, end + 1
	}
}

// unnumbered is numbered for "name:", which could be the beginning of any
// sentence: it is a process behind a machine's name that is one of ours or
// follows a time.
func unnumbered(head string) (name, behind int) {
	end := strings.Index(head, ": ")
	if end < 0 {
		return 0, 0
	}
	name = beforeAll(head[:end], nameByte)
	if name == 0 || name == end || end-name > longestName || head[name-1] != ' ' {
		return 0, 0
	}
	if !ours(head[name:end]) && !behindTime(head[:name]) {
		return 0, 0
	}
	return name, end
}

// behindTime reports whether a text is a time and a machine's name as syslog
// writes them. A time that ends in Z is docker's, and a message follows it.
func behindTime(before string) bool {
	before = strings.TrimRight(before, " ")
	before = strings.TrimRight(before[:strings.LastIndexByte(before, ' ')+1], " ")
	word := before[strings.LastIndexByte(before, ' ')+1:]
	return clockAt(word) >= 0 && !strings.HasSuffix(word, "Z")
}

// container returns the name that docker compose ("name  | ") or kubectl
// ("[pod/name/container] ") puts in front of a line, "" for none.
func container(head string) string {
	if rest, ok := strings.CutPrefix(head, "[pod/"); ok {
		name, _, ok := strings.Cut(rest, "] ")
		if ok && len(name) <= longestName && beforeAll(name, nameByte) == 0 {
			return name
		}
		return ""
	}
	name, _, ok := strings.Cut(head, " | ")
	name = strings.TrimRight(name, " ")
	if ok && name != "" && len(name) <= longestName && beforeAll(name, nameByte) == 0 {
		return name
	}
	return ""
}

// machine returns the last word before a process, where it can be a machine's
// name; in its place may stand a time, or nothing.
func machine(before string) string {
	before = strings.TrimRight(before, " ")
	word := before[strings.LastIndexByte(before, ' ')+1:]
	if len(word) > longestName || beforeAll(word, nameByte) > 0 || beforeAll(word, digit) == 0 {
		return ""
	}
	return word
}

// beforeAll returns where the run of bytes that fit begins that ends s.
func beforeAll(s string, fits func(byte) bool) int {
	i := len(s)
	for i > 0 && fits(s[i-1]) {
		i--
	}
	return i
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// nameByte reports whether machines, processes and containers have such a
// character in their names.
func nameByte(c byte) bool {
	return hostByte(c) || c == '_' || c == '@' || c == '/'
}

// hostByte reports whether a host's name may hold c.
func hostByte(c byte) bool {
	return digit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '.' || c == '-'
}
