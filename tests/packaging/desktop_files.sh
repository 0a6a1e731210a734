#!/usr/bin/env bash
# The desktop entry and the AppStream metainfo are valid by the reference validators.
set -euo pipefail
desktop-file-validate "$1"/*.desktop
appstreamcli validate --no-net "$1"/*.metainfo.xml
