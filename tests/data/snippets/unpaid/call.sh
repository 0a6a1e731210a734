#!/usr/bin/env bash
# curl 7.76 or later · BYOC, directly to an orchestrator of a free test network
set -euo pipefail
: "${LIVEPEER_ORCH_URL:?is not set}"

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

job='{"id":"'$(date +%s)-$$'",''"request":"{}","parameters":"{}","capability":"text-analysis","timeout_seconds":60,"sender":"","sig":""}'
header=$(printf '%s' "$job" | base64 | tr -d '\n')

curl --fail-with-body --silent --show-error --max-time 70 "${LIVEPEER_ORCH_URL%/}/process/request/text-analysis" \
  --header "Livepeer: $header" \
  --header 'Content-Type: application/json' --data-binary @<(body)
