#!/usr/bin/env bash
# curl 7.76 or later · any OpenAI-compatible server
set -euo pipefail
: "${OPENAI_BASE_URL:?is not set}"

body() {
  cat <<'JSON'
{
  "model": "meta-llama/Llama-3.1-8B-Instruct",
  "messages": [
    {
      "role": "system",
      "content": "Be brief."
    },
    {
      "role": "user",
      "content": "It's \"fine\", isn't it?\n</script>"
    }
  ],
  "temperature": 0.5,
  "top_k": 40
}
JSON
}

curl --fail-with-body --silent --show-error --max-time 60 "${OPENAI_BASE_URL%/}"'/chat/completions' \
  --config <(printf '%s' "${OPENAI_API_KEY:+header = \"Authorization: Bearer $OPENAI_API_KEY\"}") \
  --header 'Content-Type: application/json' --data-binary @<(body)
