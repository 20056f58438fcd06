package tui_test

import (
	"testing"
	"time"
)

func TestTheQuestionForPlainTextNamesTheWholePath(t *testing.T) {
	t.Parallel()
	for typed, words := range map[string]string{
		"/srv/keys/": "/srv/keys/" + asg + ".provkey",
		"taken":      "/home/jo/taken exists already",
	} {
		run(t, writing(&fakeDownloads{}), func(c *console) {
			c.chosen("t")
			c.press("\x15")
			c.typed(typed)
			c.press(enter)
			c.tells(words)
			if typed == "taken" {
				c.misses("in the plain?")
				return
			}
			c.press("y")
			c.pass(time.Second)
			c.sees("It is not encrypted.")
		})
	}
}

func TestTheQuestionForPlainTextKeepsItsWayBack(t *testing.T) {
	t.Parallel()
	s := writing(&fakeDownloads{})
	s.w, s.h = 40, 8
	run(t, s, func(c *console) {
		c.chosen("t")
		c.press(enter)
		c.sees("y write it in the plain · esc back")
	})
}

func TestWhatWasEncryptedSaysHowItIsOpened(t *testing.T) {
	t.Parallel()
	run(t, writing(&fakeDownloads{}), func(c *console) {
		c.chosen("r")
		c.typed("age1good")
		c.press(enter)
		c.pass(time.Second)
		c.sees("age -d -i KEY FILE opens it.")
	})
}

func TestAMissingRepetitionIsNoDifference(t *testing.T) {
	t.Parallel()
	run(t, writing(&fakeDownloads{}), func(c *console) {
		c.chosen("p")
		c.typed(typedPassphrase)
		c.press(enter)
		c.misses("the two differ")
		c.typed("x") // the field has the keys
		c.press(enter)
		c.sees("the two differ: ctrl+u empties the field")
	})
}
