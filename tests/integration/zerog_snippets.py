#!/usr/bin/env python3
"""The code of calls of 0G serving, run as it stands against the sandbox's user agent, gives what Sluice's own call gives, and is paid.

Usage: zerog_snippets.py BUILD_DIR

The sandbox sells a chat; a storage node of this script is sold beside it. Each language's code runs with the environment that comes with it: curl,
Python where it has `requests`, Node where it is installed, C++ against the library installed into a scratch prefix, and the lines for 0G's storage
client with a small client that downloads as that one does: a file's segments from its --node.
"""
import base64
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent / "zerog"))
from lab import Service, call  # noqa: E402
from snippet_place import RUNNERS, Place, run, words_in  # noqa: E402

BUILD = pathlib.Path(sys.argv[1]).resolve()
SLUICECTL = BUILD / "bin" / "sluicectl"
CHAT = {"messages": [{"role": "system", "content": "Answer\nbriefly."}, {"role": "user", "content": "What's a \"ticket\"?\nAnd $HOME? Grüße 🙂"}], "max_tokens": 40}
FILE = bytes(range(256)) * 40
ROOT = "0x" + hashlib.sha256(FILE).hexdigest()
CLIENT = """#!/usr/bin/env python3
# Downloads as 0G's storage client does, as far as its node sees of it.
import argparse, base64, json, urllib.request

options = argparse.ArgumentParser()
options.add_argument("word", choices=["download"])
for name in ("--node", "--root", "--file"):
    options.add_argument(name, required=True)
given = options.parse_args()


def ask(method, *params):
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
    request = urllib.request.Request(given.node, body, {"Content-Type": "application/json"})
    return json.load(urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request))["result"]


size = ask("zgs_getFileInfo", given.root)["tx"]["size"]
with open(given.file, "wb") as file:
    file.write(base64.b64decode(ask("zgs_downloadSegment", given.root, 0, (size + 255) // 256))[:size])
"""


def node(request):
    """A storage node with one file."""
    asked = json.loads(request["body"])
    good = asked["params"][:1] == [ROOT]
    results = {"zgs_getFileInfo": {"tx": {"size": len(FILE)}, "finalized": True}, "zgs_downloadSegment": base64.b64encode(FILE).decode()}
    said = {"jsonrpc": "2.0", "id": asked["id"], "result": results.get(asked["method"]) if good else None}
    return 200, [("Content-Type", "application/json")], json.dumps(said).encode()


def languages():
    for language in [*RUNNERS, "cpp"]:
        if language == "fetch" and not shutil.which("node"):
            print("fetch: skipped, Node is not installed")
        elif language == "python" and subprocess.run([sys.executable, "-c", "import requests"], stderr=subprocess.DEVNULL).returncode:
            print("python: skipped, it has no requests (Debian: python3-requests)")
        else:
            yield language


def compare(place, ready):
    agent = ready["user_agent"]
    calls = lambda: call(f"{agent}/v1/request").json["items"]  # noqa: E731
    chat, files = f"{ready['service']}@{ready['provider']}", f"files@{ready['provider']}"
    asked, info = ("--input", json.dumps(CHAT)), ("--input", json.dumps({"jsonrpc": "2.0", "id": 7, "method": "zgs_getFileInfo", "params": [ROOT]}))
    for language in languages():
        before = len(calls())
        for verb in ("run", "stream"):
            wanted = place.own_words("mine", verb, chat, *asked)
            output, _ = place.by_code(language, "mine", verb, chat, *asked)
            place.same(f"chat, {verb}", language, words_in(output), wanted)
        output, _ = place.by_code(language, "mine", "run", files, *info)
        place.same("storage", language, json.loads(output), json.loads(place.own("mine", "run", files, "--json", *info))["json"])
        made = calls()[before:]
        place.same("every call signed and paid", language, [one["state"] for one in made], ["done"] * 6)
        place.same("the same words counted", language, made[1]["inputCount"], made[0]["inputCount"])
    client = place.folder / "0g-storage-client"
    client.write_text(CLIENT)
    client.chmod(0o755)
    before = len(calls())
    further = {"PATH": f"{place.folder}:{place.environment['PATH']}", "ZEROG_FILE": "file.bin"}
    _, written = place.by_code("storage-client", "mine", "run", files, *info, runner=["bash", "storage.sh"], further=further)
    place.same("a file by its root", "storage-client", written, {"file.bin": FILE})
    place.same("both of its calls paid", "storage-client", [one["state"] for one in calls()[before:]], ["done"] * 2)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        environment = os.environ | {"SLUICE_DATA_DIR": str(folder / "data"), "PATH": f"{SLUICECTL.parent}:{os.environ['PATH']}"}
        for proxy in ("http_proxy", "https_proxy", "all_proxy"):
            environment.pop(proxy, None)
            environment.pop(proxy.upper(), None)
        sandbox = subprocess.Popen([str(SLUICECTL), "sandbox", "--only", "aigateway,openai,zerog", "--state", str(folder / "sandbox.sqlite")], stdout=subprocess.PIPE, env=environment)
        storage = Service(node)
        try:
            ready = json.loads(sandbox.stdout.readline())["services"]["zerog"]
            sold = call(f"{ready['provider_agent']}/v1/service", "POST", {"URL": storage.url, "inputPrice": 1, "outputPrice": 2, "Type": "zgStorage", "Name": "files"})
            assert sold.status == 204, sold
            run([SLUICECTL, "profile", "add", "mine", "--set", f"zerog.user_agent={ready['user_agent']}"], env=environment)
            place = Place(BUILD, folder, environment)
            compare(place, ready)
        finally:
            sandbox.terminate()
            sandbox.wait(20)
    sys.exit(1 if place.failed else 0)


main()
