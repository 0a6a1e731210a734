#!/usr/bin/env bash
# curl 7.76 or later · a Livepeer AI gateway
set -euo pipefail
: "${LIVEPEER_AI_GATEWAY_URL:?is not set}"
gateway=${LIVEPEER_AI_GATEWAY_URL%/}
key() { printf '%s' "${LIVEPEER_AI_GATEWAY_KEY:+header = \"Authorization: Bearer $LIVEPEER_AI_GATEWAY_KEY\"}"; }

body() {
  cat <<'JSON'
{
  "prompt": "A gate|It's open",
  "guidance_scale": 7.50,
  "num_images_per_prompt": 2,
  "loras": "{\"a/b\":1.0}",
  "model_id": "stabilityai/sdxl-turbo"
}
JSON
}

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
curl --fail-with-body --silent --show-error --max-time 60 --config <(key) "$gateway"'/text-to-image' \
  --header 'Content-Type: application/json' --data-binary @<(body) \
  --output "$answer" || { cat "$answer" >&2; exit 1; }
test -s "$answer" || { printf 'The gateway answered with nothing in it.\n' >&2; exit 1; }
origin=$(sed 's|^\([^/]*//[^/]*\).*|\1|' <<<"$gateway")
urls=$(grep -o '"url": *"[^"]*"' "$answer" | sed 's/^"url": *"//; s/"$//; s/\\u0026/\&/g; s|\\/|/|g') || { cat "$answer" >&2; exit 1; }
number=0
while IFS= read -r url; do
  number=$((number + 1))
  file=image-$number.png
  case $url in
    data:* | http://* | https://*) ;;
    *) url=$origin/${url#/} ;;
  esac
  case $url in
    data:*) printf '%s' "${url#*,}" | base64 -d >"$file" ;;
    "$origin"/*) curl --fail --silent --show-error --max-time 60 --config <(key) --output "$file" "$url" ;;
    *) curl --fail --silent --show-error --max-time 60 --output "$file" "$url" ;;  # nobody else sees the key
  esac
  printf '%s\n' "$file"
done <<<"$urls"
