"""--timeout is what a person waits at most, whatever does not answer."""
import socket

from field import rule

TEMPLATE = '{"T":{"streams":[{"provider":"openai","settings":{"model":"m"},"messages":[{"role":"user","content":"{query}"}]}]}}'
CHAT = '{"messages":[{"role":"user","content":"x"}]}'


def profile(field, *settings):
    """A profile whose server takes connections and never answers."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    port = listener.getsockname()[1]
    name = f"silent-{port}"
    arguments = [word for setting in settings for word in ("--set", setting.replace("{port}", str(port)))]
    added = field.run("profile", "add", name, *arguments)
    assert added.code == 0, added
    return name, listener


@rule("a call to a server that does not answer ends with the time that it was given",
      ("foo", "{}", ("openai.base_url=http://127.0.0.1:{port}/v1",)),
      ("text-to-image", '{"prompt":"x"}', ("aigateway.base_url=http://127.0.0.1:{port}",)),
      ("T", CHAT, ("llmworker.url=ws://127.0.0.1:{port}/ws/", "llmworker.templates=" + TEMPLATE)))
def silent(field, name, value, settings):
    network, listener = profile(field, *settings)
    with listener:
        for check in ((), ("--no-check",)):
            result = field.run("run", name, "-p", network, "-t", "2", "--input", value, *check)
            assert result.code == 6 and result.seconds < 6 and "Unknown error" not in result.err, result


@rule("a worker's queue is not waited for for ever, and a silent worker is late, not broken")
def jobs(field):
    network, listener = profile(field, "llmworker.url=ws://127.0.0.1:{port}/ws/", "llmworker.templates=" + TEMPLATE)
    with listener:
        result = field.run("jobs", "-p", network)
        assert result.code == 6 and "did not answer in time" in result.err, result
