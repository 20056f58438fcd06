// Package hostile has names that attack a terminal, for tests: each test that
// draws something from outside draws these. It must never be imported by
// anything else.
package hostile

// Name is one of them.
type Name struct {
	What  string // what it tries, in words
	Text  string // as a server might send it
	Shown string // as it must be shown: visible, different from all others, one line
}

// Names returns names that somebody might give a key to take over a terminal or
// to pass for another key, and names that merely look odd.
func Names() []Name {
	return []Name{
		{"empty", "", ""},
		{"plain", "eu-west-1 blue_2.b", "eu-west-1 blue_2.b"},
		{"colour", "a\x1b[31mRED\x1b[0mb", `a\x1b[31mRED\x1b[0mb`},
		{"erase the screen", "x\x1b[2J\x1b[Hy", `x\x1b[2J\x1b[Hy`},
		{"window title, BEL", "n\x1b]0;t\x07m", `n\x1b]0;t\am`},
		{"window title, ST", "n\x1b]2;t\x1b\\m", `n\x1b]2;t\x1b\m`},
		{"unterminated OSC", "n\x1b]0;t and the rest", `n\x1b]0;t and the rest`},
		{"clipboard write", "n\x1b]52;c;cHc=\x07m", `n\x1b]52;c;cHc=\am`},
		{"hyperlink", "\x1b]8;;http://x\x07y", `\x1b]8;;http://x\ay`},
		{"DCS", "n\x1bP$q\"p\x1b\\m", `n\x1bP$q"p\x1b\m`},
		{"tmux passthrough", "\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\", `\x1bPtmux;\x1b\x1b]52;c;YQ==\a\x1b\`},
		{"APC", "n\x1b_Ga=T;A\x1b\\m", `n\x1b_Ga=T;A\x1b\m`},
		{"device report", "n\x1b[cm", `n\x1b[cm`},
		{"lone escape", "n\x1b", `n\x1b`},
		{"terminal reset", "n\x1bcm", `n\x1bcm`},
		{"raw C1 CSI", "n\x9b31mR", `n\x9b31mR`},
		{"C1 CSI", "n\u009b31mR", `n\u009b31mR`},
		{"C1 OSC", "n\u009d0;t\u009cm", `n\u009d0;t\u009cm`},
		{"next line", "n\u0085m", `n\u0085m`},
		{"bell, backspace, vertical tab", "ab\x07\b\b\vX", `ab\a\b\b\vX`},
		{"carriage return", "harmless\rEVIL", `harmless\rEVIL`},
		{"line feed", "row1\nrow2", `row1\nrow2`},
		{"tab", "a\tb", `a\tb`},
		{"null, enquiry, shift out", "a\x00\x05\x0eb", `a\x00\x05\x0eb`},
		{"delete", "a\x7fb", `a\x7fb`},
		{"line and paragraph separator", "a\u2028b\u2029c", `a\u2028b\u2029c`},
		{"right-to-left override", "key\u202egpj.exe", `key\u202egpj.exe`},
		{"isolates and marks", "a\u2066b\u2069c\u061cd\u200fe", `a\u2066b\u2069c\u061cd\u200fe`},
		{"zero width", "ad\u200bmin\u2060\ufeff\u00ad", `ad\u200bmin\u2060\ufeff\u00ad`},
		{"joiners", "a\u200cb\u200dc", `a\u200cb\u200dc`},
		{"grapheme joiner", "a\u034fb", `a\u034fb`},
		{"tag characters", "a\U000e0041b", `a\U000e0041b`},
		{"variation selectors", "a\ufe0e\ufe0f\U000e0100b", `a\ufe0e\ufe0f\U000e0100b`},
		{"Mongolian selector", "a\u180bb", `a\u180bb`},
		{"Hangul fillers", "a\u115f\u1160\u3164\uffa0b", `a\u115f\u1160\u3164\uffa0b`},
		{"Khmer inherent vowels", "a\u17b4\u17b5b", `a\u17b4\u17b5b`},
		{"blank braille", "a\u2800b", `a\u2800b`},
		{"null notehead", "a\U0001d159b", `a\U0001d159b`},
		{"other spaces", "a\u00a0b\u2003c\u3000d", `a\u00a0b\u2003c\u3000d`},
		{"private use", "a\ue000\U000f0000b", `a\ue000\U000f0000b`},
		{"unassigned", "a\u0378b", `a\u0378b`},
		{"noncharacters", "a\ufffe\U0010ffffb", `a\ufffe\U0010ffffb`},
		{"interlinear annotation", "a\ufff9b\ufffbc", `a\ufff9b\ufffbc`},
		{"bad bytes", "a\xff\xfeb\xc3(", `a\xff\xfeb\xc3(`},
		{"overlong and surrogate", "\xc0\xaf\xed\xa0\x80", `\xc0\xaf\xed\xa0\x80`},
		{"replacement character", "a\ufffdb", "a\ufffdb"},
		{"two marks", "a\u0301\u0302b", "a\u0301\u0302b"},
		{"three marks", "a\u0301\u0302\u0303b", "a\u0301\u0302" + `\u0303b`},
		{"marks behind an escape", "a\u0301\u0302\u0303\u0304b\u0301", "a\u0301\u0302" + `\u0303\u0304b` + "\u0301"},
		{"marks on a control", "\x1b\u0338x", `\x1b\u0338x`},
		{"leading mark", "\u0301abc", `\u0301abc`},
		{"enclosing mark", "a\u20ddb", "a\u20ddb"},
		{"mark on a space", "a \u0301b", "a \u0301b"},
		{"half-width voiced sound", "\uff76\uff9e", "\uff76\uff9e"},
		{"stacked skin tones", "👍🏽🏽🏽", "👍🏽🏽" + `\U0001f3fd`},
		{"stacked Hangul vowels", "\u1112\u1161\u1161\u1161", "\u1112\u1161\u1161" + `\u1161`},
		{"Hangul syllable", "\u1112\u1161\u11ab", "\u1112\u1161\u11ab"},
		{"wide", "日本語キー", "日本語キー"},
		{"family emoji", "👨\u200d👩", `👨\u200d👩`},
		{"flag", "🇩🇪", "🇩🇪"},
		{"Arabic", "مفتاح-1", "مفتاح-1"},
		{"Devanagari", "क्षत्रिय", "क्षत्रिय"},
		{"Thai", "น้ำ", "น้ำ"},
		{"homoglyph", "pаypal", "pаypal"},
		{"tmux format", "#(id) #{pane_id} %s $(id) `id`", "#(id) #{pane_id} %s $(id) `id`"},
		{"backslash", `a\x1bb`, `a\x1bb`},
	}
}
