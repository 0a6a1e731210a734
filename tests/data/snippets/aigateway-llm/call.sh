#!/usr/bin/env bash
# curl 7.76 or later · a Livepeer AI gateway
set -euo pipefail
: "${LIVEPEER_AI_GATEWAY_URL:?is not set}"
gateway=${LIVEPEER_AI_GATEWAY_URL%/}
key() { printf '%s' "${LIVEPEER_AI_GATEWAY_KEY:+header = \"Authorization: Bearer $LIVEPEER_AI_GATEWAY_KEY\"}"; }

body() {
  cat <<'JSON'
{
  "model": "meta-llama/Meta-Llama-3.1-8B-Instruct",
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
  "stream": false,
  "max_tokens": 256,
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
      --form-string 'model_id=meta-llama/Meta-Llama-3.1-8B-Instruct' \
      --form-string 'system_msg=Be brief.' \
      --form-string 'temperature=0.5' \
      --form-string 'max_tokens=256' \
      --form-string 'stream=false'
    ;;
  *) exec 4< <(body); set -- --header 'Content-Type: application/json' --data-binary @/dev/fd/4 ;;
esac
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
curl --fail-with-body --silent --show-error --max-time 60 --config <(key) "$gateway"'/llm' "$@" \
  --output "$answer" || { cat "$answer" >&2; exit 1; }
test -s "$answer" || { printf 'The gateway answered with nothing in it.\n' >&2; exit 1; }
cat "$answer"
