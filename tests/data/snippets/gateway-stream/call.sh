#!/usr/bin/env bash
# curl 7.76 or later · BYOC, through a gateway that signs and pays
set -euo pipefail
: "${LIVEPEER_GATEWAY_URL:?is not set}"

body() {
  cat <<'JSON'
{
  "model": "docs",
  "stream": true,
  "messages": [
    {
      "role": "user",
      "content": "What's a ticket?"
    }
  ]
}
JSON
}

job='{"id":"'$(date +%s)-$$'",''"request":"{}","parameters":"{\"orchestrators\":{\"include\":[\"it'\''s.example\"]}}","capability":"docs-chat","timeout_seconds":60}'
header=$(printf '%s' "$job" | base64 | tr -d '\n')

exec 3< <(exec curl --fail-with-body --silent --show-error --connect-timeout 10 --no-buffer "${LIVEPEER_GATEWAY_URL%/}/process/request/v1/chat%20completions" \
  --header "Livepeer: $header" \
  --header 'Content-Type: application/json' --data-binary @<(body))
curl_pid=$!
trap 'kill "$curl_pid" 2>/dev/null || :' EXIT
finished=
while IFS= read -r line <&3 || [ -n "$line" ]; do
  line=${line%$'\r'}
  case $line in
    'data: [DONE]' | 'data:[DONE]') finished=yes; break ;;
    'event: insufficient balance') printf 'The balance ran out.\n' >&2; exit 1 ;;
    'data: {"balance":'*) printf '%s\n' "${line#data: }" >&2 ;;  # what is left, no part of the answer
    data:*) line=${line#data:}; printf '%s\n' "${line# }" ;;
    '' | :* | event:* | id:* | retry:*) ;;
    *) printf '%s\n' "$line" >&2 ;;
  esac
done
[ -n "$finished" ] || wait "$curl_pid"
