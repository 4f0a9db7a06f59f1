#!/usr/bin/env bash
# Tells ProdTracker what this phone is doing; for Termux (pkg install bash curl openssl-tool).
#
#   heartbeat.sh            until it is ended
#   heartbeat.sh --once     one heartbeat, for Tasker or cron
#
# Settings, from the environment or from ~/.prodtracker: DEVICE_ID, SECRET, URL. What is in front is asked of
# the command FOREGROUND, and whether the screen is on of SCREEN (it prints on or off); see docs/phone_setup.md.
set -u
CONFIG=${PRODTRACKER_CONFIG:-$HOME/.prodtracker}
# shellcheck disable=SC1090
[ ! -f "$CONFIG" ] || . "$CONFIG"
: "${DEVICE_ID:?set DEVICE_ID}" "${SECRET:?set SECRET}" "${URL:?set URL}"
: "${FOREGROUND:=true}" "${SCREEN:=echo on}"
QUEUE=${QUEUE:-$HOME/.prodtracker_queue}
umask 077

# The secret's bytes, mixed for HMAC (RFC 2104), as escapes for printf: never an argument of a program.
ipad= opad=
for ((i = 0; i < 64; i++)); do
  if ((i < ${#SECRET})); then LC_ALL=C printf -v byte %d "'${SECRET:i:1}"; else byte=0; fi
  printf -v inner '\\x%02x' $((byte ^ 0x36))
  printf -v outer '\\x%02x' $((byte ^ 0x5c))
  ipad+=$inner opad+=$outer
done

# HMAC-SHA256 of the text in $1, in hex.
hmac() {
  # shellcheck disable=SC2059
  { printf "$opad"; { printf "$ipad"; printf %s "$1"; } | openssl dgst -sha256 -binary; } |
    openssl dgst -sha256 -r | cut -d ' ' -f 1
}

# Sends the body in $2 to the path in $1, with the headers that follow; sets $code and $reply.
send() {
  local path=$1 body=$2 answer
  shift 2
  answer=$(printf %s "$body" | curl -sS --max-time 10 -w '\n%{http_code}' \
    -H 'Content-Type: application/json' "$@" --data-binary @- "$URL$path" 2>/dev/null)
  code=${answer##*$'\n'} reply=${answer%$'\n'*}
}

# A field of the last reply.
field() { printf %s "$reply" | sed -n "s/.*\"$1\":\"\{0,1\}\([^,\"}]*\).*/\1/p"; }

# What could not be sent goes as one late batch, signed over the raw body; all of it is kept until it was taken.
send_queue() {
  [ -s "$QUEUE" ] || return 0
  local body t
  body="{\"device_id\":\"$DEVICE_ID\",\"heartbeats\":[$(tail -n 2500 "$QUEUE" | paste -sd, -)]}"
  t=$(date +%s)
  send /phone/heartbeats "$body" -H "X-Signature: t=$t,v1=$(hmac "$t.POST./phone/heartbeats.$body")"
  # 422: older than a day; there is nobody left who would take it.
  case $code in 200 | 422) rm -f "$QUEUE" ;; esac
}

beat() {
  local app on t told
  app=$(eval "$FOREGROUND")
  app=${app//[^A-Za-z0-9._ -]/}
  if [ -n "$app" ]; then app="\"$app\""; else app=null; fi
  if [ "$(eval "$SCREEN")" = off ]; then on=false; else on=true; fi
  t=$(date +%s)
  # Sorted and without spaces: this is what is signed.
  told="{\"device_id\":\"$DEVICE_ID\",\"foreground_app\":$app,\"screen_on\":$on,\"timestamp\":$t}"
  send /phone/heartbeat "${told%\}},\"signature\":\"$(hmac "$told")\"}"
  case $code in
    200 | 409) send_queue ;; # 409: stored already, which is as good
    400 | 401 | 422) printf 'refused: %s\n' "$reply" >&2 ;;
    *) printf '{"foreground_app":%s,"screen_on":%s,"timestamp":%s}\n' "$app" "$on" "$t" >>"$QUEUE" ;;
  esac
}

while :; do
  beat
  next=$(field next_heartbeat_s)
  until=$(field block_until)
  [ -z "$until" ] || [ "$until" = null ] || printf 'blocked until %s\n' "$until"
  [ "${1:-}" != --once ] || exit 0
  case $next in '' | *[!0-9]*) next=30 ;; esac
  sleep "$next"
done
