#!/usr/bin/env bash
# curl 7.76 or later · BYOC, through a gateway that signs and pays
set -euo pipefail
: "${LIVEPEER_GATEWAY_URL:?is not set}"

body() {
  cat <<'JSON'
{
  "text": "it's a fine day, isn't it?\n</script>\u2028",
  "max_keywords": 5,
  "ratio": 0.25,
  "detailed": true,
  "language": null,
  "tags": [
    "a",
    "b"
  ],
  "options": {
    "order": [
      "z",
      "a"
    ],
    "b": 1,
    "a": 2
  }
}
JSON
}

job='{"id":"'$(date +%s)-$$'",''"request":"{}","parameters":"{\"orchestrators\":{\"include\":[\"it'\''s.example\"]}}","capability":"text-analysis","timeout_seconds":60}'
header=$(printf '%s' "$job" | base64 | tr -d '\n')

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
curl --fail-with-body --silent --show-error --max-time 70 "${LIVEPEER_GATEWAY_URL%/}/process/request/text-analysis" \
  --header "Livepeer: $header" \
  --header 'Content-Type: application/json' --data-binary @<(body) --output "$answer" || { cat "$answer" >&2; exit 1; }
test -s "$answer" || { printf 'No orchestrator took the job.\n' >&2; exit 1; }
cat "$answer"
