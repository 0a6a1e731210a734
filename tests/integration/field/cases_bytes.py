"""Bytes and numbers pass as they are."""
from field import rule


@rule("numbers stay as they were written")
def numbers(field):
    out = field.through("run-numbers").out
    for literal in ("9007199254740993", "340282366920938463463374607431768211456", "2.50", "-0"):
        assert literal in out, out
    assert out.index('"z"') < out.index('"a"'), out


@rule("bytes cut anywhere, a mark at their start, blank events: the stream is read")
def bytes_anywhere(field):
    result = field.through("bytes", "stream")
    assert result.code == 0 and "at last" in result.out, result
    assert field.through("run-bom").raw == b'{"ok":true}\n'
    assert "kept as it is" in field.through("run-nan").out
