#!/bin/sh
# Stands for the tools that a snippet calls, under each of their names. It writes
# down how it was called into $LAB, and acts as far as the snippet needs.
name=${0##*/}
{
  printf '%s' "$name"
  printf ' %s' "$@"
  echo
} >>"$LAB/calls"
if [ "$name $1" = "$FAKE_HANGS" ]; then
  echo '@hangs@' >/dev/tty
  read -r _ </dev/tty
fi
case $name in
sudo)
  [ -z "$FAKE_REFUSED" ] || exit 1
  # Real ones hand no variables on.
  unset ZPA_PROVISION_KEY
  exec "$@"
  ;;
systemctl)
  # It must not get hold of a script that a shell reads from the same input.
  cat >/dev/null
  # What the machine would see: the file as it is when the service stops and starts.
  [ ! -e "$FAKE_FILE" ] || cp "$FAKE_FILE" "$LAB/at-$1"
  [ "$1" != stop ] || exit "${FAKE_STOP:-0}"
  ;;
cloud-init-per)
  shift 2
  exec "$@"
  ;;
docker)
  [ "$1" != container ] || exit "${FAKE_CONTAINER:-1}"
  case $* in *" --env-file /dev/stdin "*) IFS= read -r line ;; *) exit 125 ;; esac
  printf %s "${line#ZPA_PROVISION_KEY=}" >"$LAB/received"
  echo mock-container
  ;;
helm) cat >"$LAB/received" ;;
gcloud)
  [ "$2" != describe ] || exit "${FAKE_SECRET:-1}"
  [ -z "$FAKE_REFUSED" ] || exit 1
  cat >"$LAB/received"
  ;;
curl)
  case $* in
  *"Metadata-Flavor: Google"*/project/project-id) printf mock-project ;;
  *"Metadata-Flavor: Google"*/token) printf '{"access_token":"mock-token","expires_in":3599,"token_type":"Bearer"}' ;;
  *https://secretmanager.googleapis.com/v1/projects/mock-project/secrets/zpa-*/versions/latest:access | \
    *https://secretmanager.googleapis.com/v1/projects/mock-project/secrets/np-*/versions/latest:access)
    [ "$(cat)" = 'header = "Authorization: Bearer mock-token"' ] || exit 22
    [ -s "$LAB/received" ] || exit 22
    printf '{\n  "name": "mock",\n  "payload": {\n    "data": "%s",\n    "dataCrc32c": "42"\n  }\n}\n' \
      "$(base64 <"$LAB/received" | tr -d '\n')"
    ;;
  *) exit 6 ;;
  esac
  ;;
*)
  echo "$name is no builtin here" >&2
  exit 70
  ;;
esac
