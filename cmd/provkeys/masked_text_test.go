package main

import (
	"strings"
	"testing"
)

func TestPathsAndNamesAreNotTakenForKeyTexts(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"/var/folders/zz/zyxvpxvq6csfxvn_n0000000000000/T/TestFoo123456/001/key.txt",
		`C:\Users\JohnDoe1\AppData\Local\Temp\GoLand2024Build\provkeys\key.txt`,
		`C:\\Users\\JohnDoe1\\AppData\\Local\\Temp\\GoLand2024Build\\provkeys\\key.txt`,
		"/Users/john.doe/Library/CloudStorage/OneDrive-CompanyGmbH2024Q1/Documents/key.txt",
		"~/X1Y2Z3/a1B2c3D4/e5F6g7H8/i9J0k1L2/key.txt", "./X1Y2Z3/a1B2c3D4/e5F6g7H8/i9J0k1L2/key.txt",
		"/nix/store/" + strings.Repeat("0a1b2c3d", 4) + "-Provkeys-1.2/bin",
		"prod_EMEA_Zscaler_Tenant01_Connectors_V2x", "AWSReservedSSO_AdministratorAccess_0a1b2c3d4e5f6a7b",
		"SHA256:" + strings.Repeat("aB3/", 10) + "aB3", "level 2 | host-a | waiting for connection 15 of 20", "1|2|3 retries",
		"A3|mock.example|x1y2", "rule 12|10.0.0.1|a1",
	} {
		for _, message := range []string{name, "open " + name + ": no such file", `open "` + name + `": no such file`} {
			if got := withoutSecrets(message); got != message {
				t.Errorf("%q became %q", message, got)
			}
			if got := (&shown{}).mask(message); got != message {
				t.Errorf("the line %q became %q", message, got)
			}
		}
	}
}

func TestWordsNumbersAndHostsBehindAKeyTextShow(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"3|mock.example|xY1zzz failed at 10.0.0.1, try 15 of 20": "3|mock.example|•••••••• failed at 10.0.0.1, try 15 of 20",
		"3|mock.example|123456 7 abc.example.":                   "3|mock.example|•••••••• 7 abc.example.",
		"3|mock.example| a.b 5 x1":                               "3|mock.example| •••••••• 5 ••••••••",
		"3|mock.example|x1 1234567890123456":                     "3|mock.example|••••••••",
		`{"key":"a\n3|mock.example|x1"}`:                         `{"key":"a\n3|mock.example|••••••••"}`,
		"?key%3D3%7Cmock.example%7Cx1":                           "?key%3D3%7Cmock.example%7C••••••••",
		`\x1b[31m3|mock.example|x1`:                              `\x1b[31m3|mock.example|••••••••`,
		"3|mock|" + strings.Repeat("aB", 10) + " rest":           "3|mock|•••••••• rest",
	} {
		if got := (&shown{}).mask(line); got != want {
			t.Errorf("%q became %q, want %q", line, got, want)
		}
	}
}

func TestPiecesOfAKeyTextInAPathAreMasked(t *testing.T) {
	t.Parallel()
	piece := strings.Repeat("aB3x", 9)
	for line, want := range map[string]string{
		"open /srv/" + piece + "/a1B2/Key2":              "open /srv/••••••••/••••••••/Key2",
		"open /srv/" + piece[:20] + "/" + piece + ".txt": "open /srv/••••••••/••••••••.txt",
		`open C:\Users\` + piece:                         `open C:\Users\••••••••`,
		"found " + piece[:15] + "/" + piece[:20]:         "found ••••••••",
		"GET /x?key=" + piece[:20] + "/" + piece[:20]:    "GET /x?••••••••",
		"SHA256:" + piece:                                "SHA256:••••••••",
	} {
		if got := withoutSecrets(line); got != want {
			t.Errorf("%q became %q, want %q", line, got, want)
		}
	}
}
