"""Ctrl-C: a word and the end within a second, whatever the command waits for; and the run is recorded as cancelled."""
import os
import signal
import socket
import threading
import time

from field import rule

INTERRUPTED = 130


def interrupt(process, times=1):
    begun = time.monotonic()
    for _ in range(times):
        process.send_signal(signal.SIGINT)
        time.sleep(0.02)
    out, err = process.communicate(timeout=15)
    return process.returncode, out, err, time.monotonic() - begun


def silent_port(field):
    """An address that takes connections and never answers; gives what to wait for until somebody came."""
    listener = socket.create_server(("127.0.0.1", 0))
    came = []
    threading.Thread(target=lambda: [came.append(listener.accept()) for _ in range(8)], daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}", came


@rule("a call that waits for a silent server", ("run", "silent"), ("stream", "silent"), ("stream", "stalled-stream"))
def call(field, verb, name):
    before = field.odd.open
    process = field.start(verb, name, "--gateway", field.gateway, "--input", "{}")
    field.wait(lambda: field.odd.open > before and field.odd.calls and field.odd.calls[-1] == name, "the call did not arrive")
    time.sleep(0.2)
    code, out, err, seconds = interrupt(process)
    assert code == INTERRUPTED and seconds < 3, (code, out, err, seconds)
    run = field.newest_run()
    assert run["state"] == "canceled", run
    if name == "stalled-stream":
        assert "Once upon" in run["result"], run


@rule("whatever asks a silent orchestrator", ("run x --input {}",), ("stream x --input {}",), ("capabilities",), ("describe x",), ("balance x",),
      ("sign --capability x --input {}",), ("live x --source pattern",))
def silent(field, words):
    url, came = silent_port(field)
    where = ["--orchestrator", url]
    process = field.start(*words.split(), *where, env={"SLUICE_SENDER_KEY": "1" * 64})
    field.wait(lambda: came or process.poll() is not None, "nobody asked")
    if process.poll() is not None:
        raise AssertionError(process.communicate())
    code, out, err, seconds = interrupt(process)
    assert code == INTERRUPTED and seconds < 3, (code, out, err, seconds)


@rule("while input is read from a terminal or a pipe", ("run",), ("stream",))
def reading(field, verb):
    held = os.pipe()
    process = field.start(verb, "echo", "--gateway", field.gateway, "--input", "-", stdin=held[0])
    field.wait(lambda: f"pipe:[{os.fstat(held[0]).st_ino}]" == os.readlink(f"/proc/{process.pid}/fd/0") and
               "SigCgt" in open(f"/proc/{process.pid}/status").read() and int([l for l in open(f"/proc/{process.pid}/status") if l.startswith("SigCgt")][0].split()[1], 16) & 2,
               "no handler")
    code, out, err, seconds = interrupt(process)
    assert code == INTERRUPTED and seconds < 3, (code, out, err, seconds)


@rule("while the sandbox starts or runs")
def sandbox(field):
    state = field.path("other.sqlite")
    process = field.start("sandbox", "--state", state)
    assert b"ready" in process.stdout.readline()
    code, _, err, seconds = interrupt(process)
    assert code == 0 and seconds < 10, (code, err, seconds)  # that is how it is ended
    early = field.start("run", "text-analysis", "--input", '{"text":"x"}', "--state", field.path("third.sqlite"))
    field.wait(lambda: os.path.exists(field.path("third.sqlite")), "the sandbox did not begin")
    code, _, err, seconds = interrupt(early)
    assert code == INTERRUPTED and seconds < 10, (code, err, seconds)


@rule("a trickle reader that waits for a channel")
def trickle(field):
    assert field.sandbox
    url, came = silent_port(field)
    process = field.start("trickle", "subscribe", url + "/channel")
    field.wait(lambda: came or process.poll() is not None, "nobody asked")
    code, out, err, seconds = interrupt(process)
    assert code == INTERRUPTED and seconds < 3, (code, out, err, seconds)


@rule("a live job before it runs is cancelled, and afterwards ended")
def live(field):
    assert field.sandbox
    process = field.start("live", "noop", "--source", "pattern", "--json")
    assert b"ready" in process.stdout.readline()
    code, out, err, seconds = interrupt(process)
    assert code in (0, 1) and b'"interrupted"' in out and seconds < 15, (code, out, err, seconds)


@rule("a second Ctrl-C ends at once")
def twice(field):
    process = field.start("run", "silent", "--gateway", field.gateway, "--input", "{}")
    field.wait(lambda: field.odd.calls and field.odd.calls[-1] == "silent", "the call did not arrive")
    code, out, err, seconds = interrupt(process, 2)
    assert code == INTERRUPTED and seconds < 1.5, (code, out, err, seconds)
