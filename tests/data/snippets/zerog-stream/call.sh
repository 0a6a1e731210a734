#!/usr/bin/env bash
# curl 7.76 or later · a user agent of 0G serving, which signs and pays
set -euo pipefail
: "${ZEROG_USER_AGENT_URL:?is not set}"

body() {
  cat <<'JSON'
{
  "messages": [
    {
      "role": "user",
      "content": "It's \"fine\", isn't it?\n</script> $HOME `id` \\ Grüße"
    }
  ],
  "temperature": 0.50,
  "stream": true
}
JSON
}

exec 3< <(exec curl --fail-with-body --silent --show-error --connect-timeout 10 --no-buffer "${ZEROG_USER_AGENT_URL%/}"'/v1/provider/0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266/service/llama7b/v1/chat/completions' \
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
