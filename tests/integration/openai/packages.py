#!/usr/bin/env python3
"""The `openai` packages of the Python and npm registries, in the versions named here: packages.py WORK (python|node)

Installed into WORK once, for all tests that need them; without a network or the tools that install them they are skipped.
"""
import pathlib
import subprocess
import sys
import venv

PYTHON_PACKAGE = "openai==3.57.0"
# The newest that runs on that Node and later ones, newest first.
NODE_PACKAGES = [(22, "openai@7.59.0"), (20, "openai@6.49.0"), (18, "openai@4.104.0")]
SKIPPED = 77


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def installed(command, done, **options):
    """Runs what installs a package, unless it did before."""
    if done.exists():
        return
    try:
        result = subprocess.run(command, capture_output=True, text=True, timeout=240, **options)
    except (OSError, subprocess.TimeoutExpired) as error:
        skip(f"{command[0]}: {error}")
    if result.returncode != 0:
        skip(f"{' '.join(map(str, command[:3]))} failed: {(result.stderr or result.stdout).strip()[-300:]}")
    done.touch()


def python(work):
    """The interpreter that has the package."""
    if sys.version_info < (3, 9):
        skip("the package needs Python 3.9")
    home = work / "python"
    if not (home / "bin" / "python").exists():
        try:
            venv.create(home, with_pip=True)
        except subprocess.CalledProcessError as error:
            skip(f"no virtual environment (Debian: python3-venv): {error}")
    installed([home / "bin" / "python", "-m", "pip", "install", "--quiet", PYTHON_PACKAGE], home / PYTHON_PACKAGE)
    return home / "bin" / "python"


def node(work):
    """The folder in which programs find the package."""
    try:
        major = int(subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip().lstrip("v").split(".")[0])
    except (OSError, subprocess.CalledProcessError) as error:
        skip(f"no Node: {error}")
    package = next((name for least, name in NODE_PACKAGES if major >= least), None) or skip(f"Node {major} is too old")
    home = work / "node"
    home.mkdir(parents=True, exist_ok=True)
    installed(["npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", str(home), package], home / package.replace("@", "-"), cwd=home)
    return home


if __name__ == "__main__":
    work = pathlib.Path(sys.argv[1]).resolve()
    work.mkdir(parents=True, exist_ok=True)
    print({"python": python, "node": node}[sys.argv[2]](work))
