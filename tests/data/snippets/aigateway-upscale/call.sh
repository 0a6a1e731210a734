#!/usr/bin/env bash
# curl 7.76 or later · a Livepeer AI gateway
set -euo pipefail
: "${LIVEPEER_AI_GATEWAY_URL:?is not set}"
image_file='image.png'
test -r "$image_file" || { printf '%s cannot be read\n' "$image_file" >&2; exit 1; }
gateway=${LIVEPEER_AI_GATEWAY_URL%/}
key() { printf '%s' "${LIVEPEER_AI_GATEWAY_KEY:+header = \"Authorization: Bearer $LIVEPEER_AI_GATEWAY_KEY\"}"; }

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
curl --fail-with-body --silent --show-error --max-time 60 --config <(key) "$gateway"'/upscale' \
  --form 'image=@-;type=image/png;filename=image.png' <"$image_file" \
  --form-string 'prompt=a' \
  --form-string 'model_id=stabilityai/stable-diffusion-x4-upscaler' \
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
