#!/usr/bin/env python3
"""The official client of Livepeer's network for Python, in the version named here: packages.py WORK

Installed into WORK once, for all tests that need it. It needs a Python of 3.12 or later, which is looked for under its usual names and among pyenv's;
without one, or without a registry, those tests are skipped.
"""
import os
import pathlib
import shutil
import subprocess
import sys

PACKAGE = "livepeer-gateway==1.0.0"
LEAST = (3, 12)
SKIPPED = 77


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def version_of(program):
    """(3, 12), or nothing: pyenv has names in the path that only say which version is not chosen."""
    try:
        done = subprocess.run([str(program), "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True, timeout=20)
        return tuple(int(part) for part in done.stdout.split()) if done.returncode == 0 else None
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return None


def candidates():
    yield sys.executable
    for minor in range(12, 16):
        found = shutil.which(f"python3.{minor}")
        if found:
            yield found
    root = pathlib.Path(os.environ.get("PYENV_ROOT") or pathlib.Path.home() / ".pyenv")
    yield from sorted(root.glob("versions/3.*/bin/python3"))


def interpreter():
    """A Python that the package runs on."""
    for program in candidates():
        version = version_of(program)
        if version and version >= LEAST:
            return str(program)
    skip("livepeer-gateway needs Python 3.12 or later, and there is none under its usual names or among pyenv's")


def installed(command, **options):
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=280, **options)
    except (OSError, subprocess.TimeoutExpired) as error:
        skip(f"{command[0]}: {error}")
    if done.returncode != 0:
        skip(f"{' '.join(map(str, command[:4]))} failed: {(done.stderr or done.stdout).strip()[-300:]}")


def python(work):
    """The interpreter that has the package."""
    home = pathlib.Path(work).resolve() / "python"
    program, done = home / "bin" / "python", home / PACKAGE
    if not program.exists():
        home.parent.mkdir(parents=True, exist_ok=True)
        installed([interpreter(), "-m", "venv", home])
    if not done.exists():
        installed([program, "-m", "pip", "install", "--quiet", PACKAGE])
        done.touch()
    return str(program)


if __name__ == "__main__":
    print(python(sys.argv[1]))
