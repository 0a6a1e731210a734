#!/usr/bin/env bash
# 0g-storage-client · a user agent of 0G serving, which signs and pays
# The client makes its calls of the node by itself; each is paid like the one that this code stands for.
set -euo pipefail
: "${ZEROG_USER_AGENT_URL:?is not set}"
: "${ZEROG_FILE_ROOT:?is not set}"
: "${ZEROG_FILE:?is not set}"

node=${ZEROG_USER_AGENT_URL%/}'/v1/provider/0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266/service/files'
exec 0g-storage-client download --node "$node" --root "$ZEROG_FILE_ROOT" --file "$ZEROG_FILE"
