package tui_test

import (
	"encoding/base64"
	"testing"
)

func TestWarningsStandBehindTheCopy(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.mock.SetField(kind, id, "usageCount", "59")
		text := "3|other.example|" + base64.StdEncoding.EncodeToString(make([]byte, 99))
		c.mock.SetField(kind, id, "provisioningKey", text)
		c.press("y")
		c.sees("Copied and verified. Last use: after this it is used up.", "132 characters", "for the host other.example, those of most other keys for mock.example")
		if c.clip.copied() != text {
			t.Error("the text was changed")
		}
	})
}
