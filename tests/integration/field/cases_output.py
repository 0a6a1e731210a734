"""Where answers go: what cannot be written is an error, what is no file is written into, and whoever stops reading ends the work."""
import os
import stat
import subprocess

from field import rule

TEXT = ("run", "echo", "--input", '{"text":"Good day."}')


def call(field, *more):
    return (*TEXT, "--gateway", field.gateway, *more)


@rule("output that cannot be written fails the command, and the answer is kept", ("run",), ("run --json",), ("stream",), ("stream --json",))
def full(field, what):
    words = what.split()
    name = "json-for-stream" if words[0] == "stream" else "echo"
    with open("/dev/full", "wb") as out:
        result = field.run(words[0], name, "--gateway", field.gateway, "--input", '{"text":"Good day."}', *words[1:], stdout=out)
    assert result.code == 1 and "No space left" in result.err and "history" in result.err, result
    run = field.newest_run()
    assert run["state"] == "succeeded" and ("All of it." in run["result"] or "Good day." in run["result"]), run


@rule("lists and documents that cannot be written fail too", "history list", "history list --json", "profile list", "--help", "--version", "snippet")
def full_lists(field, what):
    words = what.split() if what != "snippet" else ["snippet", "echo", "--gateway", field.gateway, "--verb", "run", "--path", "x", "--language", "python", "--input", "{}"]
    with open("/dev/full", "wb") as out:
        result = field.run(*words, stdout=out)
    assert result.code != 0, result


@rule("--out writes into a pipe and leaves it one")
def fifo(field):
    path = field.path("fifo")
    os.mkfifo(path)
    reader = subprocess.Popen(["cat", path], stdout=subprocess.PIPE)
    result = field.run(*call(field, "--out", path))
    assert stat.S_ISFIFO(os.stat(path).st_mode), "the pipe is no pipe any more"
    assert reader.communicate(timeout=10)[0] == b'{"text":"Good day."}' and result.code == 0, result


@rule("--out writes into a device", ("/dev/stdout",), ("/dev/fd/1",), ("/proc/self/fd/1",))
def standard_output(field, path):
    result = field.run(*call(field, "--out", path))
    assert result.code == 0 and result.out == '{"text":"Good day."}', result
    target = field.path("redirected")
    with open(target, "wb") as out:
        out.write(b"before ")
        out.flush()
        assert field.run(*call(field, "--out", path), stdout=out).code == 0
    assert open(target, "rb").read() == b'before {"text":"Good day."}'


@rule("--out to a device that is full fails, and the device stays one")
def full_device(field):
    result = field.run(*call(field, "--out", "/dev/full"))
    assert result.code == 1 and "No space left" in result.err and "history" in result.err, result
    assert stat.S_ISCHR(os.stat("/dev/full").st_mode)
    assert field.run(*call(field, "--out", "/dev/null")).code == 0


@rule("--out replaces a file whole, also behind a link")
def file(field):
    target, link = field.path("answer"), field.path("link")
    open(target, "w").write("old " * 100)
    os.symlink(target, link)
    assert field.run(*call(field, "--out", link)).code == 0
    assert os.path.islink(link) and open(target).read() == '{"text":"Good day."}'


@rule("an --out that cannot work is refused before anything is sent", ("a folder", "."), ("no folder", "nowhere/answer"), ("below a file", "data/sluice.sqlite/x"))
def refused_first(field, _, path):
    before = len(field.odd.calls)
    result = field.run(*call(field, "--out", path))
    assert result.code == 2 and path in result.err, result
    assert len(field.odd.calls) == before, field.odd.calls


@rule("a stream ends when its reader does")
def reader_gone(field):
    process = field.start("stream", "endless", "--gateway", field.gateway, "--input", "{}")
    assert process.stdout.read(5) == b"words"
    process.stdout.close()
    assert process.wait(10) != 0
    assert field.newest_run()["state"] == "canceled"


@rule("a live command ends when its reader does")
def live_reader_gone(field):
    assert field.sandbox
    process = field.start("live", "motion-detect", "--source", "pattern", "--json")
    assert b"ready" in process.stdout.readline()
    process.stdout.close()
    assert process.wait(30) != 0
    assert field.newest_run()["state"] != "running"


@rule("a live command that recorded nothing for want of room says so")
def live_full(field):
    assert field.sandbox
    result = field.run("live", "noop", "--source", "pattern", "--seconds", "4", "--out", "/dev/full")
    assert result.code != 0 and "No space left" in result.err, result
