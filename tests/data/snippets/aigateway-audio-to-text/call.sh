#!/usr/bin/env bash
# curl 7.76 or later · a Livepeer AI gateway
set -euo pipefail
: "${LIVEPEER_AI_GATEWAY_URL:?is not set}"
audio_file='audio.wav'
test -r "$audio_file" || { printf '%s cannot be read\n' "$audio_file" >&2; exit 1; }
gateway=${LIVEPEER_AI_GATEWAY_URL%/}
key() { printf '%s' "${LIVEPEER_AI_GATEWAY_KEY:+header = \"Authorization: Bearer $LIVEPEER_AI_GATEWAY_KEY\"}"; }

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
curl --fail-with-body --silent --show-error --max-time 60 --config <(key) "$gateway"'/audio-to-text' \
  --form 'audio=@-;type=audio/wav;filename=audio.wav' <"$audio_file" \
  --form-string 'return_timestamps=word' \
  --form-string 'model_id=openai/whisper-large-v3' \
  --output "$answer" || { cat "$answer" >&2; exit 1; }
test -s "$answer" || { printf 'The gateway answered with nothing in it.\n' >&2; exit 1; }
cat "$answer"
