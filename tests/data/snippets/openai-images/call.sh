#!/usr/bin/env bash
# curl 7.76 or later · any OpenAI-compatible server
set -euo pipefail
: "${OPENAI_BASE_URL:?is not set}"

body() {
  cat <<'JSON'
{
  "model": "dall-e-3",
  "prompt": "A gate",
  "size": "1024x1024",
  "n": 2
}
JSON
}

curl --fail-with-body --silent --show-error --max-time 60 "${OPENAI_BASE_URL%/}"'/images/generations' \
  --config <(printf '%s' "${OPENAI_API_KEY:+header = \"Authorization: Bearer $OPENAI_API_KEY\"}") \
  --header 'Content-Type: application/json' --data-binary @<(body)
