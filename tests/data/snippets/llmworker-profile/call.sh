#!/usr/bin/env bash
# websocat 1.6 or later (cargo install websocat) and jq 1.6 or later · a worker over the profile: sluicectl worker serve --profile mine --port 8001
set -euo pipefail
: "${LLM_WORKER_URI:?is not set}"
add() {
  cat <<'JSON'
{"type":"add","id":"1","query":"q","assistant":{"streams":[{"provider":"local","settings":{"model":"docs-chat"},"messages":[{"role":"user","content":"{query}"}]}]},"history":[]}
JSON
}

exec 3< <(exec timeout 60 websocat --text --no-close --buffer-size 16777216 "$LLM_WORKER_URI" < <(add))
worker_pid=$!
trap 'kill "$worker_pid" 2>/dev/null || true' EXIT
jq --null-input --raw-output --join-output --unbuffered '
  foreach inputs as $said ("";
    if $said.type == "resp_add" then $said.job_id else . end;
    if $said.type == "resp_add" or $said.job_id != . then empty
    elif $said.type == "running" then $said.message
    elif $said.type == "failed" then "\nThe job failed: \($said.message)\n" | halt_error(1)
    elif $said.type == "done" then "\n", halt
    else empty end),
  ("\nThe connection ended, or took too long, before the job was done.\n" | halt_error(1))' <&3
