#!/usr/bin/env bash
# curl 7.76 or later · a Livepeer AI gateway
set -euo pipefail
: "${LIVEPEER_AI_GATEWAY_URL:?is not set}"
image_file='my photo;1.png'
test -r "$image_file" || { printf '%s cannot be read\n' "$image_file" >&2; exit 1; }
gateway=${LIVEPEER_AI_GATEWAY_URL%/}
key() { printf '%s' "${LIVEPEER_AI_GATEWAY_KEY:+header = \"Authorization: Bearer $LIVEPEER_AI_GATEWAY_KEY\"}"; }

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
curl --fail-with-body --silent --show-error --max-time 60 --config <(key) "$gateway"'/image-to-video' \
  --header 'Prefer: respond-async' \
  --form 'image=@-;type=image/png;filename=image.png' <"$image_file" \
  --form-string 'fps=6' \
  --form-string 'model_id=stabilityai/stable-video-diffusion-img2vid-xt-1-1' \
  --output "$answer" || { cat "$answer" >&2; exit 1; }
test -s "$answer" || { printf 'The gateway answered with nothing in it.\n' >&2; exit 1; }
id=$(sed -n 's/.*"request_id": *"\([^"]*\)".*/\1/p' "$answer")
while [ -n "$id" ] && ! grep -q '"result"' "$answer"; do
  [ "$SECONDS" -lt 60 ] || { printf 'The job takes too long.\n' >&2; exit 1; }
  sleep 1
  curl --fail-with-body --silent --show-error --max-time 60 --config <(key) "$gateway"'/image-to-video/result' \
    --header 'Content-Type: application/json' --data "{\"request_id\":\"$id\"}" --output "$answer" || { cat "$answer" >&2; exit 1; }
done
origin=$(sed 's|^\([^/]*//[^/]*\).*|\1|' <<<"$gateway")
urls=$(grep -o '"url": *"[^"]*"' "$answer" | sed 's/^"url": *"//; s/"$//; s/\\u0026/\&/g; s|\\/|/|g') || { cat "$answer" >&2; exit 1; }
number=0
while IFS= read -r url; do
  number=$((number + 1))
  file=video-$number.mp4
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
