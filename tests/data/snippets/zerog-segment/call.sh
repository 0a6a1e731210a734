#!/usr/bin/env bash
# curl 7.76 or later · a user agent of 0G serving, which signs and pays
set -euo pipefail
: "${ZEROG_USER_AGENT_URL:?is not set}"
data_file='data.bin'
test -r "$data_file" || { printf '%s cannot be read\n' "$data_file" >&2; exit 1; }

body() {
  printf '%s' '{
  "jsonrpc": "2.0",
  "id": 1,
  "method": "zgs_uploadSegment",
  "params": [
    {
      "root": "0x12",
      "data": "'
  base64 <"$data_file" | tr -d '\n'
  printf '%s' '"
    }
  ]
}'
}

curl --fail-with-body --silent --show-error --max-time 60 "${ZEROG_USER_AGENT_URL%/}"'/v1/provider/0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266/service/files' \
  --header 'Content-Type: application/json' --data-binary @<(body)
