"""What the field cases share: rules with names, a private home for each run, and peers that misbehave.

A case is a function with the decorator @rule("…"): the text says what must hold, the function gets a Field and asserts. Files named
cases_*.py are found by themselves; each is a test of its own in ctest (field_NAME). Odd answers stand in tests/data/field/*.json (see
odd_server.py for their form), so that most new cases need a few lines of JSON and one assertion.
"""
import atexit
import functools
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from odd_server import OddServer

SOURCE = pathlib.Path(__file__).resolve().parents[3]
DATA = SOURCE / "tests/data/field"
CHAT = '{"messages":[{"role":"user","content":"Say something."}]}'
RULES = []


def rule(text, *rows):
    """The function holds a rule. With `rows` it is called once for each, as a case of its own: rule[row's first word]."""
    def register(function):
        if not rows:
            RULES.append((text, function))
        for row in rows:
            row = row if isinstance(row, tuple) else (row,)
            RULES.append((f"{text} [{row[0]}]", functools.partial(lambda field, given: function(field, *given), given=row)))
        return function
    return register


class Result:
    """How a program ended: its code, and what it wrote, as bytes and as text."""

    def __init__(self, code, out, err, seconds=0.0):
        self.code, self.raw, self.raw_err, self.seconds = code, out or b"", err or b"", seconds
        self.out = self.raw.decode("utf-8", "replace")
        self.err = self.raw_err.decode("utf-8", "replace")

    def __repr__(self):
        return f"code {self.code}, out {self.out[:600]!r}, err {self.err[:900]!r}"

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def lines(self):
        return [json.loads(line) for line in self.out.splitlines() if line.strip()]


class Field:
    """One file of cases: its programs, its home, its peers. Peers start when they are first asked for."""

    def __init__(self, bin_folder):
        self.bin = pathlib.Path(bin_folder).resolve()
        self.ctl = str(self.bin / "sluicectl")
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="sluice-field-"))
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(self.home), "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen",
                            "SLUICE_DATA_DIR": str(self.home / "data"),
                            "SLUICE_SANDBOX_PORT": "0"}  # each sandbox has a key of its own, so a port of its own
        self._started = []
        atexit.register(self.close)

    def path(self, name):
        return str(self.home / name)

    def start(self, *arguments, program=None, env=None, **options):
        """The running process; what still runs at the end is stopped."""
        options.setdefault("stdout", subprocess.PIPE)
        options.setdefault("stderr", subprocess.PIPE)
        process = subprocess.Popen([program or self.ctl, *arguments], env={**self.environment, **(env or {})}, cwd=self.home, **options)
        self._started.append(process)
        return process

    def run(self, *arguments, program=None, env=None, timeout=60, stdin=None, **options):
        begun = time.monotonic()
        process = self.start(*arguments, program=program, env=env, stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL, **options)
        try:
            out, err = process.communicate(stdin, timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            raise AssertionError(f"{arguments} did not end within {timeout} s: {Result(None, out, err)}")
        return Result(process.returncode, out, err, time.monotonic() - begun)

    def through(self, name, verb="run", value="{}", *more, **options):
        """A call of the odd gateway's answer `name`."""
        return self.run(verb, name, "--gateway", self.gateway, "--input", value, *more, **options)

    def newest_run(self, **options):
        """The last run as history knows it, complete."""
        listed = self.run("history", "list", "--json", **options).json
        return self.run("history", "show", listed[0]["id"], "--json", **options).json

    @functools.cached_property
    def answers(self):
        merged = {}
        for file in sorted(DATA.glob("answers_*.json")):
            merged.update(json.loads(file.read_text(encoding="utf-8")))
        return merged

    @functools.cached_property
    def odd(self):
        return OddServer(self.answers)

    @property
    def gateway(self):
        return self.odd.url

    @functools.cached_property
    def sandbox(self):
        """The ready line of a sandbox that runs as long as the cases do; it is the current profile's."""
        process = self.start("sandbox", stderr=open(self.home / "sandbox.log", "wb"))
        line = process.stdout.readline()
        assert line, "the sandbox did not start: " + (self.home / "sandbox.log").read_text()
        threading.Thread(target=process.stdout.read, daemon=True).start()
        return json.loads(line)

    @functools.cached_property
    def worker(self):
        """Registers every odd answer with the sandbox as a capability of the same name; gives the server."""
        worker = OddServer(self.answers)
        worker.register(self.sandbox["orchestrator"], self.sandbox["secret"])
        return worker

    def wait(self, condition, what, seconds=30):
        """Until the condition gives something true, which is returned."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            value = condition()
            if value:
                return value
            time.sleep(0.05)
        raise AssertionError(f"not within {seconds} s: {what}")

    def close(self):
        for process in self._started:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self._started:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.home, ignore_errors=True)


def main():
    """usage: field_cases.py BIN-FOLDER CASES.py [--only TEXT]; exit 0 only if every rule holds, and there is one."""
    import importlib.util
    cases = pathlib.Path(sys.argv[2])
    only = sys.argv[sys.argv.index("--only") + 1] if "--only" in sys.argv else ""
    spec = importlib.util.spec_from_file_location(cases.stem, cases)
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    field = Field(sys.argv[1])
    chosen = [(text, function) for text, function in RULES if only in text]
    failed = 0
    for text, function in chosen:
        try:
            problem = function(field)
        except AssertionError as error:
            problem = str(error) or "the assertion failed"
        except Exception as error:  # a broken case is a failed one, and the others still run
            problem = f"{type(error).__name__}: {error}"
        if problem and problem != "left out":
            failed += 1
        print(f"{'FAIL' if problem and problem != 'left out' else 'left out' if problem else 'pass'}  {text}" + (f"\n      {problem[:1500]}" if problem and problem != "left out" else ""), flush=True)
    print(f"{len(chosen)} rules, {failed} failed")
    return 1 if failed or not chosen else 0
