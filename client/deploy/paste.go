package deploy

import (
	"path"
	"strings"

	"provkeys/client"
)

// historyOff keeps what follows out of the history of bash and zsh; dash keeps
// none. It stands before the secret as commands of its own, since bash remembers
// a line when it has read it. zsh remembers a bracketed paste as one, before any
// of it runs: there HISTORY_IGNORE keeps the paste out of the file, and the blank
// before the first line does where zsh writes the file at once (share_history is
// mostly set together with hist_ignore_space).
//
// ksh and fish have no such way: there the snippet goes through a pipe, as in
// "provkeys snippet NAME --for file | ssh HOST sh". No pasted form has a comment,
// since zsh would run it, or a tab, since a shell would complete at it; "command"
// passes by the operator's aliases.
const historyOff = ` provkeys_then=:
 if [ -n "${ZSH_VERSION-}" ]; then
   fc -p
   HISTORY_IGNORE="(${HISTORY_IGNORE-}|*provkeys_then*)"
   provkeys_then='fc -P'
 elif [ -n "${BASH_VERSION-}" ]; then
   provkeys_then=$(set +o | command grep ' history$')
   eval 'set +o history'
 fi
`

// pasted wraps commands for a shell that they are pasted into. They are one
// command, read to its end before it runs, so that a password prompt or ssh
// cannot eat the rest; a subshell, so that "exit" leaves the operator's shell
// alone; and untraced. Its status is theirs.
func pasted(commands string) string {
	return historyOff + ` { (
   { set +x; } 2>/dev/null
` + commands + ` ); eval "$provkeys_then; unset provkeys_then; (exit $?)"; }
`
}

// fill puts the kind's @SERVICE@, @PATH@ and @FOLDER@ and further pairs of a mark
// and a value into a template, in one pass: no value is looked through for marks.
func fill(kind client.Kind, template string, pairs ...string) string {
	file := Path(kind)
	pairs = append(pairs, "@SERVICE@", Service(kind), "@PATH@", file, "@FOLDER@", path.Dir(file))
	return strings.NewReplacer(pairs...).Replace(template)
}

// writeFile are the commands of a subshell that writes its standard input to
// the file: whole or not at all, never empty, mode 644 whatever was there before.
const writeFile = `    umask 022
    new=$(mktemp @PATH@.XXXXXX) || exit
    cat >"$new" && [ -s "$new" ] && chmod 644 "$new" && mv -f "$new" @PATH@ && exit
    rm -f "$new"
    exit 1`

// file is for an operator with sudo. The service starts again even where the
// file could not be written: a machine that has enrolled before works on with
// its certificate. Where the service cannot be stopped (the wrong machine, the
// wrong kind) nothing is written.
func file(kind client.Kind, text string) string {
	return pasted(fill(kind, `   sudo systemctl stop @SERVICE@ </dev/null || exit
   written=0
   printf %s @KEY@ | sudo sh -c '
@WRITE@' || written=$?
   sudo systemctl start @SERVICE@ </dev/null || exit
   [ "$written" = 0 ] || echo '@PATH@ was not written; @SERVICE@ runs on as before.' >&2
   exit "$written"
`, "@KEY@", shell(text), "@WRITE@", fill(kind, writeFile)))
}

// docker hands the text over in the environment, which "docker inspect" shows:
// the image has no other way. Options, ports and tags are those of the vendor's
// Docker guides. A container that is there already keeps its key, so the snippet
// stops at one.
func docker(kind client.Kind, text string) string {
	ports := ""
	if kind == client.ServiceEdge {
		ports = "--publish 443:443 "
	}
	return pasted(fill(kind, `   if docker container inspect @SERVICE@ >/dev/null 2>&1; then
     echo 'The container @SERVICE@ is there already, and its own key wins over a new one.' >&2
     echo 'Remove it first: docker rm --force @SERVICE@' >&2
     exit 1
   fi
   case "$(uname -m)" in aarch64 | arm64) arch=arm64 ;; *) arch=amd64 ;; esac
   @VARIABLE@=@KEY@ \
     docker run --detach --init --restart always --name @SERVICE@ @PORTS@\
     --cap-add cap_net_admin --cap-add cap_net_bind_service --cap-add cap_net_raw \
     --cap-add cap_sys_nice --cap-add cap_sys_time --cap-add cap_sys_resource \
     --env @VARIABLE@ "@IMAGE@:latest.$arch"
`, "@VARIABLE@", variable, "@KEY@", shell(text), "@PORTS@", ports, "@IMAGE@", image(kind)))
}

// helm hands the values over on standard input. Chart, repository, release,
// namespace and value are those of the vendor's Kubernetes guide; the chart's
// pods go into a namespace of its own making. Other values of an installed
// release stay, which takes Helm 3.14.
func helm(text string) string {
	return pasted(fill(client.AppConnector, `   printf '%s\n' 'zsglobal:' '  provisionkey:' @VALUE@ |
     helm upgrade --install @SERVICE@ zpa-app-connector-kubernetes \
     --repo https://dist.private.zscaler.com/helm-charts/k8s/ \
     --namespace default --reset-then-reuse-values --values -
`, "@VALUE@", shell("    value: "+yamlDouble(text))))
}

// gcp puts the text into Secret Manager, as a new version of a secret that is
// there already, and writes a start-up script without it: metadata is readable, a
// secret has its own permissions.
func gcp(k client.Key, text string) string {
	return pasted(fill(k.Kind, `   if gcloud secrets describe @SECRET@ >/dev/null 2>&1; then
     set -- versions add @SECRET@
   else
     set -- create @SECRET@ --replication-policy=automatic
   fi
   printf %s @KEY@ | gcloud secrets "$@" --data-file=- || exit
   command cat >@SERVICE@-startup.sh <<'PROVKEYS' || exit
@STARTUP@PROVKEYS
   echo 'Written: @SERVICE@-startup.sh. Hand it to new machines, with a service account that may read @SECRET@:'
   echo 'gcloud compute instances create MACHINE --metadata-from-file=startup-script=@SERVICE@-startup.sh --scopes=cloud-platform'
`, "@SECRET@", secretName(k), "@KEY@", shell(text), "@STARTUP@", startupScript(k)))
}

// secretName names the secret after the service and the key, with the key's id
// where the name had to be changed.
func secretName(k client.Key) string {
	const longest = 200 // of the 255 characters that are allowed
	name := word(k.Name)
	if name != k.Name || name == "" || len(name) > longest {
		name = name[:min(len(name), longest)] + "-" + word(string(k.ID))
	}
	return Service(k.Kind) + "-" + name
}
