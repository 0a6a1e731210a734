#!/usr/bin/env python3
"""Runs a program where the keyring is locked and nobody answers its prompt: locked_keyring.py PROGRAM [ARGUMENT ...]

A private session bus with the real secret service. The login keyring exists, is locked, and asks for a password whenever a secret is
to be stored; there is no display for the prompt, which so ends as one that somebody cancels.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

DAEMON = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
SKIPPED = 77


def begin(environment, password=None):
    daemon = subprocess.Popen(DAEMON + (["--unlock"] if password else []), env=environment, stdin=subprocess.PIPE,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if password:
        daemon.stdin.write(password)
    daemon.stdin.close()
    return daemon


def end(daemon):
    daemon.terminate()
    daemon.wait(timeout=20)


def wait_for(what, condition):
    for _ in range(400):
        if condition():
            return
        time.sleep(0.05)
    sys.exit(f"no {what} within 20 s")


def inside(arguments):
    """On the private bus."""
    environment = dict(os.environ)
    keyring = pathlib.Path(environment["XDG_DATA_HOME"]) / "keyrings" / "login.keyring"
    first = begin(environment, b"password of the test")
    wait_for("login keyring", keyring.exists)
    end(first)
    locked = begin(environment)
    control = pathlib.Path(environment["XDG_RUNTIME_DIR"]) / "keyring" / "control"
    wait_for("secret service", control.exists)
    try:
        return subprocess.run(arguments, env=environment).returncode
    finally:
        end(locked)


def main():
    if sys.argv[1:2] == ["--inside"]:
        sys.exit(inside(sys.argv[2:]))
    missing = [name for name in ("dbus-run-session", "gnome-keyring-daemon") if not shutil.which(name)]
    if missing:
        print("not installed:", *missing)
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name)
        environment = {key: value for key, value in os.environ.items()
                       if key not in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "GNOME_KEYRING_CONTROL")}
        for variable, folder in (("HOME", "home"), ("XDG_DATA_HOME", "data"), ("XDG_RUNTIME_DIR", "run"), ("XDG_CONFIG_HOME", "config")):
            (home / folder).mkdir(mode=0o700)
            environment[variable] = str(home / folder)
        environment["SLUICE_LOCKED_KEYRING"] = "1"
        sys.exit(subprocess.run(["dbus-run-session", "--", sys.executable, __file__, "--inside", *sys.argv[1:]], env=environment).returncode)


if __name__ == "__main__":
    main()
