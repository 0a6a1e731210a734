#!/usr/bin/env python3
"""Plants a secret of each kind, makes calls with them against a real sandbox, and looks for them afterwards.

usage: canary.py BIN_DIR

Looked for, as it is, in hex, in base64 at every alignment and percent-encoded: in every file below the data folder, the home and the
temporary folder (databases and their logs included), in everything that a command printed, in code in every language, in exports
of the history, and in the arguments and the environment of every child process. Found in none, or the test fails and says where.
"""
import base64
import http.server
import json
import os
import re
import secrets
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

BIN = os.path.join(sys.argv[1], "sluicectl")
LANGUAGES = ("python", "python-v1", "curl", "javascript", "cpp")
failures = []


def canary(kind):
    return f"canary-{kind}-{secrets.token_hex(8)}"


PLANTED = {kind: canary(kind) for kind in (
    "format", "writeonly", "cog", "xsecret", "ref", "optional", "items", "map", "byname", "object", "parameter", "live",
    "signerheader", "discoveryheader", "signerauth", "modelkey", "echo")}
# A real key, so that it signs; it may stand somewhere as its bytes as well.
SENDER_KEY = secrets.token_hex(32)


def spellings():
    for kind, text in PLANTED.items():
        yield kind, text.encode()
    yield "sender key", SENDER_KEY.encode()
    yield "sender key, raw", bytes.fromhex(SENDER_KEY)


def needles():
    for kind, value in spellings():
        forms = {value, value.hex().encode(), value.hex().upper().encode(), urllib.parse.quote_from_bytes(value, safe="").encode()}
        for before in range(3):
            text = base64.b64encode(b"\0" * before + value)
            # The characters that are the same whatever stands around it.
            core = text[0 if before == 0 else before + 1:(before + len(value)) * 8 // 6]
            forms |= {core, core.replace(b"+", b"-").replace(b"/", b"_")}
        for form in forms:
            yield kind, form


NEEDLES = list(needles())


def look(where, data):
    for kind, needle in NEEDLES:
        if needle in data:
            failures.append(f"{kind}: found in {where}")
            return


class Peer(http.server.BaseHTTPRequestHandler):
    """A worker whose answer is its request, a discovery service, and a model server: whatever is asked for."""
    protocol_version = "HTTP/1.1"
    discovered = b"[]"
    seen = []

    def reply(self, status, kind, data):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        Peer.seen.append(dict(self.headers))
        self.reply(200, "application/json", Peer.discovered)

    def do_POST(self):
        Peer.seen.append(dict(self.headers))
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        if "refusing" in self.path:
            self.reply(400, "application/json", b'{"detail": "not with ' + body.replace(b'"', b"'") + b'"}')
        elif "streaming" in self.path:
            self.reply(200, "text/event-stream", b"data: " + body + b"\n\ndata: [DONE]\n\n")
        elif "completions" in self.path:
            self.reply(401, "application/json", b'{"error": {"message": "no: ' + self.headers.get("authorization", "").encode() + b'"}}')
        elif "echo" in self.path:
            self.reply(200, "application/json", body + base64.b64encode(b"x" + body) + body.hex().encode())
        else:
            self.reply(200, "application/json", b'{"fine": true}')

    def log_message(self, *arguments):
        pass


MARKS = {"type": "object", "properties": {
    "text": {"type": "string"},
    "a": {"type": "string", "format": "password"}, "b": {"type": "string", "writeOnly": True}, "c": {"type": "string", "x-cog-secret": True},
    "d": {"type": "string", "x-secret": True}, "e": {"$ref": "#/$defs/Key"}, "f": {"anyOf": [{"$ref": "#/$defs/Key"}, {"type": "null"}]},
    "g": {"type": "array", "items": {"$ref": "#/$defs/Key"}}, "h": {"type": "object", "additionalProperties": {"format": "password"}}},
    "$defs": {"Key": {"type": "string", "format": "password"}}}
MARKED = {"a": PLANTED["format"], "b": PLANTED["writeonly"], "c": PLANTED["cog"], "d": PLANTED["xsecret"], "e": PLANTED["ref"],
          "f": PLANTED["optional"], "g": ["x", PLANTED["items"]], "h": {"k": PLANTED["map"]}, "text": "plain words"}
NAMED = {"api_key": PLANTED["byname"], "credentials": {"user": "u", "pass": PLANTED["object"]}, "max_tokens": 5, "text": "plain words"}


class Room:
    """A private home with everything in it that the programs may write to."""

    def __init__(self, root):
        self.root = root
        for name in ("home", "data", "tmp", "run"):
            os.makedirs(os.path.join(root, name), mode=0o700)
        self.environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": root + "/home", "TMPDIR": root + "/tmp", "XDG_RUNTIME_DIR": root + "/run",
                            "SLUICE_DATA_DIR": root + "/data"}
        token = {"signer": "https://signer.invalid", "signer_headers": {"Authorization": "Bearer " + PLANTED["signerheader"]},
                 "discovery_headers": {"X-Key": PLANTED["discoveryheader"]}, "discovery": f"http://127.0.0.1:{PORT}/list"}
        self.planted = dict(self.environment, SLUICE_SENDER_KEY=SENDER_KEY, LIVEPEER_TOKEN=base64.b64encode(json.dumps(token).encode()).decode(),
                            LIVEPEER_SIGNER_AUTH="Bearer " + PLANTED["signerauth"], SLUICE_LLM_KEY=PLANTED["modelkey"])

    def ctl(self, *arguments, input=None, answer=True):
        """Runs a command with every secret in its environment. `answer`: whether its standard output is looked through too."""
        done = subprocess.run([BIN, *arguments], env=self.planted, input=None if input is None else json.dumps(input).encode(),
                              stdin=subprocess.DEVNULL if input is None else None, capture_output=True, timeout=120)
        if answer:
            look("standard output of " + " ".join(arguments), done.stdout)
        look("standard error of " + " ".join(arguments), done.stderr)
        return done

    def files(self):
        for folder, _, names in os.walk(self.root):
            for name in names:
                path = os.path.join(folder, name)
                if os.path.isfile(path):
                    with open(path, "rb") as file:
                        look(path, file.read())


def parents():
    """Every process with its parent."""
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat", encoding="latin-1") as file:
                found[int(pid)] = int(file.read().rsplit(")", 1)[1].split()[1])
        except OSError:
            pass
    return found


def look_at_processes(of, watched):
    """The process itself and those below it. One that may not be looked at at all is as good as clean."""
    above = parents()
    family = {of}
    while True:
        more = {pid for pid, parent in above.items() if parent in family} - family
        if not more:
            break
        family |= more
    for pid in family:
        for name in ("cmdline", "environ"):
            try:
                with open(f"/proc/{pid}/{name}", "rb") as file:
                    content = file.read()
            except OSError:
                continue
            watched.add((pid == of, name))
            look(f"{name} of {'the program' if pid == of else 'a child'}: {content.split(bytes(1))[0].decode()}", content)


def register(ready, name, schema, verbs=("run",)):
    anyone = ssl.create_default_context()
    anyone.check_hostname = False
    anyone.verify_mode = ssl.CERT_NONE
    words = {"name": name, "description": "canary", "url": f"http://127.0.0.1:{PORT}/{name}", "capacity": 4, "price_per_unit": 0, "price_scaling": 1,
             "currency": "wei", "path": "predict", "verbs": list(verbs)}
    if schema is not None:
        words["input_schema"] = schema
    request = urllib.request.Request(ready["orchestrator"] + "/capability/register", json.dumps(words).encode(), {"Authorization": ready["secret"]})
    urllib.request.urlopen(request, context=anyone).read()


def start_sandbox(room):
    process = subprocess.Popen([BIN, "sandbox", "--state", room.root + "/data/orchestrator.sqlite", "--price", "0",
                                "--llm-upstream", f"http://127.0.0.1:{PORT}"],
                               env=room.planted, stdout=subprocess.PIPE, stderr=open(room.root + "/tmp/sandbox.log", "wb"))
    ready = json.loads(process.stdout.readline())
    register(ready, "marked", MARKS)
    register(ready, "named", None)
    register(ready, "echo", None)
    register(ready, "refusing", MARKS)
    register(ready, "streaming", MARKS, ("stream",))
    Peer.discovered = json.dumps([{"address": ready["orchestrator"]}]).encode()
    return process, ready


def calls(room, ready):
    at = ("--orchestrator", ready["orchestrator"])
    echo = {"api_key": PLANTED["echo"], "text": "plain words"}
    done = room.ctl("run", "marked", "--input", "-", *at, input=MARKED)
    expect(done.returncode == 0, "run marked: " + done.stderr.decode())
    done = room.ctl("run", "named", "--input", "-", *at, input=NAMED)
    expect(done.returncode == 0, "run named: " + done.stderr.decode())
    expect(b"by their names" in done.stderr and b"api_key" in done.stderr, "run named does not say what it masked by its name")
    room.ctl("run", "named", "--input", "-", "--parameters", json.dumps({"access_token": PLANTED["parameter"]}), *at, input={"text": "plain words"})
    # What the worker itself gives back is the answer, and it is printed; it is kept nowhere.
    done = room.ctl("run", "echo", "--input", "-", *at, input=echo, answer=False)
    expect(PLANTED["echo"].encode() in done.stdout, "the answer that was asked for is not given as it is")
    room.ctl("stream", "streaming", "--input", "-", *at, input=MARKED, answer=False)
    for form in ((), ("--json",)):
        done = room.ctl("run", "refusing", "--input", "-", *form, *at, input=MARKED)
        expect(done.returncode != 0, "run refusing did not fail")
    room.ctl("run", "named", "--input", "-", "--orchestrator", "http://127.0.0.1:1", input=NAMED)
    room.ctl("run", "llm-chat", "--input", "-", *at, input={"messages": [{"role": "user", "content": "hello"}]})
    room.ctl("live", "noop", "--source", "pattern", "--seconds", "2", "--input", "-", *at, input={"api_key": PLANTED["live"]})
    # Discovery, with the headers that a token or the environment has for it.
    room.ctl("profile", "add", "found", "--discovery", f"http://127.0.0.1:{PORT}/list")
    room.ctl("run", "marked", "--input", "-", "--profile", "found", input=MARKED)
    for name, value in (("marked", MARKED), ("named", NAMED)):
        for language in LANGUAGES:
            room.ctl("snippet", name, "--language", language, "--input", "-", *at, input=value)
            room.ctl("snippet", name, "--language", language, "--input", "-", "--json", *at, input=value)
        done = room.ctl("snippet", name, "--language", "curl", "--input", "-", *at, input=value)
        expect(done.returncode == 0 and b"plain words" in done.stdout, "no code for " + name)


def exports(room):
    for arguments in (("history",), ("history", "--json"), ("history", "export"), ("tickets", "--json"), ("profile", "list", "--json")):
        room.ctl(*arguments)
    runs = json.loads(room.ctl("history", "--json").stdout)
    expect(len(runs) >= 9, f"the history has {len(runs)} runs only")
    for run in runs:
        room.ctl("history", "show", run["id"], "--json")
    # It must not hold because nothing was kept at all.
    exported = room.ctl("history", "export").stdout
    expect(b"plain words" in exported and "‹secret›".encode() in exported, "the history kept nothing")


def children(room):
    """A program that starts a sandbox of its own, seen while both run."""
    process = subprocess.Popen([BIN, "live", "noop", "--profile", "sandbox", "--source", "pattern", "--seconds", "6", "--json"], env=room.planted,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    watched = set()
    lines = []
    reader = threading.Thread(target=lambda: lines.extend(process.stdout), daemon=True)
    reader.start()
    # From the moment that its own main() has begun; before that the system shows what it was started with.
    deadline = time.monotonic() + 60
    while process.poll() is None and not any(b'"ready"' in line for line in lines) and time.monotonic() < deadline:
        time.sleep(0.05)
    while process.poll() is None and time.monotonic() < deadline:
        look_at_processes(process.pid, watched)
        time.sleep(0.2)
    process.wait(60)
    reader.join(10)
    expect(any(b'"ready"' in line for line in lines), "the live job of the own sandbox did not run")
    expect({(False, "cmdline")} <= watched, "no child was seen")
    look("standard output of live", b"".join(lines))


def expect(holds, words):
    if not holds:
        failures.append(words)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Peer)
PORT = server.server_address[1]
threading.Thread(target=server.serve_forever, daemon=True).start()
with tempfile.TemporaryDirectory(prefix="canary") as place:
    room = Room(place)
    sandbox, ready = start_sandbox(room)
    try:
        calls(room, ready)
        watched = set()
        look_at_processes(sandbox.pid, watched)
        exports(room)
        children(room)
        room.files()  # while the databases are open, their logs beside them
    finally:
        sandbox.terminate()
        sandbox.wait(30)
    room.files()
    # The search itself finds what is there.
    before = len(failures)
    look("the test's own check", b"x" + base64.b64encode(b"zz" + PLANTED["cog"].encode() + b"y"))
    if len(failures) == before:
        failures.append("the search is blind")
    else:
        failures.pop()
for failure in dict.fromkeys(failures):
    print("FAIL", re.sub(r"\s+", " ", failure)[:400])
print(f"{len(PLANTED) + 1} secrets planted, {len(NEEDLES)} spellings looked for, {len(set(failures))} failures")
sys.exit(1 if failures else 0)
