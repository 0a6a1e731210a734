#!/usr/bin/env bash
# CPack's .deb files hold what they should, and the programs in them start from a scratch root.
set -euo pipefail
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cpack --config "$build/CPackConfig.cmake" -B "$work/out" >"$work/cpack.log" 2>&1 || { tail -n 30 "$work/cpack.log"; exit 1; }
runtime=$(ls "$work"/out/sluice_*.deb)
development=$(ls "$work"/out/sluice-dev_*.deb)
dpkg-deb -x "$runtime" "$work/root"
dpkg-deb -x "$development" "$work/root"
dpkg-deb -f "$runtime" Depends | grep -q libqt6core6

for file in bin/sluicectl bin/sluice libexec/sluice/sluice-serve share/applications/io.github.sluice.Sluice.desktop \
    share/metainfo/io.github.sluice.Sluice.metainfo.xml share/icons/hicolor/scalable/apps/io.github.sluice.Sluice.svg; do
    test -e "$work/root/usr/$file" || { echo "missing in the package: /usr/$file"; exit 1; }
done

export SLUICE_DATA_DIR=$work/data QT_QPA_PLATFORM=offscreen
"$work/root/usr/bin/sluicectl" --version
"$work/root/usr/bin/sluice" --version
# The program from the package makes a whole paid call on its own sandbox.
"$work/root/usr/bin/sluicectl" run text-analysis --input '{"text":"The package works."}' --json | grep -q language
