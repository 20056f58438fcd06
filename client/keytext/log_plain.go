package keytext

import "strings"

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
