#!/usr/bin/env python3
"""The code of calls to apps on live runners, run as it stands against an orchestrator with one free app.

Usage: runner_snippets.py DATA WORK

DATA is tests/data/snippets, whose examples are what the library writes; WORK has the package.
"""
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "peers" / "sdk"))
import free_apps  # noqa: E402
import packages  # noqa: E402

DATA, WORK = pathlib.Path(sys.argv[1]), sys.argv[2]
APP = "acme/it's \"hello\""


NAMES = {"python": "{}.py", "curl": "{}.sh"}


def run(language, python, example, name, url):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("LIVEPEER_")} | {"LIVEPEER_ORCH_URL": url}
    program = {"python": python, "curl": "bash"}[language]
    done = subprocess.run([program, str(DATA / example / NAMES[language].format(name))], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=90)
    if done.returncode != 0:
        raise AssertionError(f"{example} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout.decode()


def expect(holds, *told):
    if not holds:
        raise AssertionError(" ".join(map(str, told)))


def single(language, python):
    # The app's address itself is never called: it is answered with a redirect.
    for example, path in (("liverunner-run", "/apps/r1/app/v1/say it"), ("liverunner-root", "/apps/r1/app/")):
        with free_apps.FreeApps(APP) as node:
            heard = json.loads(run(language, python, example, "call", node.url))["heard"]
            method, asked, body = node.asked[0]
            expect((method, asked) == ("POST", path) and len(node.asked) == 1, node.asked)
            expect(heard == body and heard["text"].startswith("it's a fine day"), heard)


def streamed(language, python):
    with free_apps.FreeApps(APP) as node:
        node.answer = lambda request, body: (node.send(request, node.listing()) if request.path.startswith("/discovery")
                                             else (node.asked.append(request.path), node.stream(request)))
        out = run(language, python, "liverunner-stream", "call", node.url)
        expect(out == "one\ntwo\ngrüße\n", repr(out))
        expect(len(node.asked) == 1, node.asked)


def session(language, python):
    with free_apps.FreeApps(APP, persistent=True) as node:
        heard = json.loads(run(language, python, "liverunner-session", "session", node.url))["heard"]
        expect([path for _, path, _ in node.asked] == ["/apps/r1/session", "/apps/r1/session/s1/app/v1/say it", "/apps/r1/session/s1/stop"], node.asked)
        expect(heard["text"].startswith("it's a fine day") and node.stopped == 1, heard)


def tried(language, python):
    failed = 0
    for case in (single, streamed, session):
        try:
            case(language, python)
            print(f"{case.__name__}, {language}: the app was called as it should be", flush=True)
        except AssertionError as error:
            failed += 1
            print(f"{case.__name__}, {language}: {error}", flush=True)
    return failed


def main():
    if tried("curl", None):  # needs no package
        sys.exit(1)
    sys.exit(1 if tried("python", packages.python(WORK)) else 0)


main()
