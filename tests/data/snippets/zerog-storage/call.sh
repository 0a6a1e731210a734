#!/usr/bin/env bash
# curl 7.76 or later · a user agent of 0G serving, which signs and pays
set -euo pipefail
: "${ZEROG_USER_AGENT_URL:?is not set}"

body() {
  cat <<'JSON'
{
  "jsonrpc": "2.0",
  "id": 1,
  "method": "zgs_getFileInfo",
  "params": [
    "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  ]
}
JSON
}

curl --fail-with-body --silent --show-error --max-time 60 "${ZEROG_USER_AGENT_URL%/}"'/v1/provider/0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266/service/files' \
  --header 'Content-Type: application/json' --data-binary @<(body)
