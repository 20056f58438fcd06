package keytext

import "strings"

const (
	// writerReach is how far into a line the name of what wrote it is looked for:
	// behind a time, a machine's name and what a container tool puts in front.
	writerReach = 256
	// longestName is how much of a machine's or a process' name is kept: Linux
	// has no longer one.
	longestName = 64
)

// writer finds who wrote a line: the process as "name[1234]" before a colon, and
// the machine that a journal names before the process, or the container that a
// tool names first of all.
func writer(line string) (source, process string) {
	head := line[:min(len(line), writerReach)]
	source = container(head)
	for from := 0; ; {
		end := strings.Index(head[from:], "]:")
		if end < 0 {
			return source, ""
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
		if source == "" {
			source = machine(head[:name])
		}
		return source, head[name : end+1]
	}
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

// quotesOthers reports whether a process writes down what somebody typed, such
// as a search for one of the phrases.
func quotesOthers(process string) bool {
	name, _, _ := strings.Cut(process, "[")
	return name == "sudo" || name == "audit" || name == "auditd"
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

// withoutColours takes terminal sequences such as "\x1b[1;39m" off a line.
func withoutColours(line string) string {
	if strings.IndexByte(line, '\x1b') < 0 {
		return line
	}
	var b strings.Builder
	b.Grow(len(line))
	for i := 0; i < len(line); i++ {
		if line[i] != '\x1b' {
			b.WriteByte(line[i])
			continue
		}
		if i+1 == len(line) || line[i+1] != '[' {
			continue
		}
		// Parameters go up to the first letter or the like.
		for i += 2; i < len(line) && line[i] >= ' ' && line[i] < '@'; i++ {
		}
	}
	return b.String()
}
