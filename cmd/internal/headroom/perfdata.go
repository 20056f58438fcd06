package headroom

import (
	"fmt"
	"strconv"
	"strings"

	"provkeys/tui/style"
)

// PerfData returns the report's numbers as the Monitoring Plugins' guidelines write
// them: 'label'=value;warn;crit;min;max with blanks between. perKey adds the uses of
// every key.
func (r Report) PerfData(perKey bool) string {
	t := r.Totals()
	data := []string{
		count("keys", int64(len(r.Keys))),
		count("ok", int64(r.Count(OK))),
		count("warning", int64(r.Count(Warning))),
		count("critical", int64(r.Count(Critical))),
		count("uses", t.Uses) + ";" + strconv.FormatInt(t.MaxUses, 10),
		count("max", t.MaxUses),
		count("left", t.Left),
		count("least left", t.Least),
	}
	if perKey {
		names := labels(r.Keys)
		for i, v := range r.Keys {
			k := v.Key
			data = append(data, fmt.Sprintf("%s=%d;%s;%s;0;%d", names[i], k.Uses,
				highest(r.Limits.Warn.uses(k.MaxUses)), highest(r.Limits.Crit.uses(k.MaxUses)), k.MaxUses))
		}
	}
	return strings.Join(data, " ")
}

func count(label string, n int64) string {
	return perfLabel(label) + "=" + strconv.FormatInt(n, 10) + ";;;0"
}

// highest returns the range of uses below a limit. A range names the last number that
// is still good.
func highest(limit int64) string {
	if limit > 0 {
		return strconv.FormatInt(limit-1, 10)
	}
	return "~:-1" // none is good, not even 0
}

// perfLabel quotes a label. An equals sign would end it, a bar the data before it.
func perfLabel(text string) string {
	return "'" + strings.NewReplacer("'", "''", "=", "_", "|", "¦").Replace(style.Sanitize(text)) + "'"
}
