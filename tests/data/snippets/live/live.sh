#!/usr/bin/env bash
# curl 7.76 or later · BYOC, directly to an orchestrator
# curl has no ticket library: sluicectl (Sluice 0.1.0) signs the job and pays for it, curl makes the request.
set -euo pipefail
: "${LIVEPEER_ORCH_URL:?is not set}"
: "${SLUICE_SENDER_KEY:?is not set}"

body() {
  cat <<'JSON'
{
  "filter": "edges",
  "label": "live"
}
JSON
}

sign() { body | sluicectl sign --live --capability 'video-filter' --timeout 60 --max-spend '5000000000000' --input - --orchestrator "$LIVEPEER_ORCH_URL" --json "$@"; }
signed=$(sign)
field() { sed -n 's/.*"'"$1"'": *"\([^"]*\)".*/\1/p' <<<"${2:-$signed}"; }
id=$(field stream_id)
base=$(field url)
base=${base%/start}
header=$(field Livepeer)
payment=$(field Livepeer-Payment)
pin=$(field tls_pin)  # an orchestrator signs its own certificate: its key must be the one that sluicectl knows

post() { # ROUTE [curl options], the body on standard input
  curl --fail-with-body --silent --show-error --max-time 70 "$base/$1" \
    --header "Livepeer: $header" ${pin:+--insecure --pinnedpubkey "$pin"} \
    --header 'Content-Type: application/json' --data-binary @- "${@:2}"
}

{ printf '{"params":'; body; printf '}'; } | post start --dump-header - ${payment:+--header "Livepeer-Payment: $payment"}
trap 'printf "{}" | post stop' EXIT

# The headers above name the channels: write MPEG-TS to X-Publish-Url and read X-Subscribe-Url, e.g. with
# `sluicectl trickle publish URL` and `sluicectl trickle subscribe URL`.

# Pays ahead while the job runs: a signature costs tickets only when the balance wants them.
pay() {
  local more payment
  more=$(sign --stream-id "$id")
  payment=$(field Livepeer-Payment "$more")
  [ -z "$payment" ] || post payment --header "Livepeer-Payment: $payment" </dev/null
}
while sleep 20; do pay || break; done &
payer=$!
trap 'kill "$payer" 2>/dev/null || :; printf "{}" | post stop' EXIT

# Each line of standard input changes parameters, e.g. {"strength": 2}; its end stops the job.
while IFS= read -r line; do
  printf '%s' "$line" | post update
done
