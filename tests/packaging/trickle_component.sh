#!/usr/bin/env bash
# A program that knows only the installed library writes and reads a channel.
set -euo pipefail
build=$1
here=$(dirname "$0")
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT

for component in runtime development; do
    cmake --install "$build" --prefix "$work/prefix" --component "$component" >/dev/null
done
cmake -S "$here/trickle_component" -B "$work/build" -DCMAKE_PREFIX_PATH="$work/prefix" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
cmake --build "$work/build" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }

mkfifo "$work/ready"
SLUICE_DATA_DIR=$work/data "$work/prefix/bin/sluicectl" trickle serve --autocreate --json >"$work/ready" &
server=$!
read -r line <"$work/ready"
url=$(sed 's/.*"url":"\([^"]*\)".*/\1/' <<<"$line")
curl -sf -X POST -H 'Expect-Content: text/plain' "${url}lines"
said=$(LD_LIBRARY_PATH=$work/prefix/lib "$work/build/trickle_component" "${url}lines")
test "$said" = "one two three" || { echo "read back: $said"; exit 1; }
