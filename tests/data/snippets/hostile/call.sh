#!/usr/bin/env bash
# curl 7.76 or later · BYOC, directly to an orchestrator
# curl has no ticket library: sluicectl (Sluice 0.1.0) signs the job and pays for it, curl makes the request.
set -euo pipefail
: "${LIVEPEER_ORCH_URL:?is not set}"
: "${SLUICE_SENDER_KEY:?is not set}"

body() {
  cat <<'JSON_2'
{
  "z first": "it's \"fine\" \\ `id` $(id) ${HOME} %s %d",
  "delimiters": "EOF\nJSON\nJSON_1\n)json\" ''' \"\"\" */ // #",
  "lines": "a\nb\r\nc\td\u2028e\u2029f\u0085g",
  "hidden": "\u0001\u001b[31m\u007f\u202edesrever\u202c\u200b\ufeff",
  "page": "</script><!-- ]]>",
  "trigraphs": "what??! ??= ??/ ???",
  "text": "çé 漢字 🙂 𝒳",
  "numbers": [
    9007199254740993,
    1.0,
    -0,
    1e5,
    1E-7,
    0.1,
    123456789012345678901234567890,
    -12,
    0
  ],
  "true": true,
  "false": false,
  "null": null,
  "None": "None",
  "10": 1,
  "2": 2,
  "": "empty key",
  "__proto__": {
    "a": 1
  },
  "class": [],
  "nested": {
    "o": {},
    "l": [
      [],
      {}
    ]
  }
}
JSON_2
}

signed=$(body | sluicectl sign --capability 'text-analysis' --path 'text-analysis' --timeout 60 --input - --orchestrator "$LIVEPEER_ORCH_URL" --json)
field() { sed -n 's/.*"'"$1"'": *"\([^"]*\)".*/\1/p' <<<"$signed"; }
payment=$(field Livepeer-Payment)
pin=$(field tls_pin)  # an orchestrator signs its own certificate: its key must be the one that sluicectl knows

curl --fail-with-body --silent --show-error --max-time 70 "$(field url)" \
  --header "Livepeer: $(field Livepeer)" ${payment:+--header "Livepeer-Payment: $payment"} \
  ${pin:+--insecure --pinnedpubkey "$pin"} \
  --header 'Content-Type: application/json' --data-binary @<(body)
