package keytext

import "strings"

// ours reports whether a process is one of a service that takes a key.
func ours(process string) bool {
	return beginsWith(process, "zpa") || beginsWith(process, "np-") || beginsWith(process, "zscaler")
}

// strange reports whether a line is another program's: that its clock is behind
// or a host is unknown is no connector's fault. What a container writes may go by
// the container's id or by the name of what runs it.
func strange(process string) bool {
	name, _, _ := strings.Cut(process, "[")
	return name != "" && !ours(name) && !hasPrefix(name, "docker/", "podman", "conmon") && !containerID(name)
}

// containerID reports whether a name is the short or the whole id of a container.
func containerID(name string) bool {
	return (len(name) == 12 || len(name) == 64) && strings.Trim(name, "0123456789abcdef") == ""
}

// quotesOthers reports whether a process writes down what somebody typed, such
// as a search for one of the phrases.
func quotesOthers(process string) bool {
	name, _, _ := strings.Cut(process, "[")
	switch strings.TrimPrefix(name, "-") {
	case "sudo", "su", "audit", "auditd", "sh", "bash", "zsh", "fish", "ksh", "CRON", "CROND", "cron", "crond", "anacron":
		return true
	}
	return strings.HasPrefix(name, "ansible")
}
