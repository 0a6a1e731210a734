#!/usr/bin/env python3
"""The code of calls to an AI gateway, run as it stands, gives what Sluice's own call of it gives.

Usage: gateway_snippets.py BUILD_DIR

Starts two sandboxes, one for each dialect of /llm, exports calls of their gateways in each language, runs the code with the
environment that comes with it (curl, Python, Node where it is installed, C++ against the library installed into a scratch
prefix) and compares words and files with those of sluicectl.
"""
import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from snippet_place import RUNNERS, Place, run, words_in, words_of

BUILD = pathlib.Path(sys.argv[1]).resolve()
SLUICECTL = BUILD / "bin" / "sluicectl"
CHAT = {"messages": [{"role": "system", "content": "Answer\nbriefly."}, {"role": "user", "content": "What's a \"ticket\"?\nAnd $HOME?"}], "max_tokens": 40}
DRAWN = {"prompt": "It's open, the \"sluice\"", "seed": 7, "num_images_per_prompt": 2, "width": 256, "height": 256}


class Sandbox:
    def __init__(self, folder, name, environment, *options):
        self.process = subprocess.Popen([str(SLUICECTL), "sandbox", "--only", "aigateway", "--state", str(folder / f"{name}.sqlite"), *options],
                                        stdout=subprocess.PIPE, env=environment)
        self.ready = json.loads(self.process.stdout.readline())["services"]["aigateway"]
        run([SLUICECTL, "profile", "add", name, "--set", f"aigateway.base_url={self.ready['base_url']}"], env=environment)

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.process.terminate()
        self.process.wait(20)


def chats(place, language, profile):
    chat = ("--input", json.dumps(CHAT))
    for verb in ("run", "stream"):
        wanted = place.own_words(profile, verb, "llm", *chat)
        output, _ = place.by_code(language, profile, verb, "llm", *chat)
        place.same(f"{profile}: llm, {verb}", language, words_in(output), wanted)


def files(place, language, profile, speech, heard):
    _, drawn = place.by_code(language, profile, "run", "text-to-image", "--input", json.dumps(DRAWN))
    answer = json.loads(place.own(profile, "run", "text-to-image", "--input", json.dumps(DRAWN), "--json"))["json"]
    pictures = [base64.b64decode(image["url"].partition(",")[2]) for image in answer["images"]]
    place.same("text-to-image", language, drawn, {f"image-{number}.png": picture for number, picture in enumerate(pictures, 1)})
    output, _ = place.by_code(language, profile, "run", "audio-to-text", "--file", f"audio={speech}")
    place.same("audio-to-text", language, words_in(output), heard)


def compare(place, pipelines):
    speech = place.folder / "speech.wav"
    heard = ""
    if {"text-to-speech", "audio-to-text"} <= set(pipelines):
        place.own("today", "run", "text-to-speech", "--input", '{"text":"open the gate"}', "--out", speech)
        heard = words_of(json.loads(place.own("today", "run", "audio-to-text", "--file", f"audio={speech}", "--json"))["json"]).strip()
    for language in [*RUNNERS, "cpp"]:
        if language == "fetch" and not shutil.which("node"):
            print("fetch: skipped, Node is not installed")
            continue
        chats(place, language, "today")
        if language != "cpp":
            chats(place, language, "older")
        files(place, language, "today", speech, heard)
    video, spoken = place.by_code("python", "today", "run", "image-to-video", "--input", '{"width":128,"height":128}', "--timeout", "120",
                                  "--file", f"image={place.folder / 'picture.png'}"), place.by_code("curl", "today", "run", "text-to-speech", "--input", '{"text":"open the gate"}')
    place.same("image-to-video", "python", [name for name, film in video[1].items() if film[4:8] == b"ftyp"], ["video-1.mp4"])
    place.same("text-to-speech", "curl", spoken[1], {"speech.wav": speech.read_bytes()})


def main():
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        environment = os.environ | {"SLUICE_DATA_DIR": str(folder / "data"), "PATH": f"{SLUICECTL.parent}:{os.environ['PATH']}"}
        for proxy in ("http_proxy", "https_proxy", "all_proxy"):
            environment.pop(proxy, None)
            environment.pop(proxy.upper(), None)
        with Sandbox(folder, "today", environment) as today, Sandbox(folder, "older", environment, "--llm-dialect", "form"):
            place = Place(BUILD, folder, environment)
            place.own("today", "run", "text-to-image", "--input", '{"prompt":"a"}', "--out", folder / "picture.png")
            compare(place, today.ready["pipelines"])
    sys.exit(1 if place.failed else 0)


main()
