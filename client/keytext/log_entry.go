package keytext

import (
	"slices"
	"strconv"
	"strings"
)

// beginsEntry reports whether a line is the message of a journal's entry that is
// shown a field a line: journalctl -o verbose, export and json-pretty. Its writer
// stands in lines before it or behind it.
func beginsEntry(line string) bool {
	return hasPrefix(strings.TrimLeft(line, " \t"), "MESSAGE=", `"MESSAGE" : `)
}

// entryOrigin reads who wrote a journal's entry that is JSON in one line.
func entryOrigin(line string) (source, process string) {
	source, process = field(line, `"_HOSTNAME"`), field(line, `"SYSLOG_IDENTIFIER"`)
	pid := field(line, `"_PID"`)
	if pid == "" || beforeAll(pid, digit) > 0 || len(process)+len(pid)+len("[]") > longestName {
		return source, process
	}
	return source, process + "[" + pid + "]"
}

// field returns the value of a field whose name is given in its quotes, "" where
// it is not there or no name. A quote in a message is escaped, so that no message
// can pass for a field.
func field(line, quoted string) string {
	value, _, whole := strings.Cut(behindField(line, quoted), `"`)
	if !whole || len(value) > longestName || beforeAll(value, nameByte) > 0 {
		return ""
	}
	return value
}

// behindField returns what stands behind a field's name and the quote that opens
// its value, "" where there is no such field.
func behindField(line, quoted string) string {
	_, rest, _ := strings.Cut(line, quoted)
	rest, colon := strings.CutPrefix(strings.TrimLeft(rest, " "), ":")
	rest, quote := strings.CutPrefix(strings.TrimLeft(rest, " "), `"`)
	if !colon || !quote {
		return ""
	}
	return rest
}

// messageOf returns the message of an entry that is JSON in one line, without the
// command lines and the like that stand beside it; of others the whole line.
func messageOf(line string) string {
	if !strings.HasPrefix(line, "{") {
		return line
	}
	message := behindField(line, `"MESSAGE"`)
	if message == "" {
		return line
	}
	for at := 0; at < len(message); at++ {
		switch message[at] {
		case '\\':
			at++
		case '"':
			return message[:at]
		}
	}
	return message
}

const (
	day = 24 * 60 * 60 // in seconds
	// timeReach is how far into a line its time is looked for.
	timeReach = 128
	clockLike = "00:00:00"
	dateLike  = "2006-01-02"
)

// secondOf returns the time that a line shows, 0 for none. Its calendar has
// months of 31 days and no years: across the end of a month two times may be
// further apart than they are, which proves less and not more.
func secondOf(line string) int64 {
	if micros, err := strconv.ParseInt(field(line, `"__REALTIME_TIMESTAMP"`), 10, 64); err == nil {
		return micros / 1e6
	}
	head := line[:min(len(line), timeReach)]
	at := clockAt(head)
	if at < 0 {
		return 0
	}
	clock := head[at : at+len(clockLike)]
	return 1 + dayBefore(head[:at])*day + number(clock[:2])*3600 + number(clock[3:5])*60 + number(clock[6:])
}

// clockAt returns where "03:01:17" stands, -1 for nowhere.
func clockAt(s string) int {
	for at := 0; at+len(clockLike) <= len(s); at++ {
		if s[at+2] == ':' && alike(s[at:at+len(clockLike)], clockLike) {
			return at
		}
	}
	return -1
}

// dayBefore returns the day that stands right before a clock, "2026-11-22T" or
// "Nov 22 ", counted from anywhere; 0 for none.
func dayBefore(before string) int64 {
	before = strings.TrimRight(before, " T")
	if n := len(before) - len(dateLike); n >= 0 && alike(before[n:], dateLike) {
		return number(before[n+5:n+7])*31 + number(before[n+8:])
	}
	words := strings.Fields(before)
	if len(words) < 2 {
		return 0
	}
	month := slices.Index(months, words[len(words)-2])
	return int64(month+1)*31 + number(words[len(words)-1])
}

var months = []string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}

// alike reports whether s has digits where the pattern has, and is it elsewhere.
func alike(s, pattern string) bool {
	for i := range len(pattern) {
		if digit(pattern[i]) != digit(s[i]) || !digit(s[i]) && s[i] != pattern[i] {
			return false
		}
	}
	return true
}

func number(digits string) int64 {
	n, _ := strconv.ParseUint(digits, 10, 16)
	return int64(n)
}
