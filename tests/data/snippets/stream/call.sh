#!/usr/bin/env bash
# curl 7.76 or later · BYOC, directly to an orchestrator
# curl has no ticket library: sluicectl (Sluice 0.1.0) signs the job and pays for it, curl makes the request.
set -euo pipefail
: "${LIVEPEER_ORCH_URL:?is not set}"
: "${SLUICE_SENDER_KEY:?is not set}"

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

signed=$(body | sluicectl sign --capability 'docs-chat' --path 'v1/chat completions' --timeout 60 --max-spend '5000000000' --input - --orchestrator "$LIVEPEER_ORCH_URL" --json)
field() { sed -n 's/.*"'"$1"'": *"\([^"]*\)".*/\1/p' <<<"$signed"; }
payment=$(field Livepeer-Payment)
pin=$(field tls_pin)  # an orchestrator signs its own certificate: its key must be the one that sluicectl knows

exec 3< <(exec curl --fail-with-body --silent --show-error --connect-timeout 10 --no-buffer "$(field url)" \
  --header "Livepeer: $(field Livepeer)" ${payment:+--header "Livepeer-Payment: $payment"} \
  ${pin:+--insecure --pinnedpubkey "$pin"} \
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
