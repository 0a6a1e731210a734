#!/usr/bin/env python3
"""The `openai` packages of the Python and npm registries against `sluicectl serve openai`: openai_clients.py BIN WORK (python|node)

WORK is where openai/packages.py installs them. The gateway behind the server is scripted, so that it is known what it was asked, and how often: a call that it took is sent once.
"""
import contextlib
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "openai"))
import gateway  # noqa: E402
import packages  # noqa: E402
import upstream  # noqa: E402

HERE = pathlib.Path(__file__).parent / "openai"
SAID = "You said: Tell me more about the Livepeer network"


def python_client(work, name="client.py"):
    return [packages.python(work), HERE / name], None


def node_client(work, name="client.mjs"):
    home = packages.node(work)
    script = home / name
    script.write_text((HERE / name).read_text())  # beside its package, which is found from there
    return ["node", script], home


def check(found, asked):
    assert found["answer"] == SAID and found["streamed"] == SAID and found["helper"] == SAID, found
    assert found["usage"] == 12, found
    assert found["stop"] == "You said: Tell me", found
    assert found["n"] == [SAID, SAID], found
    assert found.get("response", "You said: Hi") == "You said: Hi" and found.get("response_streamed", "You said: Hi") == "You said: Hi", found
    assert found["completion"] == "You said: Hi" and found["models"] == [], found
    assert found["image"] == "iVBORw0K" and found["transcript"] == "one two" and found["speech"] == "RIFF", found
    expected = {"400": "BadRequestError", "429": "RateLimitError", "500": "InternalServerError", "503": "InternalServerError"}
    for status, name in expected.items():
        kind, code, words, has_id = found["failures"][status]
        assert kind == name and has_id and f"as you wished: {status}" in words, found["failures"]
        assert code == (int(status) if status != "500" else 502), found["failures"]
        # 429 is no answer of work: the library asks again, as it is told. The others may have been paid for.
        times = sum(1 for path, _, body in asked if path == "/llm" and f"fail {status}".encode() in body)
        assert times == (3 if status == "429" else 1), f"{status}: sent {times} times"
    assert found["bad"][:2] == ["BadRequestError", 400] and "temperature" in found["bad"][2], found
    sizes = [json.loads(body) for path, _, body in asked if path == "/text-to-image"]
    assert sizes[0]["width"] == 640 and sizes[0]["height"] == 384, sizes


def check_upstream(found, asked):
    """What an OpenAI-compatible server behind ours has is reached by the libraries as if they asked it themselves."""
    assert found["embeddings"] == [[1.0, 0.5], [3.0, 0.5]] and found["edited"] == "a picture brighter", found
    assert found["completions"] == ["a!", "b!"] and found["streamed"] == "so it is" and found["models"] == ["embed"], found
    assert found.get("tool", "look") == "look" and found.get("response_events", ["response.created", "response.completed"]) == ["response.created", "response.completed"], found
    assert "response_events" not in found or (found["cut"] and "before it was complete" in found["cut"][2]), found
    names = {"embeddings": (500, 502), "edit": (503, 503), "response": (500, 502), "haste": (429, 429)}
    for name, (status, told) in names.items():
        failure = found["failures"].get(name, ["", told, f"as you wished: {status}"])
        assert failure and failure[1] == told and f"as you wished: {status}" in failure[2], found["failures"]
    # What may have been paid for was sent once; what was refused for haste, as often as the library likes.
    for path, words, times in (("/v1/embeddings", b"fail 500", 1), ("/v1/images/edits", b"fail 503", 1), ("/v1/embeddings", b"fail 429", 3),
                               ("/v1/responses", b"fail 500", 1 if "response" in found["failures"] else 0)):
        sent = sum(1 for one, body in asked if one == path and words in body)
        assert sent == times, f"{path} with {words}: sent {sent} times"


@contextlib.contextmanager
def serving(binaries, option, port):
    server = subprocess.Popen([binaries / "sluicectl", "serve", "openai", option, f"http://127.0.0.1:{port}", "--json"], stdout=subprocess.PIPE, text=True)
    try:
        yield json.loads(server.stdout.readline())
    finally:
        server.terminate()
        server.wait(20)


def run(command, folder, address):
    environment = dict(os.environ, OPENAI_BASE_URL=address, OPENAI_API_KEY="none is asked for")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, cwd=folder)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def main():
    binaries, work, language = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    client, ending = (python_client, "py") if language == "python" else (node_client, "mjs")
    command, folder = client(work, f"client.{ending}")
    behind = gateway.start()
    with serving(binaries, "--gateway", behind.server_port) as ready:
        for address in (ready["base_url"], ready["url"]):  # with and without /v1
            behind.asked.clear()
            found = run(command, folder, address)
            check(found, behind.asked)
            if language == "node":
                assert found["aborted"], found
                assert behind.gone.wait(20), "the gateway still writes to somebody who has left"
                behind.gone.clear()
            print(f"{language} at {address}: {len(behind.asked)} requests reached the gateway")
    behind.shutdown()
    peer = upstream.start()
    with serving(binaries, "--upstream", peer.server_port) as ready:
        command, folder = client(work, f"client_upstream.{ending}")
        check_upstream(run(command, folder, ready["base_url"]), peer.asked)
        print(f"{language} at {ready['base_url']}: {len(peer.asked)} requests reached the other server")
    peer.shutdown()


if __name__ == "__main__":
    main()
