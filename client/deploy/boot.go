package deploy

import "provkeys/client"

// cloudInit stops the service in bootcmd, which runs right before write_files;
// cloud-init-per, since bootcmd runs at every boot and the other two at the
// first alone. A machine without the service yet is no fault at that point.
func cloudInit(k client.Key, text string) string {
	return fill(k.Kind, `#cloud-config
# @COMMENT@
# User data stays readable from the machine's metadata service: give the key no
# more uses than there are machines.
bootcmd:
  - cloud-init-per instance stop-@SERVICE@ systemctl stop @SERVICE@ || true
write_files:
  - path: @PATH@
    owner: root:root
    permissions: '0644'
    content: @KEY@
runcmd:
  - [systemctl, start, @SERVICE@]
`, "@COMMENT@", purpose(k), "@KEY@", yamlSingle(text))
}

// purpose says in a comment's line which key this is.
func purpose(k client.Key) string {
	return "Provisioning key " + comment(k.Name) + " for " + Service(k.Kind) + "."
}

// bootScript is what AWS calls user data and Azure custom data: cloud-init runs
// it once, as root, and keeps what it prints.
func bootScript(f Form, k client.Key, text string) string {
	readable := "User data stays readable: on the machine, and to anybody who may describe the instance."
	if f == Azure {
		readable = "Custom data stays readable to root on the machine, in /var/lib/waagent and /var/lib/cloud."
	}
	return fill(k.Kind, `#!/bin/bash
# @COMMENT@
# @READABLE@
set +xv
@SAVE@systemctl stop @SERVICE@
printf %s @KEY@ | save_key
written=$?
systemctl start @SERVICE@ || exit
exit "$written"
`, "@COMMENT@", purpose(k), "@READABLE@", readable, "@SAVE@", saveKey(k.Kind), "@KEY@", shell(text))
}

// saveKey returns a shell function that writes its standard input to the file.
func saveKey(kind client.Kind) string {
	return "save_key() (\n" + fill(kind, writeFile) + "\n)\n"
}

// startupScript fetches the text with curl, from the addresses that Google
// documents: the vendor's guides have to install gcloud first. Tokens go through curl's
// standard input, not its arguments. The service is stopped before, since
// fetching takes a while.
func startupScript(k client.Key) string {
	return fill(k.Kind, `#!/bin/bash
# @COMMENT@
# It holds no secret: it reads @SECRET@ from Secret Manager, which takes the role
# roles/secretmanager.secretAccessor and the scope cloud-platform.
set +xv
set -o pipefail
# It runs at every boot; a key that is there already stays.
if [ -f @PATH@ ] && [ -s @PATH@ ]; then exit 0; fi
@SAVE@metadata() {
  curl -fsS --retry 5 -H 'Metadata-Flavor: Google' "http://metadata.google.internal/computeMetadata/v1/$1"
}
field() {
  sed -n 's/.*"'"$1"'" *: *"\([^"]*\)".*/\1/p'
}
fetch() {
  local project token
  project=$(metadata project/project-id) || return
  token=$(metadata instance/service-accounts/default/token | field access_token) || return
  printf 'header = "Authorization: Bearer %s"\n' "$token" |
    curl -fsS --retry 5 --config - \
      "https://secretmanager.googleapis.com/v1/projects/$project/secrets/@SECRET@/versions/latest:access" |
    field data | base64 -d
}
systemctl stop @SERVICE@
key=$(fetch) && printf %s "$key" | save_key
written=$?
systemctl start @SERVICE@ || exit
exit "$written"
`, "@COMMENT@", purpose(k), "@SECRET@", secretName(k), "@SAVE@", saveKey(k.Kind))
}
