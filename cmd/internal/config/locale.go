package config

import "strings"

// asciiOnly reports whether the locale names a character set in which lines,
// dots and ellipses do not show, and the variable that says so.
//
// Nothing set counts as UTF-8: ssh passes on no variable that the server does not
// take, so that they are often missing where the terminal at the other end has
// shown UTF-8 for twenty years. A word without a character set counts as well;
// only what is named is believed.
func asciiOnly(env Env) (bool, string) {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		value := env.get(name)
		if value == "" {
			continue
		}
		locale, _, _ := strings.Cut(value, "@") // de_DE.ISO-8859-15@euro
		_, charset, named := strings.Cut(locale, ".")
		switch {
		case locale == "C", locale == "POSIX":
			return true, name
		case named && !isUTF8(charset):
			return true, name
		}
		return false, "" // the first that is set counts alone
	}
	return false, ""
}

func isUTF8(charset string) bool {
	return strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "utf8")
}
