"""What servers really answer: nothing of it may be lost, and no failure may pass for a success."""
from field import rule

ALL = "All of it."


def stream(field, name, *more):
    return field.through(name, "stream", "{}", *more)


@rule("an error event fails the stream, and what came so far is kept", "error-event", "error-event-plain", "error-event-nested", "error-event-last",
      "error-chunk", "error-then-usage")
def error_event(field, name):
    result = stream(field, name)
    assert result.code == 1, result
    assert "The first half" in result.out and "first" not in result.err, result
    run = field.newest_run()
    assert run["state"] == "failed" and "The first half" in run["result"], run
    assert any(word in result.err for word in ("memory", "overloaded", "Overloaded", "upstream", "quota")), result
    assert any(word in str(run["error"]) for word in ("memory", "overloaded", "Overloaded", "upstream", "quota")), run


@rule("a member error that holds null is no failure")
def error_null(field):
    result = stream(field, "error-null")
    assert result.code == 0 and result.out.strip() == "fine", result


@rule("an end without its mark is told, in words and in history, and does not fail", "no-mark", "no-mark-text")
def no_mark(field, name):
    result = stream(field, name)
    assert result.code == 0 and "without" in result.err and "cut" in result.err, result
    run = field.newest_run()
    assert run["state"] == "succeeded" and "cut" in run["note"], run
    machine = stream(field, name, "--json").lines[-1]
    assert machine["end"] == "eof" and "cut" in str(machine["notes"]), machine


@rule("an end with its mark is not doubted", "finish-reason", "ollama-done", "json-for-stream", "done-blank", "bytes")
def with_mark(field, name):
    result = stream(field, name)
    assert result.code == 0 and "cut" not in result.err, result


@rule("events of other dialects are told by their words alone, once, and end as they say", "responses-events", "messages-events")
def other_dialects(field, name):
    result = stream(field, name)
    assert result.code == 0 and result.out.strip() == "Whole." and "cut" not in result.err, result


@rule("an answer that was cut at its length says so")
def too_long(field):
    result = stream(field, "too-long")
    assert result.code == 0 and "cut" in result.err and "length" in result.err, result
    assert "cut" in field.newest_run()["note"]


@rule("a broken connection fails the stream, and what came so far is kept")
def cut(field):
    result = stream(field, "cut-stream")
    assert result.code != 0 and "Half of an answer" in result.out, result
    run = field.newest_run()
    assert run["state"] == "failed" and "an answer" in run["result"], run


@rule("half a character waits for its other half", ("halves", "smile \U0001F600 end"), ("halves-apart", "a\U0001F600b"), ("half-lost", "a\ufffdb"),
      ("half-last", "a\ufffd"), ("halves-token", "\U0001F600"))
def halves(field, name, wanted):
    result = stream(field, name)
    assert result.code == 0 and result.out.strip() == wanted, result


@rule("[DONE] ends the stream, whatever blanks stand around it", "done-blank", "done-tab", "done-blanks-before")
def done(field, name):
    result = stream(field, name)
    assert result.code == 0 and result.out.strip() == "only this", result


@rule("null, usage and empty choices are no words")
def no_words(field):
    result = stream(field, "no-words")
    assert result.code == 0 and result.out.strip() == "words", result


@rule("an answer that is no stream is shown with a note", "json-for-stream", "json-for-stream-pretty", "json-lines", "text-for-stream", "sse-as-text")
def other_shape(field, name):
    result = stream(field, name)
    assert result.code == 0 and result.out.strip() == ALL, result
    assert "stream" in result.err and "asked" in result.err, result
    run = field.newest_run()
    assert run["state"] == "succeeded" and "it." in run["result"] and run["note"], run


@rule("a failure in an answer that is no stream fails the call")
def other_shape_failed(field):
    result = stream(field, "json-error-for-stream")
    assert result.code == 1 and "no such model" in result.err, result


@rule("a picture in place of a stream is kept, and the error says where")
def picture_for_stream(field):
    result = stream(field, "picture-for-stream")
    assert result.code == 1 and "image/png" in result.err and "history" in result.err, result
    run = field.newest_run()
    assert run["bytes"] == 70 and run["content_type"] == "image/png", run


@rule("a gateway's empty answer is told as what it is")
def empty(field):
    result = stream(field, "empty-for-stream")
    assert result.code == 3 and "nothing in it" in result.err, result


@rule("a packed stream is unpacked as it comes", "stream-gzip", "stream-deflate", "stream-raw-deflate", "stream-gzip-bytewise")
def packed_stream(field, name):
    result = stream(field, name)
    assert result.code == 0 and result.out.strip() == ALL, result


@rule("a packed answer is unpacked", "run-gzip", "run-deflate", "run-raw-deflate", "run-x-gzip", "run-says-gzip")
def packed_answer(field, name):
    result = field.through(name)
    assert result.code == 0 and result.json["packed"].startswith("n"), result
    assert "no longer" in field.newest_run()["result"] or name == "run-says-gzip"


@rule("a packed refusal is unpacked")
def packed_refusal(field):
    result = field.through("run-gzip-error")
    assert result.code == 1 and "prompt is too long" in result.err, result


@rule("what unpacks to more than the call accepts is refused")
def bomb(field):
    result = field.through("run-bomb", timeout=120)
    assert result.code == 1 and "larger" in result.err, result


@rule("an encoding that nobody here can unpack is named, and its bytes are kept", ("run", "run-brotli"), ("stream", "stream-brotli"))
def brotli(field, verb, name):
    result = field.through(name, verb)
    assert result.code == 1 and '"br"' in result.err and "history" in result.err, result
    assert field.newest_run()["bytes"] == 3


@rule("a stream in place of an answer is shown as its words, with a note")
def stream_for_run(field):
    result = field.through("run-sse")
    assert result.code == 0 and result.out.strip() == ALL and "stream" in result.err, result
    failed = field.through("run-sse-error")
    assert failed.code == 1 and "out of memory" in failed.err, failed
    assert "The first half" in field.newest_run()["result"]


@rule("reasoning is shown beside the answer, not in it", "reasoning", "reasoning-other-name", "thinking")
def reasoning(field, name):
    result = stream(field, name)
    assert result.code == 0 and result.out.strip() == "42" and "Let me think." in result.err, result


@rule("a tool call is shown as one")
def tool_call(field):
    result = stream(field, "tool-call")
    assert result.code == 0 and "get_weather" in result.err and '{"city":"Paris"}' in result.err, result
    assert "tool_calls" not in result.out and "tool_calls" not in result.err, result


@rule("text is read in the charset that it says", ("run-latin1", "déjà vu"), ("run-sjis", "日本"), ("run-koi8", "привет"), ("run-utf16", "żółw"))
def charset(field, name, wanted):
    result = field.through(name)
    assert result.code == 0 and wanted in result.out, result
    machine = field.through(name, "run", "{}", "--json").json
    assert wanted in (machine.get("text") or machine["json"]["text"]), machine


@rule("a line that is too long for a node is named as that, and the node's log says so")
def big_line(field):
    assert field.worker and field.sandbox
    result = field.run("stream", "big-line", "--input", "{}")
    assert result.code != 0 and "64 KiB" in result.err and "line" in result.err, result
    log = (field.home / "sandbox.log").read_text()
    assert "65536" in log or "64 KiB" in log, log[-600:]
    # A gateway without that limit gives it whole.
    assert stream(field, "big-line").code == 0


@rule("what came of an answer that broke off is kept")
def cut_run(field):
    result = field.through("run-cut")
    assert result.code != 0, result
    assert field.newest_run()["result"] == '{"half": tr'


@rule("the line after the answer names who gave it")
def host(field):
    result = field.through("echo")
    assert result.code == 0 and "from 127.0.0.1:" in result.err, result


@rule("an error page is its short reason, once", ("run-html", "Down for repairs & cleaning"), ("run-html-bare", "Bad gateway"))
def page(field, name, reason):
    result = field.through(name)
    assert result.code == 1 and result.err.count(reason) == 1, result
    assert "<" not in result.err and len(result.err) < 600 and "var x" not in result.err, result
