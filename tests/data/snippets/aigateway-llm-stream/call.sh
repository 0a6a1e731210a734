#!/usr/bin/env bash
# curl 7.76 or later · a Livepeer AI gateway
# Not sent, because a gateway's /llm takes no such thing: stop.
set -euo pipefail
: "${LIVEPEER_AI_GATEWAY_URL:?is not set}"
gateway=${LIVEPEER_AI_GATEWAY_URL%/}
key() { printf '%s' "${LIVEPEER_AI_GATEWAY_KEY:+header = \"Authorization: Bearer $LIVEPEER_AI_GATEWAY_KEY\"}"; }

body() {
  cat <<'JSON'
{
  "model": "org/model",
  "messages": [
    {
      "role": "system",
      "content": "Be brief."
    },
    {
      "role": "user",
      "content": "It's \"fine\", isn't it?\n</script> $HOME"
    }
  ],
  "stream": true,
  "max_tokens": 12,
  "temperature": 0.5
}
JSON
}

# Gateways up to 0.8.2 take a form. They refuse this before anything is done or paid.
said=$(curl --silent --show-error --max-time 10 --config <(key) "$gateway"'/llm' --header 'Content-Type: application/json' --data '{}')
case $said in
  *multipart/form-data*)
    set -- --form-string 'prompt=It'\''s "fine", isn'\''t it?
</script> $HOME' \
      --form-string 'model_id=org/model' \
      --form-string 'system_msg=Be brief.' \
      --form-string 'temperature=0.5' \
      --form-string 'max_tokens=12' \
      --form-string 'stream=true'
    ;;
  *) exec 4< <(body); set -- --header 'Content-Type: application/json' --data-binary @/dev/fd/4 ;;
esac
exec 3< <(exec curl --fail-with-body --silent --show-error --connect-timeout 10 --no-buffer --config <(key) "$gateway"'/llm' "$@")
curl_pid=$!
trap 'kill "$curl_pid" 2>/dev/null || :' EXIT
finished=
while IFS= read -r line <&3 || [ -n "$line" ]; do
  line=${line%$'\r'}
  case $line in
    'data: [DONE]' | 'data:[DONE]') finished=yes; break ;;
    data:*'"done":true'* | data:*'"done": true'* | data:*'"finish_reason":"'[!\"]* | data:*'"finish_reason": "'[!\"]*)
      line=${line#data:}; printf '%s\n' "${line# }"; finished=yes; break ;;
    data:*) line=${line#data:}; printf '%s\n' "${line# }" ;;
    '' | :* | event:* | id:* | retry:*) ;;
    *) printf '%s\n' "$line" >&2 ;;
  esac
done
[ -n "$finished" ] || { wait "$curl_pid"; printf 'The answer broke off.\n' >&2; exit 1; }
