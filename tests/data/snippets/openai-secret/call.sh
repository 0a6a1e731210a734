#!/usr/bin/env bash
# curl 7.76 or later · any OpenAI-compatible server
set -euo pipefail
: "${OPENAI_BASE_URL:?is not set}"
: "${INPUT_API_KEY:?is not set}"

json_string() { printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')"; }
body() {
  printf '%s' '{
  "model": "ranker",
  "query": "q",
  "api_key": '
  json_string "$INPUT_API_KEY"
  printf '%s' ',
  "stream": true
}'
}

exec 3< <(exec curl --fail-with-body --silent --show-error --connect-timeout 10 --no-buffer "${OPENAI_BASE_URL%/}"'/rank' \
  --config <(printf '%s' "${OPENAI_API_KEY:+header = \"Authorization: Bearer $OPENAI_API_KEY\"}") \
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
