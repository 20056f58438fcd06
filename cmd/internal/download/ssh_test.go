package download

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
)

const anEd25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsKLqeplhpW+uObz5dvMgjz1OxfM/XXUB+VHtZ6isGN jo@mock.example"

func TestSSHKeysAreRecipients(t *testing.T) {
	t.Parallel()
	for name, line := range map[string]string{"ed25519": anEd25519, "rsa": anRSA(2048), "without a comment": anEd25519[:80]} {
		if r, err := ParseRecipient(line); err != nil || r == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDamagedOrWeakSSHKeyIsRefused(t *testing.T) {
	t.Parallel()
	for _, line := range []string{anEd25519[:40], anRSA(1024), "ssh-ed25519 " + strings.Fields(anRSA(2048))[1]} {
		_, err := ParseRecipient(line)
		if known := (*Error)(nil); !errors.As(err, &known) || !strings.Contains(err.Error(), "damaged, or an RSA key under 2048 bits") {
			t.Errorf("%.20q: %v", line, err)
		}
	}
}

// anRSA returns a line as of a .pub file. Nobody has its private half: the
// modulus is just a number of so many bits.
func anRSA(bits int) string {
	modulus := make([]byte, bits/8)
	// It never fails.
	_, _ = rand.Read(modulus)
	modulus[0] |= 0x80
	modulus[len(modulus)-1] |= 1
	var blob []byte
	for _, part := range [][]byte{[]byte("ssh-rsa"), {1, 0, 1}, append([]byte{0}, modulus...)} {
		blob = append(binary.BigEndian.AppendUint32(blob, uint32(len(part))), part...)
	}
	return "ssh-rsa " + base64.StdEncoding.EncodeToString(blob) + " jo@mock.example"
}
