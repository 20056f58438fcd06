package download

import (
	"filippo.io/age"
	"filippo.io/age/agessh"
)

// sshRecipient reads an SSH public key.
func sshRecipient(line string) (age.Recipient, error) {
	r, err := agessh.ParseRecipient(line)
	if err != nil {
		return nil, &Error{Problem: "the SSH key is damaged, or an RSA key under 2048 bits", Fix: "copy the whole line of the .pub file, or take a stronger key"}
	}
	return r, nil
}
