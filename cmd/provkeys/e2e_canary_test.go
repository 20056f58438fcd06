//go:build e2e

package main

import (
	"encoding/base64"
	"encoding/hex"
	"os/exec"
	"strings"
	"testing"
)

// The control: what is planted is found, so a search that finds nothing has
// looked.
func TestE2EControlPlantedSecretsAreFound(t *testing.T) {
	t.Parallel()
	const secret = "3|mock.example|this-is-a-make-believe-secret-of-some-length-in-the-plain"
	s := searchFor(map[string]string{"the secret": secret})
	for name, form := range map[string]string{
		"plain": secret, "hex": hex.EncodeToString([]byte(secret)), "decimal": decimal(secret, " "),
		"base64": base64.StdEncoding.EncodeToString([]byte(secret)), "base64 behind one": base64.StdEncoding.EncodeToString([]byte("1" + secret)),
		"base64 behind two": base64.URLEncoding.EncodeToString([]byte("12" + secret)),
	} {
		l := newLab(t)
		l.write("home/state/log", "one line\n"+form+"\n")
		if found, files := s.inFiles(t, l.path("home")); len(found) != 1 || files != 1 {
			t.Errorf("%s in a file was found %d times", name, len(found))
		}
	}
	l := newLab(t)
	l.write("stream", "\x1b]52;c;"+base64.StdEncoding.EncodeToString([]byte(secret))+"\a")
	if found, _ := s.inFiles(t, l.dir); len(found) > 0 {
		t.Errorf("a clipboard write counts as a leak: %q", found)
	}
	for name, plant := range map[string]*exec.Cmd{
		"arguments":   l.command("sleep", "60"),
		"environment": l.command("sleep", "60"),
	} {
		w := l.watchProcesses(s, nil)
		if name == "arguments" {
			plant.Args[0] = "sleep " + secret
		} else {
			plant.Env = append(plant.Env, "SECRET="+secret)
		}
		if err := plant.Start(); err != nil {
			t.Fatal(err)
		}
		waitFor(t, "a secret found in the "+name, func() bool { return len(w.sofar()) > 0 })
		w.stop()
		_ = plant.Process.Kill()
		_ = plant.Wait()
	}
}

// wrongSecret is what a person pastes in the wrong place.
const wrongSecret = "a-wrong-client-secret-of-a-person-who-is-in-a-hurry"

// TestE2ESecretsAreNowhereButOnTheClipboard walks through command line and
// console with --debug, by every route, and searches the terminal's whole
// stream, every file and every process for the client secrets and key texts.
func TestE2ESecretsAreNowhereButOnTheClipboard(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--keys", "200", "--rate-limit", "off")
	// The beginning of a text, version and host, is shown.
	texts := searchFor(map[string]string{"a key text": s.text(okKey)[15:], "the used-up key's text": s.text(usedUpKey)[15:]})
	secrets := searchFor(map[string]string{"the client secret": s.listening.ClientSecret, "a wrong secret": wrongSecret})

	l := newLab(t, append(s.legacy(), "PROVKEYS_CLIPBOARD_COMMAND=cat >/dev/null", "WRONG="+wrongSecret)...)
	d := l.startDisplay("xclip")
	wait := "while [ ! -e " + l.path("recording") + " ]; do sleep 0.1; done; "
	command, inner := l.tmuxInside("inner", wait+strings.Join(tourCommandLine(), "; "))
	term := l.terminal(110, 40, command, clipboardOn)
	processes := l.watchProcesses(texts, secrets)
	waitFor(t, "a tmux inside", func() bool { _, err := inner.try("pipe-pane", "-O", "cat >"+l.path("inner-stream")); return err == nil })
	term.tmux("pipe-pane", "-O", "cat >"+l.path("stream"))
	l.write("recording", "")

	tourConsole(term, s, d)
	processes.stop()
	for _, found := range processes.sofar() {
		t.Error(found)
	}
	if processes.helpers == 0 {
		t.Error("no helper was seen, so looking at processes proves nothing")
	}
	for _, s := range []search{texts, secrets} {
		found, _ := s.inFiles(t, l.dir)
		for _, line := range found {
			t.Error(line)
		}
	}
	for file, word := range map[string]string{
		"home/.local/state/provkeys/log": "PUT ", "home/.local/state/provkeys/journal.jsonl": "copied",
		"stream": "is hidden", "inner-stream": "STALE",
	} {
		if !strings.Contains(l.read(file), word) {
			t.Errorf("%s has no %q in it, so searching it proves nothing", file, word)
		}
	}
}

// tourCommandLine copies by every route, fails in every way, and ends in the
// console.
func tourCommandLine() []string {
	var all []string
	for _, args := range []string{
		"copy " + okKey + " --debug", "copy " + okKey + " --clipboard tmux", "copy " + okKey + " --clipboard native",
		"copy " + okKey + " --clipboard osc52", "copy " + okKey + " --clipboard command --debug", "copy " + okKey + " --clipboard off",
		"download " + okKey + " --debug -r " + aRecipient, "download " + okKey + " --debug --generate-passphrase --to made",
		"copy " + okKey + " -o json", "copy " + usedUpKey, "copy no-such-key", "copy " + okKey + " --require-verified --clipboard tmux",
		"snippet " + okKey + " --for cloud-init --debug", "snippet " + okKey + " --for file -o json",
		"copy " + okKey + " --as cloud-init --clipboard tmux", "inspect --from-clipboard --debug",
		"get " + okKey + " --field key | sed 's/./& /99' | provkeys inspect --debug",
		"get " + okKey + " --field key | provkeys inspect -o json", "get " + okKey + " --field key | provkeys explain --all --debug",
		"set-max " + okKey + " +1 --debug", "list --debug", "get " + okKey, "get " + okKey + " -o json", "no-such-command",
	} {
		all = append(all, "provkeys "+args)
	}
	return append(all, "ZPA_CLIENT_SECRET=$WRONG provkeys list --debug", lasting("provkeys --debug"))
}

// tourConsole copies, hands on, inspects, writes, raises, fails and leaves. What V
// shows is searched for elsewhere, since it shows.
func tourConsole(term *emulator, s *server, d *display) {
	const both = "Copied and verified, and in the tmux buffer"
	term.sees("200 of 200 shown")
	term.keys("j", "y")
	term.sees(okKey + ": " + both)
	if d.text() != s.text(okKey) {
		term.t.Error("the clipboard does not hold the key text")
	}
	term.keys("X")
	term.sees("was cleared from your clipboard")
	term.keys("Y", "f")
	term.sees(okKey + " as file: " + both)
	if !strings.Contains(d.text(), "printf %s '"+s.text(okKey)+"' | sudo sh -c") {
		term.t.Error("the clipboard does not hold the snippet")
	}
	term.keys("i")
	term.sees("Paste a key text")
	term.pastes(s.text(okKey)[:400])
	term.sees("400 characters, 1 line")
	term.keys("Enter")
	term.sees("18 characters are missing at the end of " + okKey)
	term.keys("Escape", "o", "Enter")
	term.types("2") // the command line has written the proposed one
	term.keys("Enter")
	term.sees("It is the passphrase of the file")
	term.keys("y")
	choose(term, usedUpKey)
	term.keys("Enter", "y")
	term.sees("is used up")
	term.keys("E", "Enter")
	term.sees(both)
	if d.text() != s.text(usedUpKey) {
		term.t.Error("the clipboard does not hold the raised key's text")
	}
	s.change(usedUpKey, "exportable", false)
	term.keys("y")
	term.sees("is hidden")
	s.stop()
	term.keys("r")
	term.sees("STALE")
	term.keys("y", "q")
	term.sees("exit 0")
}
