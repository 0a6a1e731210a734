#!/usr/bin/env bash
# curl 7.76 or later · any OpenAI-compatible server
set -euo pipefail
: "${OPENAI_BASE_URL:?is not set}"

body() {
  cat <<'JSON'
{
  "model": "ranker",
  "query": "q",
  "documents": [
    "a"
  ]
}
JSON
}

curl --fail-with-body --silent --show-error --max-time 60 "${OPENAI_BASE_URL%/}"'/my%20rank' \
  --config <(printf '%s' "${OPENAI_API_KEY:+header = \"Authorization: Bearer $OPENAI_API_KEY\"}") \
  --header 'Content-Type: application/json' --data-binary @<(body)
