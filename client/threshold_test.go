package client_test

import (
	"testing"

	"provkeys/client"
)

func TestAThresholdIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]client.Threshold{
		"80%": {Percent: 80}, "5 left": {Percent: 100, Left: 5}, "5": {Percent: 100, Left: 5}, "100 %": {Percent: 100},
	} {
		got, err := client.ParseThreshold(text)
		if err != nil || got != want {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
		if again, err := client.ParseThreshold(got.String()); again != got || err != nil {
			t.Errorf("%s is written as %s, which is read as %+v, %v", text, got, again, err)
		}
	}
	for _, text := range []string{"", "0%", "101%", "0", "-1", "left", "many", "1e3"} {
		if got, err := client.ParseThreshold(text); err == nil {
			t.Errorf("%q is read as %+v", text, got)
		}
	}
	if got := (client.Threshold{}).String(); got != "80%" {
		t.Errorf("the zero value is written as %s", got)
	}
}
