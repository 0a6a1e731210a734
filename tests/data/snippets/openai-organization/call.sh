#!/usr/bin/env bash
# curl 7.76 or later · any OpenAI-compatible server
set -euo pipefail
: "${OPENAI_BASE_URL:?is not set}"
: "${OPENAI_ORG_ID:?is not set}"

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
  "top_k": 40,
  "stream": true
}
JSON
}

exec 3< <(exec curl --fail-with-body --silent --show-error --connect-timeout 10 --no-buffer "${OPENAI_BASE_URL%/}"'/chat/completions' \
  --config <(printf '%s' "${OPENAI_API_KEY:+header = \"Authorization: Bearer $OPENAI_API_KEY\"}") \
  --header "OpenAI-Organization: $OPENAI_ORG_ID" \
  --header 'Content-Type: application/json' --data-binary @<(body))
curl_pid=$!
trap 'kill "$curl_pid" 2>/dev/null || :' EXIT
finished=
while IFS= read -r line <&3 || [ -n "$line" ]; do
  line=${line%$'\r'}
  case $line in
    'data: [DONE]' | 'data:[DONE]') finished=yes; break ;;
    data:*) line=${line#data:}; printf '%s\n' "${line# }" ;;
    '' | :* | event:* | id:* | retry:*) ;;
    *) printf '%s\n' "$line" >&2 ;;
  esac
done
[ -n "$finished" ] || wait "$curl_pid"
