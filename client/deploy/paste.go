package deploy

import (
	"path"
	"strings"

	"provkeys/client"
)

// historyOff keeps what follows out of the history of bash and zsh; dash keeps
// none. It stands before the secret as commands of its own, since bash remembers
// a line when it has read it, and a verbose shell prints it then. zsh remembers a
// bracketed paste as one, before any of it runs: there HISTORY_IGNORE keeps the
// paste out of the file, and the blank before the first line does where zsh writes
// the file at once (share_history is mostly set together with hist_ignore_space).
//
// ksh, busybox and fish have no such way: there the snippet goes through a pipe,
// as in "provkeys snippet NAME --for file | ssh HOST sh". No pasted form has a
// comment, since zsh would run it, or a tab, since a shell would complete at it.
const historyOff = ` provkeys_then=:
 case $- in (*v*) set +v; provkeys_then='set -v' ;; esac
 if [ -n "${ZSH_VERSION-}" ]; then
   fc -p
   HISTORY_IGNORE="(${HISTORY_IGNORE-}|*provkeys_then*)"
   provkeys_then="$provkeys_then; fc -P"
 elif [ -n "${BASH_VERSION-}" ]; then
   provkeys_then="$provkeys_then; $(set +o | command grep ' history$')"
   eval 'set +o history'
 fi
`

// forPasting wraps commands for a shell that they are pasted into. They are one
// command, read to its end before it runs, so that a password prompt or ssh
// cannot eat the rest; a subshell, so that "exit" leaves the operator's shell
// alone; and untraced. Its status is theirs. The subshell ends by itself at an
// interrupt: one that dies of it takes the rest of the line along, and with it
// what turns the history on again. Where printf is no builtin, as in mksh, its
// arguments would show the text to everybody on the machine.
//
// "command" passes by the operator's aliases. Tools that read the text from their
// standard input go without: an alias such as 'sudo docker' still gets it.
func forPasting(commands string) string {
	return historyOff + ` { (
   { set +x; } 2>/dev/null
   trap 'exit 130' HUP INT TERM
   case $(command -v printf) in (*/*)
     echo 'printf is no builtin of this shell: use sh, bash or zsh.' >&2
     exit 1 ;;
   esac
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
// A link there is replaced, not followed: it might lead anywhere, and this is
// root. A folder there, which mv would move the file into, is refused.
const writeFile = `    umask 022
    if [ -d @PATH@ ]; then
      echo "@PATH@ is a folder, and has to be a file: remove it with rmdir." >&2
      exit 1
    fi
    mkdir -p @FOLDER@ || exit
    new=$(mktemp @PATH@.XXXXXX) || exit
    drop() {
      rm -f "$new"
      exit 1
    }
    trap drop HUP INT TERM
    cat >"$new" && [ -s "$new" ] && chmod 644 "$new" && mv -f "$new" @PATH@ && exit
    drop`

// file is for an operator with sudo, which asks for its password before anything
// is stopped. Once the service was told to stop, it starts again whatever comes:
// a machine that has enrolled before works on with its certificate. Where the
// service cannot be stopped (the wrong machine, the wrong kind) nothing is written.
func file(kind client.Kind, text string) string {
	return forPasting(fill(kind, `   sudo sh -c : </dev/null || exit
   provkeys_end() {
     trap '' HUP INT TERM
     sudo systemctl start @SERVICE@ </dev/null || exit
     if [ "$1" != 0 ]; then
       echo '@PATH@ was not written; @SERVICE@ was started without the new key.' >&2
       echo 'If it has not enrolled yet, it looks for a key at a restart, or after 24 hours.' >&2
     fi
     exit "$1"
   }
   trap 'provkeys_end 130' HUP INT TERM
   sudo systemctl stop @SERVICE@ </dev/null || exit
   printf %s @KEY@ | sudo sh -c '
@WRITE@' && provkeys_end 0
   provkeys_end "$?"
`, "@KEY@", shell(text), "@WRITE@", fill(kind, writeFile)))
}

// docker hands the text over in the environment, which "docker inspect" shows:
// the image has no other way. It arrives as a file for --env-file, which is read
// to the byte, since sudo would drop a variable. Options, ports and tags are
// those of the vendor's Docker guides. A container that is there already keeps
// its key, so the snippet stops at one.
func docker(kind client.Kind, text string) string {
	ports := ""
	if kind == client.ServiceEdge {
		ports = "--publish 443:443 "
	}
	return forPasting(fill(kind, `   if docker container inspect @SERVICE@ </dev/null >/dev/null 2>&1; then
     echo 'The container @SERVICE@ is there already, and its own key wins over a new one.' >&2
     echo 'Remove it first: docker rm --force @SERVICE@' >&2
     exit 1
   fi
   case "$(uname -m)" in (aarch64 | arm64) arch=arm64 ;; (*) arch=amd64 ;; esac
   printf '@VARIABLE@=%s\n' @KEY@ |
     docker run --detach --init --restart always --name @SERVICE@ @PORTS@\
     --cap-add cap_net_admin --cap-add cap_net_bind_service --cap-add cap_net_raw \
     --cap-add cap_sys_nice --cap-add cap_sys_time --cap-add cap_sys_resource \
     --env-file /dev/stdin "@IMAGE@:latest.$arch"
`, "@VARIABLE@", variable, "@KEY@", shell(text), "@PORTS@", ports, "@IMAGE@", image(kind)))
}

// helm hands the values over on standard input. Chart, repository, release,
// namespace and value are those of the vendor's Kubernetes guide; the chart's
// pods go into a namespace of its own making. Other values of an installed
// release stay, which takes Helm 3.14.
func helm(text string) string {
	return forPasting(fill(client.AppConnector, `   printf '%s\n' 'zsglobal:' '  provisionkey:' @VALUE@ |
     helm upgrade --install @SERVICE@ zpa-app-connector-kubernetes \
     --repo https://dist.private.zscaler.com/helm-charts/k8s/ \
     --namespace default --reset-then-reuse-values --values -
`, "@VALUE@", shell("    value: "+yamlDouble(text))))
}

// gcp puts the text into Secret Manager, as a new version of a secret that is
// there already, and writes a start-up script without it: metadata is readable, a
// secret has its own permissions. The script comes first and never over a file
// that is there, so that a name that is taken makes no secret.
func gcp(k client.Key, text string) string {
	return forPasting(fill(k.Kind, `   set -C
   command cat >@SECRET@-startup.sh <<'PROVKEYS' || {
@STARTUP@PROVKEYS
     echo 'Nothing was done: remove @SECRET@-startup.sh, or go to another folder.' >&2
     exit 1
   }
   trap 'command rm -f @SECRET@-startup.sh; exit 130' HUP INT TERM
   if gcloud secrets describe @SECRET@ </dev/null >/dev/null 2>&1; then
     set -- versions add @SECRET@
   else
     set -- create @SECRET@ --replication-policy=automatic
   fi
   if ! printf %s @KEY@ | gcloud secrets "$@" --data-file=-; then
     command rm -f @SECRET@-startup.sh
     exit 1
   fi
   echo 'Written: @SECRET@-startup.sh. Hand it to new machines, with a service account that may read @SECRET@:'
   echo 'gcloud compute instances create MACHINE --metadata-from-file=startup-script=@SECRET@-startup.sh --scopes=cloud-platform'
`, "@SECRET@", secretName(k), "@KEY@", shell(text), "@STARTUP@", startupScript(k)))
}

// secretName names the secret after the service, the key and the key's id, since
// two keys may have the same name.
func secretName(k client.Key) string {
	const longest = 100 // of each, and of the 255 characters that are allowed in all
	name, id := word(k.Name), word(string(k.ID))
	return Service(k.Kind) + "-" + name[:min(len(name), longest)] + "-" + id[:min(len(id), longest)]
}
