#!/bin/sh
# ProdTracker in one file: this script, then a compressed archive of the Deno runtime and the program.
# The archive is unpacked once, to the user's cache, and started from there with the permissions below.
sha256=@SHA256@
archive_start=@ARCHIVE_START@
decompressor=@DECOMPRESSOR@

fail() {
  printf 'prodtracker: %s\n' "$1" >&2
  exit 1
}

# The first line of a program's complaint, without the names in front of it.
reason() {
  first=${1%%"
"*}
  printf '%s' "${first##*: }"
}

# With an empty environment there is no PATH to find tar by, nor one for the program's children.
: "${PATH:=/usr/local/bin:/usr/bin:/bin}"
export PATH

# The user's cache. Without a HOME, or with somebody else's (as `sudo` may leave it), one by user id.
# `test -O` is not in POSIX, but in every sh there is: dash, busybox, bash, zsh, ksh.
mine_or_new() {
  case $1 in /*) [ -O "$1" ] || [ ! -e "$1" ] ;; *) false ;; esac
}
if mine_or_new "${XDG_CACHE_HOME:-}"; then
  base=$XDG_CACHE_HOME/prodtracker
elif [ -n "${HOME:-}" ] && [ -O "$HOME" ]; then
  base=$HOME/.cache/prodtracker
else
  base=${TMPDIR:-/tmp}/prodtracker-$(id -u)
fi
final=$base/$sha256

check_owner() {
  [ -O "$base" ] && [ ! -L "$base" ] || fail "Cannot use the cache \"$base\": it belongs to somebody else"
}

checksum() {
  if command -v sha256sum >/dev/null; then
    sha256sum
  elif command -v shasum >/dev/null; then
    shasum -a 256
  else
    openssl dgst -sha256 -r
  fi
}

# Unpacks to a folder of its own and renames it; of several that do so at once, one wins.
unpack() {
  for program in tar "$decompressor"; do
    command -v "$program" >/dev/null ||
      fail "Cannot unpack: the program \"$program\" is not installed"
  done
  mask=$(umask)
  umask 077
  said=$(mkdir -p "$base" 2>&1) || fail "Cannot create the cache \"$base\": $(reason "$said")"
  check_owner
  # What a killed start left behind more than a day ago.
  find "$base/." ! -name . -prune -name '.new-*' -mtime +0 -exec rm -rf {} + 2>/dev/null
  new=
  trap '[ ! -d "$new" ] || rm -rf "$new"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  new=$(mktemp -d "$base/.new-XXXXXX" 2>&1) || fail "Cannot unpack to \"$base\": $(reason "$new")"
  said=$(tail -c "+$archive_start" "$0" 2>&1 >"$new/archive") ||
    fail "Cannot unpack to \"$base\": $(reason "$said")"
  found=$(checksum <"$new/archive" 2>/dev/null) ||
    fail 'Cannot check this file: none of sha256sum, shasum and openssl is installed'
  case $found in
    *"$sha256"*) ;;
    *) fail "Cannot unpack \"$0\": the file is damaged, get it again" ;;
  esac
  said=$("$decompressor" -dc <"$new/archive" 2>/dev/null | tar -xof - -C "$new" 2>&1) ||
    fail "Cannot unpack to \"$base\": $(reason "$said")"
  rm -f "$new/archive"
  if [ ! -d "$final" ]; then
    # Or a power cut soon after would leave empty files under the final name.
    sync
    said=$(mv "$new" "$final" 2>&1) || fail "Cannot unpack to \"$base\": $(reason "$said")"
    # Into a folder that another start made in between, `mv` moves instead of failing.
    rm -rf "${final:?}/${new##*/}"
  fi
  rm -rf "$new"
  remove_old
  trap - EXIT HUP INT TERM
  umask "$mask"
}

# Removes other versions that were not started for a week and that no process runs from.
remove_old() {
  running=$(ps -A -o args= 2>/dev/null) && [ -n "$running" ] || return 0
  for old in "$base"/*; do
    [ "$old" != "$final" ] && [ -f "$old/last_start" ] || continue
    [ -n "$(find "$old/last_start" -mtime +6)" ] || continue
    case $running in *"$old/"*) continue ;; esac
    # Renamed first: a version is there as a whole or not at all.
    mv "$old" "$new" 2>/dev/null && rm -rf "$new"
  done
}

[ ! -d "$base" ] || check_owner
new=
[ -f "$final/deno" ] || unpack
# `command` because a failing redirection of a bare `:` would end the script.
command : 2>/dev/null >"$final/last_start"
DENO_DIR=$final/deno_dir
DENO_NO_UPDATE_CHECK=1
# What "service install" has the system start.
case $0 in /*) PRODTRACKER_EXECUTABLE=$0 ;; *) PRODTRACKER_EXECUTABLE=$PWD/$0 ;; esac
export DENO_DIR DENO_NO_UPDATE_CHECK PRODTRACKER_EXECUTABLE
# Deno parses each file once and remembers what it imports; a service that did so would keep 10 MB of it.
[ -z "$new" ] || "$final/deno" cache --quiet --no-config "$final"/bundle/*.js >/dev/null 2>&1
# V8's cache of compiled code makes commands start sooner, but costs a service memory for as long as it runs.
case ${1:-} in serve | start-api | track | focus) cache=--no-code-cache ;; *) cache= ;; esac
exec "$final/deno" run --quiet $cache --no-config --cached-only @FLAGS@ "$final/bundle/main.js" "$@"
