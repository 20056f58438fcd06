package manual_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"provkeys/cmd/internal/manual"
)

// hostile is text that roff would take for its own.
const hostile = `.so /etc/passwd
'br
\fBbold\fR \n[.x] a\
-x --y ~z ^w ` + "`cmd`" + ` "quoted"

  .ig
  'de x

    deeper \"comment

.TH again`

func page() manual.Page {
	return manual.Page{
		Name: "provkeys-list", Short: ".a line\n.so /etc/passwd", Source: `provkeys "dev"`, Date: "2026-11-28",
		Blocks: []manual.Section{
			{Heading: `of "all"`, Text: hostile},
			{Heading: "items", Items: []manual.Item{{Term: "--x", Operand: ".y", Text: ".so\n.so z"}, {Term: "'quoted"}}},
		},
		SeeAlso: []string{"provkeys", "provkeys-get"},
	}
}

func TestNoLineOfATextIsARequest(t *testing.T) {
	t.Parallel()
	known := []string{".TH ", ".nh", ".ad l", ".SH ", ".PP", ".TP", ".EX", ".EE", ".sp", ".BR ", `.\" `}
	for line := range strings.Lines(page().Roff()) {
		if !strings.HasPrefix(line, ".") && !strings.HasPrefix(line, "'") {
			continue
		}
		ours := false
		for _, k := range known {
			ours = ours || strings.HasPrefix(line, k)
		}
		if !ours || strings.Contains(line, "again") {
			t.Errorf("%q is a request", line)
		}
	}
}

func TestThePageShowsEveryTextAsItIs(t *testing.T) {
	t.Parallel()
	for _, render := range [][]string{{"mandoc", "-T", "ascii"}, {"groff", "-man", "-T", "ascii", "-P-cbou"}} {
		if _, err := exec.LookPath(render[0]); err != nil {
			if os.Getenv("CI_TOOLS") != "" && render[0] == "mandoc" {
				t.Error(err)
			}
			continue
		}
		cmd := exec.CommandContext(t.Context(), render[0], render[1:]...)
		cmd.Stdin = strings.NewReader(page().Roff())
		var complaints strings.Builder
		cmd.Stderr = &complaints
		out, err := cmd.Output()
		shown := string(out)
		for strings.Contains(shown, "\b") { // mandoc types bold twice
			at := strings.Index(shown, "\b")
			shown = shown[:at-1] + shown[at+1:]
		}
		if err != nil || complaints.Len() > 0 {
			t.Errorf("%s: %v, %s", render[0], err, complaints.String())
		}
		for _, want := range []string{
			"- .a line .so /etc/passwd", ".so /etc/passwd 'br", `\fBbold\fR \n[.x] a\ -x --y ~z ^w ` + "`cmd`" + ` "quoted"`,
			"         .ig\n", "         'de x\n\n           deeper \\\"comment\n", ".TH again", "--x .y", ".so .so z", "'quoted", "provkeys(1), provkeys-get(1)",
		} {
			if !strings.Contains(shown, want) {
				t.Errorf("%s does not show %q:\n%s", render[0], want, shown)
			}
		}
	}
}
