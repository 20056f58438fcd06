package journal

import (
	"net/netip"
	"os/user"
	"strconv"
	"strings"
)

// Whoami returns the account of this process and the address in SSH_CONNECTION.
// Of the user whose name is not to be had it returns the number.
func Whoami(lookup func(string) (string, bool), uid int) Who {
	who := Who{SSH: address(lookup)}
	if u, err := user.Current(); err == nil && u.Username != "" {
		who.Name = u.Username
		return who
	}
	who.Name = "uid " + strconv.Itoa(uid)
	return who
}

// address returns the client's address of an ssh session, and nothing that is
// no address: anybody can set the variable.
func address(lookup func(string) (string, bool)) string {
	value, _ := lookup("SSH_CONNECTION")
	first, _, _ := strings.Cut(value, " ")
	addr, err := netip.ParseAddr(first)
	if err != nil {
		return ""
	}
	return addr.WithZone("").String() // a zone may be any text
}
