#!/usr/bin/env bash
# headless.sh BUILD: whether what was built without ui/ stands alone. Nothing of it needs Qt's Widgets, or names Qt's Gui itself (Qt
# Multimedia, with which the camera is opened, brings that along), and the command line starts a network of its own and pays for a call.
set -euo pipefail
build=$1

fail() {
    echo "The build without the window: $*" >&2
    exit 1
}

for binary in "$build/bin/sluicectl" "$build/lib/libsluice.so"; do
    [ -e "$binary" ] || fail "$binary was not built"
    named=$(readelf -d "$binary" | sed -n 's/.*(NEEDED).*\[\(libQt6[A-Za-z]*\)\..*/\1/p')
    grep -qx libQt6Core <<<"$named" || fail "$binary does not say what it links: ${named:-nothing}"
    if grep -E '^libQt6(Gui|Widgets|Svg|PrintSupport)' <<<"$named"; then
        fail "$binary links what only the window may need (named above)"
    fi
    loaded=$(ldd "$binary")
    if grep -F 'not found' <<<"$loaded" || grep -F libQt6Widgets <<<"$loaded"; then
        fail "$binary loads what it must not, or lacks something (named above)"
    fi
done
if [ -e "$build/bin/sluice" ]; then
    fail "there is a window"
fi

data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
export SLUICE_DATA_DIR=$data
"$build/bin/sluicectl" --version | grep -qE '^sluicectl [0-9]+\.' || fail "sluicectl --version does not say its version"
answer=$("$build/bin/sluicectl" run text-analysis --profile sandbox --input '{"text":"A fine day."}' --json) || fail "a call to the sandbox failed"
python3 -c '
import json, sys
run = json.load(sys.stdin)
assert run["ok"] and run["payment"]["tickets"], "no ticket was sent"
' <<<"$answer" || fail "the call to the sandbox was not paid: $answer"
echo "Core and sluicectl stand without the window: what they link, their version, a paid call to the sandbox"
