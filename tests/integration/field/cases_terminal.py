"""Words of remote servers reach terminals and logs as plain text."""
import os
import pty
import select
import time

from field import rule


def harmless(text):
    bad = [c for c in text if (ord(c) < 32 and c not in "\n\t\r") or 0x7f <= ord(c) < 0xa0 or 0x202a <= ord(c) <= 0x202e or 0x2066 <= ord(c) <= 0x2069]
    assert not bad, f"{bad!r} in {text!r}"


def on_terminal(field, *words):
    """What the command shows on a terminal, and its code."""
    master, slave = pty.openpty()
    process = field.start(*words, stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)
    shown, end = b"", time.monotonic() + 30
    while time.monotonic() < end:
        if select.select([master], [], [], 0.2)[0]:
            try:
                shown += os.read(master, 65536)
            except OSError:
                break
    os.close(master)
    return process.wait(10), shown.decode("utf-8", "replace")


@rule("an error's words hold no terminal commands", ("people",), ("machines", "--json"))
def error(field, _, *more):
    result = field.through("run-escape", "run", "{}", *more)
    assert result.code == 1 and "OWNED" in result.out + result.err, result
    assert "\x1b" not in result.out and "\x07" not in result.out, result  # JSON for machines escapes what is no character
    harmless(result.err)


@rule("on a terminal, answers hold no terminal commands", ("stream escape",), ("run run-escape-answer",), ("stream escape --raw",), ("stream escape --json",))
def answer(field, words):
    verb, name, *more = words.split()
    code, shown = on_terminal(field, verb, name, "--gateway", field.gateway, "--input", "{}", *more)
    assert code == 0 and "OWNED" in shown, shown
    harmless(shown)


@rule("in a pipe, an answer's bytes stay as they are")
def piped(field):
    assert "\x1b]0;OWNED\x07" in field.through("run-escape-answer").out


@rule("descriptions and names of capabilities hold no terminal commands", ("describe", "hostile-words"), ("describe", "hostile-words", "--json"), ("capabilities",))
def listed(field, *words):
    assert field.worker
    code, shown = on_terminal(field, *words)
    assert code == 0 and "hostile-words" in shown, shown
    harmless(shown)
    piped = field.run(*words)
    harmless(piped.out.replace("\x9b", "") if "--json" in words else piped.out)


@rule("history and what it shows hold no terminal commands")
def history(field):
    field.through("run-escape", "run", '{"text":"\\u001b]0;OWNED\\u0007 title"}')
    for words in (("history", "list"), ("history", "show", field.run("history", "list", "--json").json[0]["id"])):
        code, shown = on_terminal(field, *words)
        assert code == 0, shown
        harmless(shown)


@rule("logs hold no terminal commands")
def logs(field):
    assert field.worker and field.sandbox
    field.run("run", "run-escape", "--input", "{}")
    harmless((field.home / "sandbox.log").read_text())
