#!/usr/bin/env bash
# curl 7.76 or later · a Livepeer AI gateway
set -euo pipefail
: "${LIVEPEER_AI_GATEWAY_URL:?is not set}"
content_file='content.bin'
test -r "$content_file" || { printf '%s cannot be read\n' "$content_file" >&2; exit 1; }
prompt_file='prompt.bin'
test -r "$prompt_file" || { printf '%s cannot be read\n' "$prompt_file" >&2; exit 1; }
gateway=${LIVEPEER_AI_GATEWAY_URL%/}
key() { printf '%s' "${LIVEPEER_AI_GATEWAY_KEY:+header = \"Authorization: Bearer $LIVEPEER_AI_GATEWAY_KEY\"}"; }

body() {
  printf '%s' '{
  "model": "meta-llama/Meta-Llama-3.1-8B-Instruct",
  "messages": [
    {
      "role": "user",
      "content": "'
  base64 <"$content_file" | tr -d '\n'
  printf '%s' '"
    }
  ],
  "stream": false,
  "max_tokens": 256
}'
}

# Gateways up to 0.8.2 take a form. They refuse this before anything is done or paid.
said=$(curl --silent --show-error --max-time 10 --config <(key) "$gateway"'/llm' --header 'Content-Type: application/json' --data '{}')
case $said in
  *multipart/form-data*)
    set -- --form-string 'prompt='''"$(base64 <"$prompt_file" | tr -d '\n')" \
      --form-string 'model_id=meta-llama/Meta-Llama-3.1-8B-Instruct' \
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
