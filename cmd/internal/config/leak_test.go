package config_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"provkeys/cmd/internal/config"
)

// canary is a secret that must not fly out of any error.
const canary = "C4n4ry-w0rd"

// everyError is a situation for each way in which Load fails while a secret
// lies near. The vendor's file is v, the configuration file is f.
var everyError = map[string]struct {
	f, v  string
	flags config.Flags
	vars  []string
}{
	"unknown field after it":       {f: withSecret(canary) + "    nope: 1\n"},
	"unknown field before it":      {f: "profiles:\n  acme:\n    nope: 1\n    client_secret: " + canary + "\n"},
	"unknown field that holds it":  {f: "profiles:\n  acme:\n    secret: " + canary + "\n"},
	"it stands where a field does": {f: "profiles:\n  acme:\n    " + canary + ": 1\n"},
	"in the outermost level":       {f: canary + ": 1\n"},
	"the file is nothing else":     {f: canary + "\n"},
	"twice":                        {f: withSecret(canary) + "    client_secret: " + canary + "\n"},
	"as a name, twice":             {f: canary + ": 1\n" + canary + ": 2\n"},
	"a mapping in its place":       {f: withSecret("{" + canary + ": " + canary + "}")},
	"a list in its place":          {f: withSecret("[" + canary + "]")},
	"a colon inside":               {f: withSecret(canary + ": " + canary)},
	"an open quote":                {f: withSecret(`"` + canary)},
	"a closed quote too early":     {f: withSecret(`"a" ` + canary)},
	"a tag":                        {f: withSecret("!" + canary + " b")},
	"an alias":                     {f: withSecret("*" + canary)},
	"a block":                      {f: withSecret("|" + canary)},
	"a tab":                        {f: withSecret(canary) + "\ttheme: dark\n"},
	"in a boolean":                 {f: withSecret("s") + "    read_only: " + canary + "\n"},
	"in refresh":                   {f: "refresh: " + canary},
	"in near":                      {f: "near: " + canary},
	"in theme":                     {f: "theme: " + canary},
	"in clipboard":                 {f: "clipboard: " + canary},
	"in auth":                      {f: withSecret("s") + "    auth: " + canary + "\n"},
	"in the customer id":           {f: "profiles:\n  a: {client_id: i, client_secret: s, customer_id: " + canary + "}\n"},
	"in the microtenant":           {f: withSecret("s") + "    microtenant: " + canary + "\n"},
	"in the base URL":              {f: withSecret(canary) + "    base_url: https://i:" + canary + "@tenant.example\n"},
	"beside an unknown cloud":      {f: withSecret(canary) + "    cloud: MARS\n"},
	"beside a missing id":          {f: "profiles:\n  a: {client_secret: " + canary + "}\n"},
	"beside a missing customer":    {f: "profiles:\n  a: {client_id: i, client_secret: " + canary + "}\n"},
	"beside an unknown profile":    {f: "profile: b\n" + withSecret(canary)},
	"beside another address":       {f: withSecret(canary), flags: config.Flags{BaseURL: "https://other.example"}},
	"behind env:":                  {f: withSecret("env:" + canary)},
	"behind keyring:":              {f: withSecret("keyring:" + canary)},
	"behind cmd:":                  {f: withSecret("cmd:printf " + canary)},
	"behind an open quote":         {f: withSecret("cmd:printf '" + canary)},
	"beside a private key":         {f: withSecret(canary) + "    private_key: " + canary + "\n"},
	"as a legacy private key":      {f: "profiles:\n  a: {auth: legacy, client_id: i, private_key: " + canary + ", customer_id: 1}\n"},
	"a second document":            {f: withSecret(canary) + "---\n" + canary + ": 1\n"},
	"half a legacy set":            {vars: []string{"ZPA_CLIENT_SECRET=" + canary}},
	"half a OneAPI set":            {vars: []string{"ZSCALER_CLIENT_SECRET=" + canary}},
	"a private key":                {vars: []string{"ZSCALER_CLIENT_ID=i", "ZSCALER_PRIVATE_KEY=" + canary}},
	"a key that is no path":        {vars: append([]string{"ZSCALER_PRIVATE_KEY=" + canary}, oneAPISet[0], oneAPISet[2], oneAPISet[3])},
	"a key and a secret":           {vars: append([]string{"ZSCALER_PRIVATE_KEY=" + canary}, oneAPISet...)},
	"an unknown cloud":             {vars: append([]string{"ZPA_CLOUD=MARS", "ZPA_CLIENT_SECRET=" + canary}, legacySet[0], legacySet[2])},
	"a swapped customer id":        {vars: append([]string{"ZPA_CUSTOMER_ID=" + canary}, legacySet[:2]...)},
	"a swapped switch":             {vars: append([]string{"PROVKEYS_READ_ONLY=" + canary}, legacySet...)},
	"the vendor's file, broken":    {v: vendor("    clientSecret: [" + canary + "\n")},
	"the vendor's file, a list":    {v: vendor("    clientSecret: [" + canary + "]\n")},
	"the vendor's file, half":      {v: vendor("    clientSecret: " + canary + "\n")},
	"the vendor's file, key":       {v: vendor("    clientId: i\n    privateKey: |\n      " + canary + "\n")},
	"the vendor's file, no tenant": {v: vendor("    clientId: i\n    clientSecret: " + canary + "\n")},
}

func TestNoErrorHoldsASecret(t *testing.T) {
	for name, c := range everyError {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			if c.f != "" {
				u.writeConfig(c.f)
			}
			if c.v != "" {
				u.write(".zscaler/zscaler.yaml", c.v)
			}
			u.set(c.vars...)

			for err := error(u.refused(c.flags)); err != nil; err = errors.Unwrap(err) {
				if text := fmt.Sprintf("%v %+v %#v", err, err, err); strings.Contains(text, canary) {
					t.Errorf("the secret stands in %s", text)
				}
			}
		})
	}
}

func TestNoPrinterShowsTheSecretOfAConfig(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.writeConfig(withSecret(canary))
	c := u.load(config.Flags{})

	encoded, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	if text := fmt.Sprintf("%v %+v %#v %s", c, c, c, encoded); strings.Contains(text, canary) {
		t.Errorf("the secret stands in %s", text)
	}
}

func FuzzNoLineErrorHoldsAValue(f *testing.F) {
	f.Add("profiles:\n  a: &x\n    client_secret: ", "\n  b: {<<: *x}\n")
	f.Add("? a\n: [", "]\n---\n")
	f.Add("profile: \"", "\n\ttheme: dark")
	f.Fuzz(func(t *testing.T, before, after string) {
		u := newUser(t)
		u.writeConfig(before + canary + after)
		_, err := config.LoadSettings(config.Flags{}, u.env())
		if err != nil && strings.Contains(err.Error(), canary) {
			t.Errorf("the secret stands in %v", err)
		}
	})
}
