#!/usr/bin/env python3
"""Brings the .ts files up to date with the code: translations/update.py [FILE.ts ...]

lupdate must see the headers under the names that the code includes them by ("sluice/<room>/..."), or it does not know
the namespaces and files every string under a class that does not exist at run time. This gives it such a folder,
and a class that it still does not find is an error.

English is the source; its file holds only the strings that have a plural.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
LANGUAGES = ["de", "en", "zh_CN"]


def lupdate_program():
    for candidate in ("lupdate", "/usr/lib/qt6/bin/lupdate"):
        path = shutil.which(candidate)
        if path:
            return path
    sys.exit("lupdate is not installed (Debian: qt6-l10n-tools)")


def rooms():
    """(name, folder) of every room: the folder's name, unless its CMakeLists.txt says another."""
    for listing in sorted(ROOT.glob("core/*/CMakeLists.txt")) + sorted(ROOT.glob("ui/*/CMakeLists.txt")):
        match = re.search(r"sluice_room\((\w+)", listing.read_text())
        if match:
            yield match.group(1), listing.parent


def update(files):
    with tempfile.TemporaryDirectory() as folder:
        include = pathlib.Path(folder) / "sluice"
        include.mkdir()
        for name, path in rooms():
            (include / name).symlink_to(path)
        for file in map(pathlib.Path, files):
            plural = ["-pluralonly"] if file.stem == "sluice_en" else []
            done = subprocess.run([lupdate_program(), "-silent", "-no-obsolete", "-locations", "none", *plural,
                                   "-I", folder, str(ROOT / "core"), str(ROOT / "ui"), str(ROOT / "app"), "-ts", str(file.resolve())],
                                  check=True, cwd=ROOT, stderr=subprocess.PIPE, text=True)
            lost = [line for line in done.stderr.splitlines() if "unknown namespace/class" in line]
            if lost:
                sys.exit("\n".join(lost))


if __name__ == "__main__":
    update(sys.argv[1:] or [ROOT / "translations" / f"sluice_{language}.ts" for language in LANGUAGES])
