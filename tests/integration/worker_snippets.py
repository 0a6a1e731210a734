#!/usr/bin/env python3
"""The code of calls to an LLM worker, run as it stands, asks the models what Sluice's own call asks them, and prints the same.

Usage: worker_snippets.py BUILD_DIR WORK

Starts `sluicectl worker serve` before a scripted model server, exports calls of two assistants in each language and runs the code with the
environment that comes with it: Python with `websockets`, Node with its own WebSocket or with `ws`, C++ with Qt, websocat where it is installed.
Each ends well after a clean `done` alone. Packages are installed into WORK once.
"""
import base64
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE / "llmworker"), str(HERE / "openai")]
import models  # noqa: E402
from llmworker_clients import NODE_PACKAGE, PYTHON_PACKAGE, serve, started  # noqa: E402
from packages import SKIPPED, installed  # noqa: E402

BUILD, WORK = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
SLUICECTL = BUILD / "bin" / "sluicectl"
ANSWER = "".join(models.PIECES)
HISTORY = [{"role": "user", "content": "It's {\"odd\"}, isn't it?\nJSON $HOME `id` \\"}, {"role": "assistant", "content": "Grüße, 世界 🙂 }"}]


def stream(*messages, provider="vllm"):
    return {"provider": provider, "settings": {"model": "m", "temperature": 0.50}, "messages": list(messages)}


TEMPLATES = {
    "answer": {"streams": [stream({"role": "system", "content": "{{briefly}}"}, {"insert": "history"}, {"role": "user", "content": "{query}"})]},
    "two steps": {"streams": [stream({"role": "user", "content": "{query}"}), stream({"role": "user", "content": "Again: {previous_stream_output}"})]},
    "unknown provider": {"streams": [stream({"role": "user", "content": "{query}"}, provider="foo")]},
}


def run(command, **options):
    return subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=240, **options)


def good(command, **options):
    done = run(command, **options)
    if done.returncode != 0:
        sys.exit(f"{command} ended with {done.returncode}:\n{done.stdout.decode(errors='replace')}\n{done.stderr.decode(errors='replace')}")
    return done.stdout


def python_runner():
    import venv
    home = WORK / "python"
    if not (home / "bin" / "python").exists():
        venv.create(home, with_pip=True)
    installed([home / "bin" / "python", "-m", "pip", "install", "--quiet", PYTHON_PACKAGE], home / PYTHON_PACKAGE)
    return lambda place: [home / "bin" / "python", place / "call.py"]


def node_runner():
    if not shutil.which("node"):
        return "Node is not installed"
    if good(["node", "-p", "typeof WebSocket"]).strip() != b"function":
        home = WORK / "node"
        home.mkdir(parents=True, exist_ok=True)
        installed(["npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", str(home), NODE_PACKAGE], home / NODE_PACKAGE.replace("@", "-"), cwd=home)
    return lambda place: ["node", place / "call.mjs"]


def cpp_runner():
    def build(place):
        if not (place / "build" / "call").exists():
            good(["cmake", "-S", place, "-B", place / "build"])
            good(["cmake", "--build", place / "build"])
        return [place / "build" / "call"]
    return build


def websocat_runner():
    missing = [name for name in ("websocat", "jq") if not shutil.which(name)]
    if missing:
        return f"{' and '.join(missing)} not installed (websocat is no package of Debian 12: cargo install websocat)"
    return lambda place: ["bash", place / "call.sh"]


LANGUAGES = {"python": python_runner, "javascript": node_runner, "cpp": cpp_runner, "websocat": websocat_runner}


class Place:
    def __init__(self, folder, url, behind):
        self.folder, self.behind = folder, behind
        self.environment = os.environ | {"SLUICE_DATA_DIR": str(folder / "data"), "PYTHONUNBUFFERED": "1"}
        self.failed = 0
        good([SLUICECTL, "profile", "add", "worker", "--set", f"llmworker.url={url}", "--set", f"llmworker.templates={json.dumps(TEMPLATES)}"], env=self.environment)

    def own(self, verb, name, chat, *options):
        return good([SLUICECTL, verb, name, "--profile", "worker", "--input", json.dumps(chat), *options], env=self.environment)

    def export(self, language, name, chat):
        # Node finds packages in folders above the code.
        place = pathlib.Path(tempfile.mkdtemp(prefix=f"{language}-", dir=self.folder))
        if language == "javascript" and (WORK / "node" / "node_modules").exists():
            (place / "node_modules").symlink_to(WORK / "node" / "node_modules")  # as npm install leaves it
        snippet = json.loads(self.own("snippet", name, chat, "--verb", "stream", "--language", language, "--json", "--timeout", "30"))
        (place / snippet["file_name"]).write_text(snippet["text"])
        for extra in snippet["files"]:
            (place / extra["name"]).write_bytes(base64.b64decode(extra["base64"]))
        environment = dict(self.environment)
        for variable in snippet["environment"]:
            environment[variable["name"]] = variable["suggestion"]
        return place, environment

    def check(self, what, fine, said):
        self.failed += not fine
        print(f"{what}: {'as it should' if fine else f'WRONG: {said!r:.900}'}", flush=True)

    def asked(self, call):
        before = len(self.behind.asked)
        done = call()
        return done, [{key: one.get(key) for key in ("model", "temperature", "messages")} for one in self.behind.asked[before:]]


def compare(place, language, command):
    chat = {"messages": [*HISTORY, {"role": "user", "content": "How {tall} is \"it\"?\nsl\u00fcice"}]}
    for name in ("answer", "two steps"):
        own, wanted = place.asked(lambda: place.own("run", name, chat))
        where, environment = place.export(language, name, chat)
        line = command(where)
        done, got = place.asked(lambda: run(line, cwd=where, env=environment))
        place.check(f"{language}, {name}: the models are asked the same", got == wanted and len(wanted) == len(TEMPLATES[name]["streams"]), (got, wanted))
        place.check(f"{language}, {name}: the answer is printed", done.returncode == 0 and done.stdout.decode().strip() == ANSWER and ANSWER in own.decode(), done)
    # A worker of ours tells of every stream to who asks.
    _, telling = serve(BUILD / "bin", f"http://127.0.0.1:{place.behind.server_port}", "--tell-streams")
    where, environment = place.export(language, "two steps", chat | {"tell_streams": True})
    done = run(command(where), cwd=where, env=environment | {"LLM_WORKER_URI": telling})
    place.check(f"{language}: every stream's text is printed", done.returncode == 0 and done.stdout.decode().split("\n") == [ANSWER, ANSWER, ""], done)
    where, environment = place.export(language, "unknown provider", chat)
    line = command(where)
    done = run(line, cwd=where, env=environment)
    place.check(f"{language}: a job that fails is an error", done.returncode not in (0, 77) and "'foo'" in done.stderr.decode(), done)
    # Nobody there; and somebody who takes the connection and goes.
    with socket.socket() as none:
        none.bind(("127.0.0.1", 0))
        done = run(line, cwd=where, env=environment | {"LLM_WORKER_URI": f"ws://127.0.0.1:{none.getsockname()[1]}/ws/"})
    place.check(f"{language}: without a worker it is an error", done.returncode != 0 and done.stderr, done)


def killed(place, language, command):
    """Text is printed as it comes, and one that breaks off is an error."""
    server, url = serve(BUILD / "bin", f"http://127.0.0.1:{place.behind.server_port}")
    where, environment = place.export(language, "answer", {"messages": [{"role": "user", "content": "hold"}]})
    line = [str(part) for part in command(where)]
    running = subprocess.Popen(line, cwd=where, env=environment | {"LLM_WORKER_URI": url}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    begun = b""
    while begun != b"The Eiffel":
        piece = os.read(running.stdout.fileno(), 1000)
        if not piece:
            break
        begun += piece
    server.kill()
    server.wait(20)
    rest, problem = running.communicate(timeout=60)
    place.check(f"{language}: what breaks off is an error", begun == b"The Eiffel" and running.returncode != 0 and problem, (begun, rest, problem))
    place.behind.released.set()  # nobody waits any more
    place.behind.released.clear()


def runner(make):
    """None where a package could not be installed, which was said."""
    try:
        return make()
    except SystemExit as over:
        if over.code == SKIPPED:
            return None
        raise


def main():
    behind = models.start()
    failed = ran = 0
    try:
        _, url = serve(BUILD / "bin", f"http://127.0.0.1:{behind.server_port}")
        with tempfile.TemporaryDirectory() as scratch:
            place = Place(pathlib.Path(scratch), url, behind)
            for language, make in LANGUAGES.items():
                command = runner(make)
                if command is None or isinstance(command, str):
                    print(f"{language}: skipped{', ' + command if command else ''}", flush=True)
                    continue
                compare(place, language, command)
                killed(place, language, command)
                ran += 1
            failed = place.failed
    finally:
        for server in started:
            server.kill()
        behind.shutdown()
    print(f"{ran} languages ran")
    sys.exit(1 if failed or ran < 1 else 0)


if __name__ == "__main__":
    main()
