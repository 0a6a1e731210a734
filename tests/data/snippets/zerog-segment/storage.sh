#!/usr/bin/env bash
# 0g-storage-client · a user agent of 0G serving, which signs and pays
# The client makes its calls of the node by itself; each is paid like the one that this code stands for.
set -euo pipefail
: "${ZEROG_USER_AGENT_URL:?is not set}"
: "${ZEROG_FILE:?is not set}"
: "${ZEROG_CHAIN_URL:?is not set}"
: "${ZEROG_FLOW_CONTRACT:?is not set}"
: "${ZEROG_STORAGE_KEY:?is not set}"

node=${ZEROG_USER_AGENT_URL%/}'/v1/provider/0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266/service/files'
# It takes the key as an argument alone, which others on this machine can see.
exec 0g-storage-client upload --url "$ZEROG_CHAIN_URL" --contract "$ZEROG_FLOW_CONTRACT" --key "$ZEROG_STORAGE_KEY" \
  --node "$node" --file "$ZEROG_FILE"
