#!/usr/bin/env bash
# websocat 1.6 or later (cargo install websocat) and jq 1.6 or later · an LLM worker
set -euo pipefail
: "${LLM_WORKER_URI:?is not set}"
: "${INPUT_API_KEY:?is not set}"
add() {
  printf '%s' '{"type":"add","id":"1","query":"And {that}?","assistant":{"streams":[{"provider":"vllm","settings":{"model":"m","api_key":'
  jq --null-input --compact-output --join-output 'env.INPUT_API_KEY | @json'
  printf '%s' '},"messages":[]}]},"history":[{"role":"user","content":"What is {{this}}?"},{"role":"assistant","content":"grüße 🙂"}],"tell_streams":true}'
  echo
}

exec 3< <(exec timeout 60 websocat --text --no-close --buffer-size 16777216 "$LLM_WORKER_URI" < <(add))
worker_pid=$!
trap 'kill "$worker_pid" 2>/dev/null || true' EXIT
jq --null-input --raw-output --join-output --unbuffered '
  foreach inputs as $said ("";
    if $said.type == "resp_add" then $said.job_id else . end;
    if $said.type == "resp_add" or $said.job_id != . then empty
    elif $said.type == "running" then $said.message
    elif $said.type == "stream" then if $said.event == "begun" and $said.stream > 1 then "\n" else $said.message // empty end
    elif $said.type == "failed" then "\nThe job failed: \($said.message)\n" | halt_error(1)
    elif $said.type == "done" then "\n", halt
    else empty end),
  ("\nThe connection ended, or took too long, before the job was done.\n" | halt_error(1))' <&3
