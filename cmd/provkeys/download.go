package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/cmd/internal/download"
	"provkeys/cmd/internal/journal"
	"provkeys/tui/style"
)

// downloadOptions are what "download" was asked for.
type downloadOptions struct {
	name           string
	to             string   // "" is the key's own file name, here
	recipients     []string // as given
	files          []string // of recipients
	passphraseFile string
	generate       bool // make a passphrase up
	plaintext      bool
	yes            bool // do not ask about plaintext
	armor          bool
	format         format
}

func newDownloadCommand(a *app) *cobra.Command {
	var o downloadOptions
	cmd := &cobra.Command{
		Use:   "download NAME",
		Short: "Write a key text into a file, encrypted or plain",
		Long: `download writes one key text into a file that only you can read (mode 0600),
never over a file and never through a link, and says where it is and who can
read it. It refuses a key that would not enrol: used up (exit 5), hidden (6),
disabled or expired (8).

The file is encrypted with age: for recipients (age1…, ssh-ed25519 … or
ssh-rsa …; other SSH keys cannot encrypt), or with a passphrase of 12 characters
or more. Without a flag a passphrase is asked for at the terminal; where it is
left empty, one is made and shown once. age -d FILE opens it by passphrase,
age -d -i KEY FILE with the private key of a recipient.

--plaintext writes the text as it is; at a terminal that is asked about once
more, unless --yes is given.

The file is there whole or not at all. Outside Linux, and on some network file
systems, a process that is killed (kill -9, loss of power) while it writes may
leave a hidden .provkeys-… file in that folder with the same content, plain where
the file would be: delete it.`,
		Example: `  provkeys download eu-west-1-asg                        asks for a passphrase
  provkeys download eu-west-1-asg -r age1… --to /srv/keys
  provkeys download eu-west-1-asg -R ~/.ssh/id_ed25519.pub
  provkeys download eu-west-1-asg --passphrase-file /run/secrets/passphrase
  provkeys download eu-west-1-asg --plaintext --to provision_key
  age -d -i ~/.ssh/id_ed25519 eu-west-1-asg.provkey.age  opens it again`,
		Args: exactArgs("NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if o.format, err = a.resultFormat("download"); err != nil {
				return err
			}
			o.name = args[0]
			if err := o.check(cmd.Flags().Changed); err != nil {
				return err
			}
			return a.interruptible(cmd.Context(), func(ctx context.Context) error { return runDownload(ctx, a, o) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.to, "to", "", "`path` of the file, or of a folder for it; default NAME.provkey.age here")
	f.StringArrayVarP(&o.recipients, "recipient", "r", nil, "encrypt for this `recipient`; may be repeated")
	f.StringArrayVarP(&o.files, "recipients-file", "R", nil, "encrypt for the recipients in this `file`, one a line; may be repeated")
	f.StringVar(&o.passphraseFile, "passphrase-file", "", "encrypt with the passphrase in this `file`, which must be 0600")
	f.BoolVar(&o.generate, "generate-passphrase", false, "encrypt with a passphrase that is made and shown once at the terminal")
	f.BoolVar(&o.plaintext, "plaintext", false, "do not encrypt")
	f.BoolVar(&o.yes, "yes", false, "do not ask about --plaintext")
	f.BoolVarP(&o.armor, "armor", "a", false, "write the encrypted text as lines of ASCII")
	return cmd
}

// check refuses what contradicts itself. Given tells whether a flag was set: an
// empty path or recipient is an empty variable of a script, and no wish for the
// default.
func (o downloadOptions) check(given func(flag string) bool) error {
	var ways []string
	for _, flag := range []string{"recipient", "recipients-file", "passphrase-file", "generate-passphrase", "plaintext"} {
		if !given(flag) || flag == "generate-passphrase" && !o.generate || flag == "plaintext" && !o.plaintext {
			continue
		}
		if flag == "recipients-file" && given("recipient") {
			continue // both are recipients
		}
		ways = append(ways, "--"+flag)
	}
	switch {
	case len(ways) > 1:
		return usageFault("choose one: who has it can read the file", "%s and %s exclude each other", ways[0], ways[1])
	case given("to") && o.to == "":
		return usageFault("give a path, or leave --to out", "--to is empty")
	case o.to == "-":
		return usageFault("for a pipe there is: provkeys get NAME --field key", "download writes a file, and - is none")
	case given("passphrase-file") && o.passphraseFile == "":
		return usageFault("give a path", "--passphrase-file is empty")
	case o.armor && o.plaintext:
		return usageFault("leave one of them out", "--armor is a form of an encrypted file, and --plaintext encrypts nothing")
	case o.yes && !o.plaintext:
		return usageFault("leave it out", "--yes answers the question of --plaintext alone")
	}
	return nil
}

func runDownload(ctx context.Context, a *app, o downloadOptions) error {
	l, err := a.lockOf(ctx, o)
	if err != nil {
		return err
	}
	if err := o.checkTarget(); err != nil {
		return err
	}
	if l, err = a.settleLock(ctx, o, l); err != nil {
		return err
	}
	var d downloaded
	err = a.timed(ctx, func(ctx context.Context) error {
		return a.withSession(ctx, func(ctx context.Context, s *session) error {
			d, err = a.findForDownload(ctx, s, o.name)
			return err
		})
	})
	if err != nil {
		return err
	}
	if o.format == formatTable {
		for _, w := range d.warnings {
			a.note("%s: %s", d.key.Name, w)
		}
	}
	if !l.made.IsZero() {
		if err := a.showPassphrase(d.key, l.made); err != nil {
			return err
		}
	}
	return a.writeDownload(ctx, d, l, o)
}

// findForDownload finds a key whose text the copy function lets out.
func (a *app) findForDownload(ctx context.Context, s *session, name string) (downloaded, error) {
	k, listing, err := s.find(ctx, name)
	if err != nil {
		return downloaded{}, err
	}
	if b := k.CopyBlock(a.now()); b != nil {
		return downloaded{}, blocked(k, b, "downloaded")
	}
	if err := a.checkCertificates(listing); err != nil {
		return downloaded{}, err
	}
	return downloaded{key: k, warnings: k.CopyWarnings(listing.Keys)}, nil
}

// writeDownload writes the file, the deed and the answer.
func (a *app) writeDownload(ctx context.Context, d downloaded, l lock, o downloadOptions) error {
	var err error
	d.encrypted, d.recipients = l.encrypts(), l.recipients
	d.Written, err = download.Write(ctx, download.Request{
		Text: d.key.Text, Path: downloadPath(o.to, d.key.Name, d.encrypted), To: l.to, Armor: o.armor,
	})
	if err != nil {
		return downloadFault(faultError, "", err)
	}
	a.record(journal.Deed{Action: journal.Downloaded, Key: d.key.Ref(), Name: d.key.Name, Route: d.route()})
	if err := a.remember(ctx, d.key); err != nil {
		return err
	}
	if o.format == formatTable {
		return a.write(d.sentence())
	}
	return a.writeResult(d.record(), o.format)
}

// downloaded is a key text that was written into a file.
type downloaded struct {
	download.Written
	key        client.Key
	warnings   []string
	encrypted  bool
	recipients int // 0 for a passphrase
}

// route is the word of the journal.
func (d downloaded) route() string {
	if d.encrypted {
		return "age"
	}
	return "plain"
}

// record is the download as a program reads it. Its fields are a promise.
func (d downloaded) record() record {
	return record{
		{"downloaded", textOf(d.key.Name)},
		{"path", textOf(d.Path)},
		{"encrypted", truthOf(d.encrypted)},
		{"recipients", numberOf(int64(d.recipients))},
		{"readers", textOf(d.Readers)},
		{"warnings", listOf(d.warnings)},
	}
}

// sentence is the download as a person reads it.
func (d downloaded) sentence() string {
	how := "Not encrypted"
	switch {
	case d.recipients > 0:
		how = "Encrypted; age -d -i KEY FILE opens it"
	case d.encrypted:
		how = "Encrypted; age -d FILE opens it"
	}
	return style.Sanitize(fmt.Sprintf("%s: written to %s. %s. Readable by %s.", d.key.Name, d.Path, how, d.Readers)) + "\n"
}
