package tui_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/mockserver"
	"provkeys/tui"
)

func TestAnotherTenantTakesThePlaceOfTheFirst(t *testing.T) {
	t.Parallel()
	p := &fakeProfiles{}
	run(t, setup{deps: profiles(p), opts: tui.Options{Profile: "acme-test"}}, func(c *console) {
		c.press("e")
		c.typed("99")
		c.press(enter)
		c.press(" ", "V")
		c.sees("1 marked")
		c.press("p")
		c.tells("acme-test PRODUCTION shown now", "lab lab.example [RO]", "add a profile", "demonstration")
		c.press("j", enter)
		c.sees("This is lab · lab.example now. It is read-only.", "[RO]", "all 12", "12 of 12 shown")
		c.misses("marked", "acme-test")
		c.press("p", "k", enter)
		c.sees("This is acme-test now.", "all 40")
		c.press("u")
		c.sees("There is no edit to undo.")
		if p.closed != 1 {
			t.Errorf("%d sessions were ended, want that of lab alone: the first had nothing to end", p.closed)
		}
	})
}

func TestATenantBeginsWithItsView(t *testing.T) {
	t.Parallel()
	p := &fakeProfiles{view: "there is none"}
	run(t, setup{deps: profiles(p)}, func(c *console) {
		c.press("p", "j", enter)
		c.sees("There is no view there is none")
	})
}

func TestAFailedOpeningKeepsTheTenant(t *testing.T) {
	t.Parallel()
	p := &fakeProfiles{}
	run(t, setup{deps: profiles(p)}, func(c *console) {
		c.press("p", "j")
		p.fault = errors.New("the CA file \x1b[31mcannot be read")
		c.press(enter)
		c.tells("Not opened: the CA file", "cannot be read.")
		c.press(esc)
		c.sees("acme-test", "40 of 40 shown")
	})
}

func TestNothingIsDoneWhileATenantIsOpened(t *testing.T) {
	t.Parallel()
	p := &fakeProfiles{slow: 5 * time.Second}
	run(t, setup{deps: profiles(p)}, func(c *console) {
		c.press(":")
		c.typed("profile lab")
		c.press(enter)
		c.tells("Opening")
		c.press("e", "+", "5", enter, "n", "D", " ")
		c.pass(6 * time.Second)
		c.sees("lab · lab.example", "[RO]", "12 of 12 shown")
		c.misses("marked", "Edit", "max uses now")
		if len(c.writes()) != 0 {
			t.Errorf("something was sent: %v", c.writes())
		}
	})
}

func TestATenantThatDoesNotOpenIsGivenUpByEsc(t *testing.T) {
	t.Parallel()
	p := &fakeProfiles{slow: 5 * time.Second}
	run(t, setup{deps: profiles(p)}, func(c *console) {
		c.press("p", "j", enter, esc)
		c.pass(6 * time.Second)
		c.sees("acme-test", "40 of 40 shown")
		if p.closed != 1 {
			t.Errorf("%d sessions were ended, want the one that came too late", p.closed)
		}
	})
}

func TestAProfileThatWasAddedAndDoesNotOpenIsInTheList(t *testing.T) {
	t.Parallel()
	p := &fakeProfiles{fault: errors.New("PROVKEYS_BASE_URL stands in its way")}
	run(t, setup{deps: withoutTenant(p)}, func(c *console) {
		c.fillProfile("lab", "216196257331281920", "correct-horse")
		p.list = []tui.Profile{{Name: "lab", Where: "PRODUCTION"}}
		c.press(enter)
		c.tells("lab is in config.yaml now.", "Not opened: PROVKEYS_BASE_URL stands in its way.", "lab PRODUCTION", "q quit")
		c.press("1", "2", "3", "4", "r", "e")
		c.tells("Which tenant?")
		p.fault = nil
		c.press(enter)
		c.sees("lab · lab.example", "12 of 12 shown")
	})
}

func TestTheTenantBeforeIsAskedNothingMore(t *testing.T) {
	t.Parallel()
	run(t, setup{deps: profiles(&fakeProfiles{})}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("y", "3", "p", "j", enter)
		c.sees("all")
		before := len(c.mock.Requests())
		c.pass(10 * time.Minute)
		if after := len(c.mock.Requests()); after > before {
			t.Errorf("%d more calls went to the tenant before", after-before)
		}
	})
}

func TestNothingOfTheTenantBeforeArrivesLate(t *testing.T) {
	t.Parallel()
	run(t, setup{deps: profiles(&fakeProfiles{}), mock: mockserver.Options{Latency: 3 * time.Second}}, func(c *console) {
		c.sees("loading")
		c.press("p", "j", enter)
		c.sees("all 12")
		c.pass(10 * time.Second)
		c.sees("all 12", "12 of 12 shown")
	})
}

func TestARefusedSignInAfterASwitchDoesNotLeaveTheConsole(t *testing.T) {
	t.Parallel()
	p := &fakeProfiles{}
	run(t, setup{deps: profiles(p)}, func(c *console) {
		c.press("p", "j")
		p.wrong = true
		c.press(enter)
		c.pass(time.Second)
		c.sees("lab · lab.example", "Sign-in refused")
		c.press("p", "k", enter)
		c.sees("all 40")
	})
}

func TestNoTenantIsChangedWhileAChangeIsSent(t *testing.T) {
	t.Parallel()
	run(t, setup{deps: profiles(&fakeProfiles{}), mock: mockserver.Options{Latency: 500 * time.Millisecond}}, func(c *console) {
		c.pass(3 * time.Second)
		c.find("ap-east-1-blue")
		c.press("E", enter, "p")
		c.sees("A change is being sent: wait until it is done.")
		c.pass(5 * time.Second)
	})
}

func TestTheFirstRunOffersTheDemonstrationAProfileAndTheWayOut(t *testing.T) {
	t.Parallel()
	for _, size := range sizes() {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			run(t, setup{w: size[0], h: size[1], deps: withoutTenant(&fakeProfiles{})}, func(c *console) {
				c.tells("Welcome to provkeys", "There is no profile and there are no credentials yet.", "provkeys profile add NAME", "d demonstration", "a add a profile", "q quit")
				c.press(esc, "r", "y", "/", ":")
				c.tells("Welcome to provkeys")
				c.press("d")
				c.sees("[DEMO]", "12 of 12 shown")
			})
		})
	}
}

func TestOfSeveralTenantsOneIsChosenAtTheStart(t *testing.T) {
	t.Parallel()
	p := &fakeProfiles{}
	run(t, setup{deps: func(c *console, d *tui.Deps) {
		profiles(p)(c, d)
		d.Client = nil
	}}, func(c *console) {
		c.tells("Which tenant?", "acme-test PRODUCTION default", "lab lab.example [RO]", "enter choose", "q quit")
		c.press("j", enter)
		c.sees("lab · lab.example", "12 of 12 shown")
	})
}

func TestTheFirstRunIsLeftByQ(t *testing.T) {
	t.Parallel()
	run(t, setup{deps: withoutTenant(&fakeProfiles{})}, func(c *console) {
		if _, err := c.leave(); err != nil {
			t.Errorf("left with %v", err)
		}
	})
}

// fillProfile fills the form of a new profile in, up to the secret.
func (c *console) fillProfile(name, customer, secret string) {
	c.t.Helper()
	c.press("a")
	c.typed(name)
	c.press(tab, tab, tab, tab, tab)
	c.typed(customer)
	c.press(tab)
	c.typed("id-1")
	c.press(tab)
	c.typed(secret)
}

func TestAProfileIsAddedAndShown(t *testing.T) {
	t.Parallel()
	p := &fakeProfiles{}
	run(t, setup{deps: withoutTenant(p)}, func(c *console) {
		c.fillProfile("lab", "216196257331281920", "correct-horse")
		c.misses("correct-horse")
		c.press(enter)
		c.sees("lab · lab.example", "12 of 12 shown", "lab is in config.yaml now. Its credential is in the keyring. This is lab · lab.example now.")
		c.misses("correct-horse")
		got := p.drafts[0]
		if !got.Secret.Equal(client.NewSecret("correct-horse")) {
			t.Error("the secret came as another")
		}
		got.Secret = client.Secret{}
		if want := (tui.ProfileDraft{Name: "lab", CustomerID: "216196257331281920", ClientID: "id-1"}); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("asked for %+v, want %+v", got, want)
		}
	})
}

func TestARefusedProfileKeepsTheForm(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		err  error
		says string
	}{
		{"refused", &client.SignInError{}, "sign-in refused, nothing was stored"},
		{"held back", &client.HeldError{}, "nothing was sent or stored: the same sign-in was refused at 00:00"},
		{"a field", &tui.DraftError{Field: "name", Err: errors.New("there is a profile lab already")}, "there is a profile lab already"},
		{"else", errors.New("the backend is away"), "the backend is away"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := &fakeProfiles{refuse: tc.err}
			run(t, setup{deps: withoutTenant(p)}, func(c *console) {
				c.fillProfile("lab", "216196257331281920", "correct-horse")
				c.press(enter)
				c.tells(tc.says, "lab", "216196257331281920", "id-1")
				c.misses("correct-horse")
				p.mu.Lock()
				p.refuse = nil
				p.mu.Unlock()
				if tc.name == "refused" {
					c.press(enter)
					c.tells("this pair was refused: change the id or the secret")
					c.typed("r")
				}
				c.press(enter)
				c.sees("12 of 12 shown")
				if want := client.NewSecret("correct-horse"); len(p.drafts) != 2 || tc.name != "refused" && !p.drafts[1].Secret.Equal(want) {
					t.Errorf("%d drafts were sent, or the secret was lost", len(p.drafts))
				}
			})
		})
	}
}

func TestADraftThatCannotSignInIsNotSent(t *testing.T) {
	t.Parallel()
	p := &fakeProfiles{}
	run(t, setup{deps: withoutTenant(p)}, func(c *console) {
		c.fillProfile("lab", "12x", "")
		c.press(enter)
		c.tells("it is a row of digits")
		c.press("\x15")
		c.typed("216196257331281920")
		c.press(enter)
		c.tells("type the secret, or where it is kept")
		c.press(tab)
		c.typed("/home/jo/key.pem")
		c.press(enter)
		c.tells("only OneAPI signs in with a private key")
		if len(p.drafts) != 0 {
			t.Errorf("%d drafts were sent", len(p.drafts))
		}
	})
}

func TestASignInThatHangsIsGivenUpByEsc(t *testing.T) {
	t.Parallel()
	p := &fakeProfiles{hangs: true}
	run(t, setup{deps: profiles(p)}, func(c *console) {
		c.press("p")
		c.fillProfile("new", "216196257331281920", "correct-horse")
		c.press(enter)
		c.tells("Signing in, once")
		c.press(esc)
		c.sees("40 of 40 shown")
		c.misses("Signing in")
	})
}

func TestAProfileIsOpenedBehindTheColon(t *testing.T) {
	t.Parallel()
	run(t, setup{deps: profiles(&fakeProfiles{})}, func(c *console) {
		c.press(":")
		c.typed("profile ")
		c.sees("acme-test  lab")
		c.typed("l")
		c.press(tab, enter)
		c.pass(time.Second)
		c.sees("lab · lab.example", "[RO]")
	})
}
