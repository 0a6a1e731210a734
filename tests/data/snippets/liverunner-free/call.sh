#!/usr/bin/env bash
# curl 7.76 or later, jq 1.6 or later · live runner, directly to an orchestrator
set -euo pipefail
: "${LIVEPEER_ORCH_URL:?is not set}"

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

app='acme/it'\''s "hello"'
mode=single-shot
method=(--request POST)
fail() { printf '%s\n' "$1" >&2; exit 1; }
orchestrator() { curl --silent --show-error --connect-timeout 10 --proto '=http,https' "${tls[@]}" "$@"; }
# An answer in `said`, and its status in `code`. That to a payment is binary.
ask() {
  said=$("$@" --write-out '\n%{http_code}' | tr -d '\0') || return
  code=${said##*$'\n'} said=${said%$'\n'*}
}

# Orchestrators sign their own certificates, for which nobody vouches: LIVEPEER_ORCH_PIN (sha256//…) insists on a key.
tls=(${LIVEPEER_ORCH_PIN:+--pinnedpubkey "$LIVEPEER_ORCH_PIN"})
list() { orchestrator --fail --max-time 20 --url "${LIVEPEER_ORCH_URL%/}/discovery"; }
listed=$(list 2>/dev/null) || { [ $? != 60 ] || tls+=(--insecure); listed=$(list); }
runner=$(jq --compact-output --arg app "$app" --arg mode "$mode" '
  [.[].runners[]? | select(.app == $app and .mode == $mode and .url)] | (map(select(.capacity_available > 0)) + .)[0] // empty' <<<"$listed")
[ -n "$runner" ] || fail "No $mode runner for $app is listed."
url=$(jq --raw-output '.url | rtrimstr("/")' <<<"$runner")
target=$url'/v1/say?lang=en&to=a%20b'

payment=()
orchestrator --fail-with-body --max-time 70 \
  "${method[@]}" "${payment[@]}" --url "$target" \
  --header 'Content-Type: application/json' --data-binary @<(body)
