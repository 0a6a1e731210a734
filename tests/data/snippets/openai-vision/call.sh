#!/usr/bin/env bash
# curl 7.76 or later · any OpenAI-compatible server
set -euo pipefail
: "${OPENAI_BASE_URL:?is not set}"
url_file='url.png'
test -r "$url_file" || { printf '%s cannot be read\n' "$url_file" >&2; exit 1; }

body() {
  printf '%s' '{
  "model": "gpt-4o",
  "messages": [
    {
      "role": "user",
      "content": [
        {
          "type": "text",
          "text": "What is this?"
        },
        {
          "type": "image_url",
          "image_url": {
            "url": "data:image/png;base64,'
  base64 <"$url_file" | tr -d '\n'
  printf '%s' '"
          }
        }
      ]
    }
  ]
}'
}

curl --fail-with-body --silent --show-error --max-time 60 "${OPENAI_BASE_URL%/}"'/chat/completions' \
  --config <(printf '%s' "${OPENAI_API_KEY:+header = \"Authorization: Bearer $OPENAI_API_KEY\"}") \
  --header 'Content-Type: application/json' --data-binary @<(body)
