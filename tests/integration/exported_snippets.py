#!/usr/bin/env python3
"""Every exported snippet that this machine can run makes the same call as Sluice itself.

Usage: exported_snippets.py BUILD_DIR WORK

Starts a sandbox, exports calls of each kind (a run with text, a run with a picture in and out, a stream, a live job) in each language that has
them, runs the code as it stands (curl, Node where it is installed, C++ against the library installed into a scratch prefix, Python with the
published package, which is installed into WORK once, where there is a Python for it) and compares its answer with that of sluicectl.
"""
import base64
import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "peers" / "sdk"))
import network  # noqa: E402
import packages  # noqa: E402

BUILD = pathlib.Path(sys.argv[1]).resolve()
SLUICECTL = BUILD / "bin" / "sluicectl"
LANGUAGES = {"curl": "call.sh", "javascript": "call.mjs", "cpp": "main.cpp", "python": "call.py"}
# Calls that the published package cannot make; its tab says so.
NOT_IN_PYTHON = {"chat"}


def picture():
    """A small PNG whose file contains bytes of every kind."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    side = 48
    rows = b"".join(b"\0" + bytes(value for x in range(side) for value in (5 * x, 5 * y, (x * y) & 255)) for y in range(side))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def run(command, **options):
    return subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, timeout=240, **options).stdout


def answer_text(lines):
    """The words of an OpenAI-style stream, from its events' data. Ids and times differ from call to call."""
    words = []
    for line in lines:
        words += [choice["delta"].get("content", "") for choice in json.loads(line)["choices"]]
    return "".join(words)


class Calls:
    """The calls to compare: how sluicectl is asked for one, and what of an output must be the same."""

    def __init__(self, folder):
        image = folder / "picture.png"
        image.write_bytes(picture())
        text = {"text": "It's a \"lovely\" day – grüße, 世界 🙂. $HOME `id` \\ EOF JSON"}
        chat = {"messages": [{"role": "user", "content": "What's a \"ticket\"?"}]}
        self.all = {
            "text": ("run", "text-analysis", ["--input", json.dumps(text)], json.loads),
            "picture": ("run", "image-filter", ["--input", '{"filter":"invert"}', "--file", f"image={image}"], bytes),
            "chat": ("stream", "docs-chat", ["--input", json.dumps(chat)], lambda out: answer_text(out.decode().splitlines())),
        }

    def expected(self, name, environment, folder):
        verb, capability, arguments, essence = self.all[name]
        command = [SLUICECTL, verb, capability, *arguments, "--orchestrator", environment["LIVEPEER_ORCH_URL"]]
        if verb == "stream":
            events = [json.loads(line) for line in run(command + ["--json"], env=environment).splitlines()]
            return answer_text(json.dumps(event["json"]) for event in events if event.get("type") == "event" and "json" in event)
        if name == "picture":
            run(command + ["--out", folder / "expected.png"], env=environment)
            return (folder / "expected.png").read_bytes()
        return essence(run(command, env=environment))


def export(folder, language, call, environment):
    """The files of the snippet, saved as a person would save them; the code's own path."""
    verb, capability, arguments, _ = call
    answer = json.loads(run([SLUICECTL, "snippet", capability, "--verb", verb, "--language", language, *arguments,
                             "--orchestrator", environment["LIVEPEER_ORCH_URL"], "--json"], env=environment))
    path = folder / LANGUAGES[language]
    path.write_text(answer["text"])
    for extra in answer["files"]:
        (folder / extra["name"]).write_bytes(base64.b64decode(extra["base64"]))
    return path


def run_cpp(folder, prefix, environment):
    if not (folder / "CMakeLists.txt").exists():
        sys.exit("The C++ snippet comes without its CMakeLists.txt")
    run(["cmake", "-S", folder, "-B", folder / "build", f"-DCMAKE_PREFIX_PATH={prefix}"])
    run(["cmake", "--build", folder / "build"])
    program = next(path for path in (folder / "build").iterdir() if path.is_file() and os.access(path, os.X_OK))
    libraries = [str(next(prefix.glob("lib*"))), str(next(prefix.glob("lib/*-linux-gnu"), prefix))]
    return run([program], cwd=folder, env=environment | {"LD_LIBRARY_PATH": ":".join(libraries)})


class Python:
    """The interpreter that has the published package, or why there is none."""

    def __init__(self, sandbox_port):
        self.program, self.why = None, ""
        if sandbox_port != network.DEFAULT_PORT:
            self.why = f"port {network.DEFAULT_PORT}, where the package looks for terms, is in use"
            return
        done = subprocess.run([sys.executable, packages.__file__, sys.argv[2]], stdout=subprocess.PIPE, text=True)
        told = (done.stdout.strip().splitlines() or [""])[-1]
        if done.returncode == packages.SKIPPED:
            self.why = told.removeprefix("skipped: ")
        elif done.returncode != 0:
            sys.exit(f"packages.py ended with {done.returncode}")
        else:
            self.program = told


PYTHON = None


def output_of(language, path, prefix, environment):
    place = path.parent
    if language == "python":
        # As the window gives it for a sandbox: the package pays through the signer.
        return run([PYTHON.program, path], cwd=place, env=environment | {"LIVEPEER_SIGNER_URL": environment["SANDBOX_SIGNER"]})
    if language == "curl":
        return run(["bash", path], cwd=place, env=environment)
    if language == "javascript":
        return run(["node", path], cwd=place, env=environment)
    return run_cpp(place, prefix, environment)


def result_of(place, output, before):
    """What the snippet gave: the file that it wrote, or what it printed."""
    written = [path for path in place.iterdir() if path.is_file() and path.name not in before]
    return written[0].read_bytes() if written else output


def live_pictures_come_back(folder, prefix, environment, capability, language):
    """The code for a live job prints the size of each picture that comes back."""
    place = folder / f"{capability.replace('/', '-')}-{language}"
    place.mkdir()
    call = ("live", capability, ["--input", '{"filter":"grey"}'], None)
    path = export(place, language, call, environment)
    pictures = output_of(language, path, prefix, environment).decode().split("\n")
    good = sum(1 for line in pictures if line.endswith(" x 480"))
    print(f"{capability}, {language}: {good} pictures came back" + ("" if good > 30 else f" — TOO FEW: {pictures[:5]}"))
    return good > 30


def compare(folder, environment):
    prefix = folder / "prefix"
    for component in ("runtime", "development"):
        run(["cmake", "--install", BUILD, "--prefix", prefix, "--component", component])
    calls = Calls(folder)
    failed = 0
    for name, call in calls.all.items():
        expected = calls.expected(name, environment, folder)
        for language in LANGUAGES:
            if language == "javascript" and not shutil.which("node"):
                print("javascript: skipped, Node is not installed")
                continue
            if language == "python" and (name in NOT_IN_PYTHON or not PYTHON.program):
                print(f"{name}, python: skipped, " + (PYTHON.why or "the published package does not make this call"))
                continue
            place = folder / f"{name}-{language}"
            place.mkdir()
            path = export(place, language, call, environment)
            before = {path.name for path in place.iterdir()}
            output = result_of(place, output_of(language, path, prefix, environment), before)
            same = bool(expected) and call[3](output) == expected
            failed += not same
            print(f"{name}, {language}: {'the same answer' if same else f'ANOTHER ANSWER: {output[:400]!r}, not {expected[:400]!r}'}")
    video = "live-video-to-video/video-filter"
    for capability, language in (("video-filter", "cpp"), (video, "cpp"), (video, "python")):
        if language != "python" or PYTHON.program:
            failed += not live_pictures_come_back(folder, prefix, environment, capability, language)
    return failed


def main():
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        environment = os.environ | {"SLUICE_DATA_DIR": str(folder / "data"),
                                    "PATH": f"{SLUICECTL.parent}:{os.environ['PATH']}"}
        environment.pop("SLUICE_SANDBOX_PORT", None)  # the usual port, where it is free
        sandbox = subprocess.Popen([str(SLUICECTL), "sandbox", "--state", str(folder / "sandbox.sqlite")],
                                   stdout=subprocess.PIPE, env=environment)
        try:
            ready = json.loads(sandbox.stdout.readline())
            environment |= {"LIVEPEER_ORCH_URL": ready["orchestrator"], "SLUICE_SENDER_KEY": ready["sender_key"],
                            "SANDBOX_SIGNER": ready["services"]["signer"]["url"]}
            global PYTHON
            PYTHON = Python(int(ready["orchestrator"].rsplit(":", 1)[1]))
            failed = compare(folder, environment)
        finally:
            sandbox.terminate()
            sandbox.wait(20)
    sys.exit(1 if failed else 0)


main()
