#!/usr/bin/env python3
"""The whole window in a language: window_tour.py BIN LOCALE

Drives the real window through every panel (sluice --tour) with nothing but the locale set, as a person's desktop does. Every step must
hold, each with a picture, and nothing that the machine reads may have followed the locale: what the history keeps is JSON with plain
numbers.
"""
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

LEAST_STEPS = 30


def tour(binaries, locale, folder):
    environment = {name: value for name, value in os.environ.items()
                   if not name.startswith("LC_") and name not in ("LANGUAGE", "DBUS_SESSION_BUS_ADDRESS")}
    environment.update(LC_ALL=f"{locale}.UTF-8", LANG=f"{locale}.UTF-8", QT_QPA_PLATFORM="offscreen", SLUICE_DATA_DIR=str(folder / "data"),
                       PATH=f"{binaries}{os.pathsep}{os.environ['PATH']}")
    done = subprocess.run([binaries / "sluice", "--tour", folder / "tour"], env=environment, capture_output=True, text=True, timeout=150)
    report = json.loads((folder / "tour" / "report.json").read_text())
    failed = [f"{step['step']}: {step['problem']}" for step in report["steps"] if not step["ok"]]
    assert done.returncode == 0 and not failed, "\n".join(failed) + done.stderr
    assert len(report["steps"]) >= LEAST_STEPS, f"only {len(report['steps'])} steps"
    for step in report["steps"]:
        assert (folder / "tour" / step["picture"]).stat().st_size > 0, step
    return report


def decoded(value):
    """The text that these bytes are; None for others, such as keys and hashes, which may begin like JSON."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return None


def stored(folder):
    """Every JSON text that the run left in the database."""
    database = sqlite3.connect(folder / "data" / "sluice.sqlite")
    tables = [name for name, in database.execute("select name from sqlite_master where type = 'table'")]
    for table in tables:
        for row in database.execute(f'select * from "{table}"'):
            for value in row:
                text = decoded(value) if isinstance(value, bytes) else value
                if isinstance(text, str) and text.lstrip()[:1] in ("{", "["):
                    yield table, text


def main():
    binaries, locale = pathlib.Path(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        report = tour(binaries, locale, folder)
        count = 0
        for table, text in stored(folder):
            try:
                json.loads(text)
            except ValueError as error:
                # Answers are kept in pieces; what the program itself writes is whole.
                assert table == "run_results", f"{table}: {error}: {text[:200]}"
            count += 1
        assert count > 5, f"only {count} JSON texts were kept"
        print(f"{locale}: {len(report['steps'])} steps in {report['total_ms']} ms, {count} JSON texts")


if __name__ == "__main__":
    main()
