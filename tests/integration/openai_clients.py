#!/usr/bin/env python3
"""The `openai` packages of the Python and npm registries against `sluicectl serve openai`: openai_clients.py BIN WORK (python|node)

The packages are installed into WORK once, in the versions named here; without a network or the tools that install them the test is skipped.
The gateway behind the server is scripted, so that it is known what it was asked, and how often: a call that it took is sent once.
"""
import json
import os
import pathlib
import subprocess
import sys
import venv

sys.path.insert(0, str(pathlib.Path(__file__).parent / "openai"))
import gateway  # noqa: E402

HERE = pathlib.Path(__file__).parent / "openai"
PYTHON_PACKAGE = "openai==3.57.0"
# The newest that runs on that Node and later ones, newest first.
NODE_PACKAGES = [(22, "openai@7.59.0"), (20, "openai@6.49.0"), (18, "openai@4.104.0")]
SAID = "You said: Tell me more about the Livepeer network"
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
        skip(f"{' '.join(command[:3])} failed: {(result.stderr or result.stdout).strip()[-300:]}")
    done.touch()


def python_client(work):
    if sys.version_info < (3, 9):
        skip("the package needs Python 3.9")
    home = work / "python"
    if not (home / "bin" / "python").exists():
        try:
            venv.create(home, with_pip=True)
        except subprocess.CalledProcessError as error:
            skip(f"no virtual environment (Debian: python3-venv): {error}")
    installed([home / "bin" / "python", "-m", "pip", "install", "--quiet", PYTHON_PACKAGE], home / PYTHON_PACKAGE)
    return [home / "bin" / "python", HERE / "client.py"], None


def node_client(work):
    try:
        major = int(subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip().lstrip("v").split(".")[0])
    except (OSError, subprocess.CalledProcessError) as error:
        skip(f"no Node: {error}")
    package = next((name for least, name in NODE_PACKAGES if major >= least), None) or skip(f"Node {major} is too old")
    home = work / "node"
    home.mkdir(parents=True, exist_ok=True)
    installed(["npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", str(home), package], home / package.replace("@", "-"), cwd=home)
    script = home / "client.mjs"
    script.write_text((HERE / "client.mjs").read_text())  # beside its package, which is found from there
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


def main():
    binaries, work, language = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    command, folder = python_client(work) if language == "python" else node_client(work)
    behind = gateway.start()
    server = subprocess.Popen([binaries / "sluicectl", "serve", "openai", "--gateway", f"http://127.0.0.1:{behind.server_port}", "--json"],
                              stdout=subprocess.PIPE, text=True)
    try:
        ready = json.loads(server.stdout.readline())
        for address in (ready["base_url"], ready["url"]):  # with and without /v1
            behind.asked.clear()
            environment = dict(os.environ, OPENAI_BASE_URL=address, OPENAI_API_KEY="none is asked for")
            done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, cwd=folder)
            assert done.returncode == 0, done.stderr[-3000:]
            found = json.loads(done.stdout.splitlines()[-1])
            check(found, behind.asked)
            if language == "node":
                assert found["aborted"], found
                assert behind.gone.wait(20), "the gateway still writes to somebody who has left"
                behind.gone.clear()
            print(f"{language} at {address}: {len(behind.asked)} requests reached the gateway")
    finally:
        server.terminate()
        server.wait(20)
        behind.shutdown()


if __name__ == "__main__":
    main()
