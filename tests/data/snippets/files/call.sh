#!/usr/bin/env bash
# curl 7.76 or later · BYOC, directly to an orchestrator
# curl has no ticket library: sluicectl (Sluice 0.1.0) signs the job and pays for it, curl makes the request.
set -euo pipefail
: "${LIVEPEER_ORCH_URL:?is not set}"
: "${SLUICE_SENDER_KEY:?is not set}"
: "${INPUT_API_KEY:?is not set}"
image_file='image.png'
test -r "$image_file" || { printf '%s cannot be read\n' "$image_file" >&2; exit 1; }
mask_file='it'\''s a mask.png'
test -r "$mask_file" || { printf '%s cannot be read\n' "$mask_file" >&2; exit 1; }

json_string() { printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')"; }
body() {
  printf '%s' '{
  "filter": "edges",
  "image": "'
  base64 <"$image_file" | tr -d '\n'
  printf '%s' '",
  "mask": "data:image/png;base64,'
  base64 <"$mask_file" | tr -d '\n'
  printf '%s' '",
  "icon": "aWNvbg==",
  "api_key": '
  json_string "$INPUT_API_KEY"
  printf '%s' '
}'
}

signed=$(body | sluicectl sign --capability 'image-filter' --path 'image-filter' --timeout 60 --input - --orchestrator "$LIVEPEER_ORCH_URL" --json)
field() { sed -n 's/.*"'"$1"'": *"\([^"]*\)".*/\1/p' <<<"$signed"; }
payment=$(field Livepeer-Payment)
pin=$(field tls_pin)  # an orchestrator signs its own certificate: its key must be the one that sluicectl knows

curl --fail-with-body --silent --show-error --max-time 70 "$(field url)" \
  --header "Livepeer: $(field Livepeer)" ${payment:+--header "Livepeer-Payment: $payment"} \
  ${pin:+--insecure --pinnedpubkey "$pin"} \
  --header 'Content-Type: application/json' --data-binary @<(body)
