#!/usr/bin/env bash
# curl 7.76 or later, jq 1.6 or later · live runner, directly to an orchestrator
set -euo pipefail
: "${LIVEPEER_ORCH_URL:?is not set}"
: "${LIVEPEER_TOKEN:?is not set}"

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
target=$url'/v1/say%20it'

signer_url=$(jq --null-input --raw-output 'env.LIVEPEER_TOKEN | @base64d | fromjson | .signer // ""')
signer_headers() {
  jq --null-input --raw-output 'env.LIVEPEER_TOKEN | @base64d | fromjson | .signer_headers // {} | to_entries[] | "header = " + ("\(.key): \(.value)" | @json)'
}
case $signer_url in '' | *://*) ;; *) signer_url=https://$signer_url ;; esac
# The headers come from a file, as other users see a program's arguments.
signer() {
  curl --silent --show-error --max-time 20 --proto '=http,https' --config <(signer_headers) --header 'Content-Type: application/json' \
    --data-binary "$2" --url "${signer_url%/}/$1" "${@:3}"
}

# The next payment, in `payment`; `code` is not 200 where the signer makes none. Its state goes on from one to the next.
payment=()
state=null
sign() {
  ask signer generate-live-payment "$(jq --compact-output --argjson terms "$terms" --argjson state "$state" \
    '. + {orchestrator: $terms.payment_params, ManifestID: $terms.manifest_id} + (if $state then {state: $state} else {} end)' <<<"$order")" || return
  [ "$code" = 200 ] || return 0
  state=$(jq --compact-output .state <<<"$said")
  payment=(--header "Livepeer-Payer-Address: $payer" --header "Livepeer-Payment: $(jq --raw-output .payment <<<"$said")"
    --header "Livepeer-Segment: $(jq --raw-output .segCreds <<<"$said")")
}

metered=
if jq --exit-status '.price_info' <<<"$runner" >/dev/null; then
  [ -n "$signer_url" ] || fail "$app costs money, and no signer is named that pays."
  # At most 1.2 % more than what is listed, as the price follows an exchange rate.
  order=$(jq --compact-output '.price_info as $p | {app, type: ({seconds: "live", "720p-pixel-seconds": "lv2v", fixed: "fixed"}[$p.unit] // error("its price is per \($p.unit)")),
    maxPrice: {price: ($p.price * 1012 / 1000 | floor), currency: "wei", unit: $p.unit}}' <<<"$runner")
  ask signer sign-orchestrator-info '{}'
  [ "$code" = 200 ] || fail "The signer answers $code: $said"
  payer=$(jq --exit-status --raw-output .address <<<"$said") || fail "The signer names no address: $said"
  ask orchestrator --max-time 30 "${method[@]}" --header "Livepeer-Payer-Address: $payer" --url "$target"
  [ "$code" = 402 ] || fail "Asked for its terms, the orchestrator answers $code: $said"
  # Payments go to the server that was called, and to no other.
  origin=$(grep --only-matching '^https*://[^/]*/' <<<"$url")
  terms=$(jq --exit-status --compact-output --arg origin "$origin" 'select(.payment_params and .manifest_id and (.payment_url // "" | startswith($origin)))' <<<"$said") ||
    fail "That is no challenge: $said"
  sign
  [ "$code" = 200 ] || fail "The signer answers $code: $said"
  metered=$(jq --raw-output 'select(.type != "fixed") | .type' <<<"$order")
fi

# What is paid by time is paid every four seconds, until a line comes at descriptor 4. A payment whose answer was lost is sent again.
keep_paid() {
  local sent=yes
  until read -r -t 3.9 -u 4 _; do
    if [ -n "$sent" ]; then
      sign || continue
      case $code in
        200) sent= ;;
        482) continue ;; # nothing is due
        480) # new terms are wanted
          ask orchestrator --max-time 10 --header 'Content-Type: application/json' --url "${origin}refresh-payment" \
            --data "$(jq --compact-output --arg payer "$payer" '{sender: $payer, manifest_id}' <<<"$terms")" || continue
          terms=$(jq --compact-output --argjson said "$said" '.payment_params = ($said.payment_params // .payment_params)' <<<"$terms")
          continue ;;
        *) printf 'Nothing further is paid: the signer answers %s: %s\n' "$code" "$said" >&2; return ;;
      esac
    fi
    ask orchestrator --max-time 10 --request POST "${payment[@]}" --url "$(jq --raw-output .payment_url <<<"$terms")" || continue
    case $code in
      2?? | 404) sent=yes ;;
      4??) printf 'Nothing further is paid: the orchestrator answers %s: %s\n' "$code" "$said" >&2; return ;;
    esac
    [ "$code" != 404 ] || return 0 # it is over
  done
}
payments=
exec 4<> <(:)
stop_paying() {
  [ -n "$payments" ] || return 0
  echo >&4
  wait "$payments" || :
  payments=
}
begin_paying() { [ -z "$metered" ] || { keep_paid >/dev/null & payments=$!; }; }

trap stop_paying EXIT
begin_paying
orchestrator --fail-with-body --max-time 70 \
  "${method[@]}" "${payment[@]}" --url "$target" \
  --header 'Content-Type: application/json' --data-binary @<(body)
