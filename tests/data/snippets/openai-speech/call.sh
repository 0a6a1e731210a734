#!/usr/bin/env bash
# curl 7.76 or later · any OpenAI-compatible server
set -euo pipefail
: "${OPENAI_BASE_URL:?is not set}"

body() {
  cat <<'JSON'
{
  "model": "tts-1",
  "input": "The gate is open.",
  "voice": "alloy",
  "response_format": "wav"
}
JSON
}

curl --fail-with-body --silent --show-error --max-time 60 "${OPENAI_BASE_URL%/}"'/audio/speech' \
  --config <(printf '%s' "${OPENAI_API_KEY:+header = \"Authorization: Bearer $OPENAI_API_KEY\"}") \
  --header 'Content-Type: application/json' --data-binary @<(body)
