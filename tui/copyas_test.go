package tui_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/client/deploy"
	"provkeys/tui"
)

// letters are the keys that choose a form.
func letters() map[deploy.Form]string {
	return map[deploy.Form]string{
		deploy.Text: "t", deploy.Env: "e", deploy.File: "f", deploy.CloudInit: "c", deploy.Docker: "d",
		deploy.Helm: "h", deploy.AWS: "a", deploy.Azure: "z", deploy.GCP: "g", deploy.Terraform: "r",
	}
}

// fetch reads a key from the mock as the console does.
func (c *console) fetch(kind, id string) client.Key {
	c.t.Helper()
	for _, k := range client.Kinds() {
		fresh, err := c.client(false).GetKey(c.t.Context(), client.Key{Kind: k, ID: client.ID(id)})
		if err == nil {
			return fresh
		}
	}
	c.t.Fatalf("the mock has no key %s of the kind %s", id, kind)
	return client.Key{}
}

func TestCopyAsHandsOverTheSnippetInPlaceOfTheText(t *testing.T) {
	t.Parallel()
	for form, letter := range letters() {
		t.Run(string(form), func(t *testing.T) {
			memory := &fakeMemory{}
			run(t, setup{opts: life45, deps: func(_ *console, d *tui.Deps) { d.Memory = memory }}, func(c *console) {
				kind, id := c.find("ap-east-1-asg")
				k := c.fetch(kind, id)
				want, err := deploy.Snippet(form, k)
				if err != nil {
					t.Fatal(err)
				}
				c.press("Y")
				c.sees("Copy ap-east-1-asg as", letter+"  "+string(form))
				c.press(letter)
				c.sees("ap-east-1-asg as "+string(form)+": Copied and verified. Clears in 45 s", "ap-east-1-asg clears in 45s")
				if c.clip.copied() != want.Reveal() {
					t.Error("the clipboard does not hold the snippet")
				}
				handedOn := []client.Ref{k.Ref()}
				if form == deploy.Terraform { // it has no key text in it
					handedOn = nil
				}
				var deeds []client.Ref
				for _, deed := range c.journal.deeds {
					deeds = append(deeds, deed.Key)
				}
				if got := memory.remembered(); !slices.Equal(deeds, handedOn) || !slices.Equal(got, handedOn) {
					t.Errorf("recorded %v, remembered %v, want %v", deeds, got, handedOn)
				}
				asked := c.asked("/" + id)
				c.pass(46 * time.Second)
				c.sees("ap-east-1-asg was cleared from your clipboard.")
				if got := c.asked("/" + id); (got > asked) != (handedOn != nil) {
					t.Errorf("its uses were read %d times after the copy", got-asked)
				}
			})
		})
	}
}

// TestACopyWithoutTheKeyTextIsNoDeedWhenOneLeaves leaves in the middle of one.
func TestACopyWithoutTheKeyTextIsNoDeedWhenOneLeaves(t *testing.T) {
	t.Parallel()
	for letter, deeds := range map[string]int{"r": 0, "d": 1} {
		run(t, setup{}, func(c *console) {
			c.find("ap-east-1-asg")
			c.clip.slow = 2 * time.Second
			c.press("Y", letter)
			_, _ = c.leave()
			if _, n := c.journal.last(); n != deeds {
				t.Errorf("%s: %d deeds, want %d", letter, n, deeds)
			}
		})
	}
}

func TestCopyAsIsChosenAsTheSortIs(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		keys []string
		want string // the form; "" for none
	}{
		"enter":      {[]string{enter}, "text"},
		"j and k":    {[]string{"j", "j", "j", "k", enter}, "file"},
		"arrows":     {[]string{down, down, up, enter}, "env"},
		"the end":    {append(strings.Split(strings.Repeat("j", 20), ""), enter), "terraform"},
		"esc":        {[]string{esc}, ""},
		"q":          {[]string{"q"}, ""},
		"no such":    {[]string{"x", "V", "y", esc}, ""},
		"above text": {[]string{"k", up, enter}, "text"},
	} {
		t.Run(name, func(t *testing.T) {
			run(t, setup{}, func(c *console) {
				c.find("ap-east-1-asg")
				c.press("Y")
				c.press(test.keys...)
				c.misses("Copy ap-east-1-asg as")
				if test.want != "" {
					c.sees("ap-east-1-asg as " + test.want + ": Copied")
				} else if c.clip.n != 0 {
					t.Error("something was copied")
				}
			})
		})
	}
}

func TestAFormThatDoesNotFitTheKindSaysWhyAndIsNotCopied(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		tried := 0
		for _, name := range []string{"bkk-pcc-dr", "eu-west-1-pse", "ap-east-1-asg"} {
			kind, id := c.find(name)
			k := c.fetch(kind, id)
			for _, form := range deploy.Forms() {
				why := form.Fits(k.Kind)
				if why == nil {
					continue
				}
				tried++
				c.press("Y", letters()[form])
				unboxed := strings.Join(strings.Fields(strings.ReplaceAll(c.text(), "│", " ")), " ")
				if !strings.Contains(unboxed, why.Error()) {
					t.Errorf("%s, %s: no reason:\n%s", name, form, c.text())
				}
				c.press(enter)
				c.sees("Copy " + name + " as")
				c.press(esc)
			}
		}
		if c.clip.n != 0 || tried == 0 {
			t.Errorf("%d copies of %d forms that do not fit", c.clip.n, tried)
		}
	})
}

func TestCopyAsAsksTheCopyFunction(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("Y")
		c.mock.SetField(kind, id, "usageCount", "60")
		c.press("d")
		c.sees("ap-east-1-asg is used up (60 of 60)")
		c.press("Y")
		c.misses("Copy ap-east-1-asg as")
		if c.clip.n != 0 {
			t.Error("a used-up key was copied")
		}
	})
}

func TestCopyAsWithTheBackendAwayOffersNoMoreThanThereIs(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.wire.breakWith(refuseAll)
		c.press("Y", "d")
		c.pass(20 * time.Second)
		c.sees("Not copied: the uses of ap-east-1-asg could not be checked", "! copies what was loaded, the key text alone.")
		c.press("!")
		c.sees("ap-east-1-asg: Copied and verified.")
		if c.clip.copied() != c.field(kind, id, "provisioningKey") {
			t.Error("the clipboard does not hold the key text")
		}
	})
}

func TestEveryCopyIsRememberedAndAFailureIsToldOnce(t *testing.T) {
	t.Parallel()
	memory := fakeMemory{err: errors.New("the disk is full")}
	run(t, setup{deps: func(_ *console, d *tui.Deps) { d.Memory = &memory }}, func(c *console) {
		const failed = "The memory for hidden keys could not be written: the disk is full."
		c.find("ap-east-1-asg")
		c.press("y")
		c.sees("Copied and verified.", failed)
		c.press("!")
		c.sees("Copied and verified.")
		c.misses("memory for hidden keys")
		c.press("Y", "d")
		c.clip.fail(errors.New("not copied: the tool failed"))
		c.press("y")
		if n := len(memory.remembered()); n != 3 {
			t.Errorf("%d keys were remembered for three copies and one that failed", n)
		}
	})
}

func TestAnUnconfirmedCopySaysWhatElseBringsTheText(t *testing.T) {
	t.Parallel()
	y := []string{"y"}
	for _, test := range []struct {
		name    string
		set     setup
		answers string
		keys    []string
		words   string
	}{
		{"a terminal", setup{}, answersPlain, y, "Nothing there? V shows; or allow clipboard writes (OSC 52) in its settings."},
		{"tmux", setup{}, answersTmux, y, "Nothing there? V shows; or set -g set-clipboard on in that tmux."},
		{"a snippet", setup{}, answersPlain, []string{"Y", "d"}, "Nothing there? V shows the key text alone; or allow clipboard writes (OSC 52) in its settings."},
		{"a snippet without the key text", setup{}, answersPlain, []string{"Y", "r"}, "Nothing there? Allow clipboard writes (OSC 52) in its settings."},
		{"mask: always", setup{opts: tui.Options{MaskAlways: true}}, answersPlain, y, "Nothing there? Allow clipboard writes (OSC 52) in its settings."},
		{"GNU screen", setup{}, answersScreen, y, "Nothing there? Allow clipboard writes (OSC 52) in the terminal around it."},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.set.copies = byOSC52
			run(t, test.set, func(c *console) {
				c.press(test.answers)
				c.find("ap-east-1-asg")
				c.press(test.keys...)
				c.sees(test.words)
			})
		})
	}
}
