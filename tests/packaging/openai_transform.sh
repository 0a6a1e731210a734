#!/usr/bin/env bash
# A program that knows only the installed library stands between an OpenAI client and a gateway.
set -euo pipefail
build=$1
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for component in runtime development; do
    cmake --install "$build" --prefix "$work/prefix" --component "$component" >/dev/null
done
cmake -S "$here/openai_transform" -B "$work/build" -DCMAKE_PREFIX_PATH="$work/prefix" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
cmake --build "$work/build" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
export LD_LIBRARY_PATH=$work/prefix/lib

request='{"model":"org/m","stream":true,"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"}]}'
printf '%s\n\n' 'data: {"chunk":"Hel"}' 'data: {"chunk":"lo"}' 'data: {"chunk":"[DONE]","tokens_used":4,"done":true}' >"$work/stream"
said=$("$work/build/openai_transform" "$request" <"$work/stream" 2>"$work/sent")
grep -q '"content":"Hel"' <<<"$said" || { echo "no text: $said"; exit 1; }
test "$(tail -n 1 <<<"$said")" = 'data: [DONE]' || { echo "no end: $said"; exit 1; }
test "$(tr '\n' ' ' <"$work/sent")" = 'prompt=Hi model_id=org/m system_msg=Be brief. max_tokens=256 stream=true ' || { cat "$work/sent"; exit 1; }

if head -n 3 "$work/stream" | "$work/build/openai_transform" "$request" >"$work/cut" 2>/dev/null; then
    echo "a cut stream passed for a whole one"
    exit 1
fi
grep -q '"error":{"message"' "$work/cut"
said=$(printf '{"response":"Hello","tokens_used":4}' | "$work/build/openai_transform" '{"model":"m","messages":[{"role":"user","content":"Hi"}]}' 2>/dev/null)
grep -q '"object":"chat.completion".*"content":"Hello".*"total_tokens":4' <<<"$said" || { echo "no answer: $said"; exit 1; }
