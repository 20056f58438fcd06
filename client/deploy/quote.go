package deploy

import (
	"fmt"
	"strconv"
	"strings"
)

// shell quotes a text for every POSIX shell, zsh, systemd's EnvironmentFile and
// compose. A quote inside stands between double quotes, since systemd reads the
// usual '\” in another way.
func shell(s string) string {
	return "'" + strings.ReplaceAll(s, "'", `'"'"'`) + "'"
}

// yamlSingle quotes a text of one line as a YAML scalar, exact to the byte.
func yamlSingle(s string) string {
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

// yamlDouble does the same without a single quote, for YAML inside shell quotes.
func yamlDouble(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// hcl quotes any text as a Terraform string. Template marks and everything that
// is not printable ASCII become escapes, so that no name can begin a template or
// hide what it is.
func hcl(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		case r == '$' || r == '%' || r < ' ' || r > '~':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// comment returns any text as one line of printable ASCII, which ends no comment
// of a shell or of YAML.
func comment(s string) string { return strconv.QuoteToASCII(s) }

// word folds any text into letters, digits, "-" and "_", the characters that a
// secret's name may have.
func word(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '-', r == '_':
			return r
		}
		return '-'
	}, s)
}
