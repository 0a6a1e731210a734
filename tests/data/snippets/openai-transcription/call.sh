#!/usr/bin/env bash
# curl 7.76 or later · any OpenAI-compatible server
set -euo pipefail
: "${OPENAI_BASE_URL:?is not set}"
file='file.wav'
test -r "$file" || { printf '%s cannot be read\n' "$file" >&2; exit 1; }

curl --fail-with-body --silent --show-error --max-time 60 "${OPENAI_BASE_URL%/}"'/audio/transcriptions' \
  --config <(printf '%s' "${OPENAI_API_KEY:+header = \"Authorization: Bearer $OPENAI_API_KEY\"}") \
  --form-string 'model=whisper-1' \
  --form 'file'=@"$file" \
  --form-string 'language=en' \
  --form-string 'temperature=0.0' \
  --form-string 'timestamp_granularities[]=word' \
  --form-string 'timestamp_granularities[]=segment'
