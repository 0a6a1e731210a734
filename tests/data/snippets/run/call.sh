#!/usr/bin/env bash
# curl 7.76 or later · BYOC, directly to an orchestrator
# curl has no ticket library: sluicectl (Sluice 0.1.0) signs the job and pays for it, curl makes the request.
set -euo pipefail
: "${LIVEPEER_ORCH_URL:?is not set}"
: "${SLUICE_SENDER_KEY:?is not set}"

body() {
  cat <<'JSON'
{
  "text": "it's a fine day, isn't it?\n</script>\u2028",
  "max_keywords": 5,
  "ratio": 0.25,
  "detailed": true,
  "language": null,
  "tags": [
    "a",
    "b"
  ],
  "options": {
    "order": [
      "z",
      "a"
    ],
    "b": 1,
    "a": 2
  }
}
JSON
}

signed=$(body | sluicectl sign --capability 'text-analysis' --path 'text-analysis' --timeout 60 --input - --orchestrator "$LIVEPEER_ORCH_URL" --json)
field() { sed -n 's/.*"'"$1"'": *"\([^"]*\)".*/\1/p' <<<"$signed"; }
payment=$(field Livepeer-Payment)
pin=$(field tls_pin)  # an orchestrator signs its own certificate: its key must be the one that sluicectl knows

curl --fail-with-body --silent --show-error --max-time 70 "$(field url)" \
  --header "Livepeer: $(field Livepeer)" ${payment:+--header "Livepeer-Payment: $payment"} \
  ${pin:+--insecure --pinnedpubkey "$pin"} \
  --header 'Content-Type: application/json' --data-binary @<(body)
