#!/usr/bin/env python3
"""The official SDK on the live runners of a sandbox, at both ends: its calls of our apps, and its apps called by it and by sluicectl.

Usage: sdk_live_runners.py BIN_DIR WORK

WORK has the package (tests/peers/sdk/packages.py). The sandbox stands at any port.
"""
import base64
import contextlib
import hashlib
import http.server
import json
import pathlib
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "peers" / "sdk"))
import network  # noqa: E402
import packages  # noqa: E402

BIN, WORK = sys.argv[1:3]
PROGRAM = "live_runners.py"
CODE = ("python", "curl")
CASES = []
CHAT = {"messages": [{"role": "user", "content": "What is a ticket?"}], "stream": True}
CHAT_PATH = "/v1/chat/completions"
OURS = {"sluice/text-analysis": "fixed", "sluice/image-filter": "720p-pixel-seconds", "sluice/docs-chat": "seconds",
        "sluice/docs-chat-session": "seconds"}


def rule(name):
    def known(function):
        CASES.append((name, function))
        return function
    return known


def expect(holds, *told):
    if not holds:
        raise AssertionError(" ".join(map(str, told)))


def tickets(net):
    """How many the sandbox has taken, as its own journal says."""
    with contextlib.closing(sqlite3.connect(f"file:{net.folder / 'sandbox.sqlite'}?mode=ro", uri=True)) as state:
        tables = [row[0] for row in state.execute("select name from sqlite_master where type = 'table'")]
        journal = next(name for name in tables if "ticket" in name)
        return state.execute(f"select count(*) from {journal}").fetchone()[0]


def listed(net, python, **more):
    entries = net.ask(python, PROGRAM, "discover_runners", **more)
    expect(len(entries) == 1 and entries[0]["address"] == net.orchestrator, entries)
    return {runner["app"]: runner for runner in entries[0]["runners"]}


def ctl(net, *arguments, **options):
    return net.ctl(*arguments, "--orchestrator", net.orchestrator, **options)


def answers(net, *arguments):
    """The JSON lines of `sluicectl ARGUMENTS --json`."""
    return [json.loads(line) for line in ctl(net, *arguments, "--json").splitlines()]


@rule("discover_runners reads our list, directly and through the signer, and filters by app")
def discovered(net, python):
    for more in ({}, {"through_signer": True}):
        apps = listed(net, python, **more)
        units = {app: runner["price_info"]["unit"] for app, runner in apps.items() if app in OURS}
        expect(units == OURS, more, apps)
    expect(list(listed(net, python, app="sluice/docs-chat")) == ["sluice/docs-chat"], "the filter")


@rule("call_runner at a fixed price is paid once")
def fixed(net, python):
    before = tickets(net)
    text = {"text": "It's a \"lovely\" day – grüße, 世界 🙂."}
    answer = net.ask(python, PROGRAM, "call_runner", app="sluice/text-analysis", path="/predict", payload=text)
    expect(answer.get("unit") == "fixed" and answer["session"], answer)
    own = json.loads(ctl(net, "run", "text-analysis", "--input", json.dumps(text)))
    expect(answer["data"] == own, answer["data"], "is not", own)
    expect(tickets(net) > before, "no ticket came")


@rule("call_runner of a priced app without a signer pays nothing and says what is missing")
def unpaid(net, python):
    before = tickets(net)
    answer = net.ask(python, PROGRAM, "call_runner", signer=None, app="sluice/text-analysis", path="/predict", payload={"text": "a"})
    expect("requires signer_url" in answer.get("error", ""), answer)  # said where an orchestrator asks for money
    expect(tickets(net) == before, "a ticket came")


@rule("call_runner streaming, paid by the second, gives events as they come")
def streaming(net, python):
    before = tickets(net)
    answer = net.ask(python, PROGRAM, "call_runner_streaming", app="sluice/docs-chat", path=CHAT_PATH, payload=CHAT)
    expect(answer["status"] == 200 and answer["content_type"] == "text/event-stream", answer)
    expect(answer["unit"] == "seconds" and answer["metered"], answer)
    lines = answer["lines"]
    expect(len(lines) > 10 and lines[-1][1] == "[DONE]", lines[-3:])
    expect(lines[-1][0] - lines[0][0] > 0.3, "all at once:", lines[0], lines[-1])
    expect(tickets(net) > before, "no ticket came")


@rule("reserve_session pays while it lasts, calls app paths, and is over after stop")
def session(net, python):
    before = tickets(net)
    seen = []
    process = net.start(python, PROGRAM, "reserve_session", app="sluice/docs-chat-session", path=CHAT_PATH, payload=CHAT | {"stream": False}, seconds=14)
    while process.poll() is None:
        count = tickets(net) - before
        if not seen or seen[-1] != count:
            seen.append(count)
        time.sleep(0.2)
    out, err = process.communicate()
    expect(process.returncode == 0, err[-2000:])
    answer = json.loads(out.splitlines()[-1])
    expect(answer["statuses"] == [200, 200, 404], answer)
    expect(answer["first"]["choices"], answer)
    expect(len([count for count in seen if count > 0]) >= 2, "it was paid for at most once:", seen)
    after = tickets(net)
    time.sleep(6)  # longer than the package waits between payments
    expect(tickets(net) == after, "a ticket came after stop")


@rule("an app on the SDK is listed with its price, and called through the SDK")
def called(net, python):
    apps = listed(net, python)
    # 0.00005 dollars a call, and 0.0072 dollars an hour, at 2000 dollars for an ETH.
    expect(apps["acme/hello"]["price_info"] == {"price": 25_000_000_000, "currency": "wei", "unit": "fixed"}, apps["acme/hello"])
    expect(apps["acme/cam"]["price_info"] == {"price": 1_000_000_000, "currency": "wei", "unit": "seconds"}, apps["acme/cam"])
    answer = net.ask(python, PROGRAM, "call_runner", app="acme/hello", path="/hello", payload={"name": "Bo"})
    expect(answer["data"] == {"hello": "Bo", "session": answer["session"]}, answer)
    answer = net.ask(python, PROGRAM, "call_runner_streaming", app="acme/count", path="/count", payload={"to": 4})
    expect([json.loads(line)["number"] for _, line in answer["lines"]] == [0, 1, 2, 3], answer)
    expect(answer["lines"][-1][0] - answer["lines"][0][0] > 0.4, "all at once", answer)


@rule("its channels, its proxy and its socket reach the SDK's caller")
def camera(net, python):
    seen = net.ask(python, PROGRAM, "use_camera")
    channel = seen["started"]["channels"][0]
    expect(channel["channel_name"] == seen["session"] + "-out" and channel["url"].startswith(net.orchestrator + "/ai/trickle/"), seen)
    expect(seen["by_proxy"] == {"hello": "by proxy", "session": seen["session"]}, seen)
    expect(seen["session"] not in seen["started"]["proxy"], "the proxy's address tells the session", seen)
    expect(seen["echoed"] == 100_005 and seen["removed"] == ["out"], seen)


@rule("sluicectl run finds the app by its name, pays its price and gives its answer")
def run(net, python):
    before = tickets(net)
    (answer,) = answers(net, "run", "acme/hello", "--path", "hello", "--input", '{"name":"Bo"}')
    expect(answer["ok"] and answer["json"]["hello"] == "Bo", answer)
    paid = int(answer["payment"]["paid_wei"])
    expect(25_000_000_000 <= paid <= 25_000_000_000 * 2, answer["payment"])
    expect(tickets(net) - before == len(answer["payment"]["tickets"]), answer["payment"])
    # Also where its input is not looked at before.
    expect(json.loads(ctl(net, "run", "acme/hello", "--path", "hello", "--no-check", "--input", '{"name":"Al"}'))["hello"] == "Al", "--no-check")


@rule("sluicectl stream prints the app's events")
def stream(net, python):
    lines = answers(net, "stream", "acme/count", "--path", "count", "--input", '{"to":4}')
    expect([line["json"]["number"] for line in lines if line["type"] == "event"] == [0, 1, 2, 3], lines)


@rule("sluicectl session calls its paths, and the app hears of its begin and its end")
def session_of_ctl(net, python):
    begun, started, removed, paid = answers(net, "session", "acme/cam", "--path", "start", "--path", "remove")
    sid = begun["session"]
    expect(started["answer"] == 200 and started["body"]["session"] == sid, started)
    expect(started["body"]["channels"][0]["channel_name"] == sid + "-out", started)
    expect(started["body"]["proxy"].startswith(net.orchestrator + "/run/"), started)
    expect(removed["answer"] == 200 and removed["body"] == {"removed": ["out"]}, removed)
    expect(int(paid["paid_wei"]) >= 10 * 1_000_000_000, paid)
    limit = time.monotonic() + 10
    while True:
        (_, told, _) = answers(net, "session", "acme/cam", "--method", "GET", "--path", "events")
        mine = [event for event, session_id in told["body"] if session_id == sid]
        if mine == ["reserved", "released"] or time.monotonic() > limit:
            break
    expect(mine == ["reserved", "released"], told)


def by_code(net, python, verb, app, *arguments, language="python", **more):
    """What the code of a call prints, run as it stands with the two lines of environment that the window gives for a sandbox."""
    snippet = json.loads(ctl(net, "snippet", app, "--verb", verb, "--language", language, *arguments, "--json"))
    asked = {variable["name"] for variable in snippet["environment"]} - {"LIVEPEER_ORCH_PIN"}
    expect(asked == {"LIVEPEER_ORCH_URL", "LIVEPEER_SIGNER_URL", "LIVEPEER_SIGNER_AUTH"}, asked)
    place = net.folder / "code"
    place.mkdir(exist_ok=True)
    (place / snippet["file_name"]).write_text(snippet["text"])
    environment = {name: value for name, value in net.environment.items() if not name.startswith(("LIVEPEER_", "SLUICE_"))}
    environment |= {"LIVEPEER_ORCH_URL": net.orchestrator, "LIVEPEER_SIGNER_URL": net.signer, "PYTHONDONTWRITEBYTECODE": "1"} | more
    program = python if language == "python" else "bash"
    done = subprocess.run([program, snippet["file_name"]], cwd=place, env=environment, capture_output=True, text=True, timeout=90)
    expect(done.returncode == 0, app, verb, done.stderr[-2000:])
    return done.stdout


@rule("the code view's code calls an app as sluicectl does, and pays")
def code_of_run(net, python):
    text = ("--input", json.dumps({"text": "It's a \"lovely\" day – grüße, 世界 🙂. $HOME `id`"}))
    own = json.loads(ctl(net, "run", "sluice/text-analysis", *text))
    for language in CODE:
        before = tickets(net)
        told = json.loads(by_code(net, python, "run", "sluice/text-analysis", *text, language=language))
        expect(tickets(net) > before, "no ticket came", language)
        expect(told == own, language, told, "is not", own)
        told = json.loads(by_code(net, python, "run", "acme/hello", "--path", "hello", "--input", '{"name":"Bo"}', language=language))
        expect(told["hello"] == "Bo", language, told)


@rule("the code view's code streams an app's events")
def code_of_stream(net, python):
    for language in CODE:
        told = by_code(net, python, "stream", "acme/count", "--path", "count", "--input", '{"to":4}', language=language).splitlines()
        expect([json.loads(line)["number"] for line in told] == [0, 1, 2, 3], language, told)
        told = by_code(net, python, "stream", "sluice/docs-chat", "--input", json.dumps(CHAT), language=language).splitlines()
        expect(len(told) > 10 and json.loads(told[0])["choices"], language, told[:2])


@rule("the code view's code reserves a session, calls its path and stops it")
def code_of_session(net, python):
    for language in CODE:
        before = tickets(net)
        told = json.loads(by_code(net, python, "live", "acme/cam", "--path", "start", "--input", "{}", language=language))
        expect(told["channels"][0]["channel_name"] == told["session"] + "-out", language, told)
        expect(tickets(net) > before, "no ticket came", language)
        answer = net.ask(python, PROGRAM, "use_camera")  # the app has one slot
        expect(answer["session"] != told["session"], language, answer)


@rule("the code view's curl keeps a call paid that lasts longer than what its first payment is for")
def curl_pays_on(net, python):
    before = tickets(net)
    told = by_code(net, python, "stream", "acme/count", "--path", "count", "--input", '{"to":100}', language="curl").splitlines()
    expect([json.loads(line)["number"] for line in told] == list(range(100)), told[-2:])  # 20 s; the first two tickets are for 16
    after = tickets(net)
    expect(after - before >= 3, "tickets:", after - before)


@rule("the code view's curl insists on a key that it is told, and pays no other")
def curl_pins(net, python):
    host, port = net.orchestrator.removeprefix("https://").rsplit(":", 1)
    chain = subprocess.run(["openssl", "s_client", "-connect", f"{host}:{port}"], input=b"", capture_output=True, timeout=20).stdout
    key = subprocess.run(["openssl", "x509", "-noout", "-pubkey"], input=chain, capture_output=True, check=True).stdout
    der = subprocess.run(["openssl", "pkey", "-pubin", "-outform", "DER"], input=key, capture_output=True, check=True).stdout
    call = ("run", "acme/hello", "--path", "hello", "--input", '{"name":"Bo"}')
    pin = "sha256//" + base64.b64encode(hashlib.sha256(der).digest()).decode()
    expect(json.loads(by_code(net, python, *call, language="curl", LIVEPEER_ORCH_PIN=pin))["hello"] == "Bo", "the right key")
    before = tickets(net)
    try:
        by_code(net, python, *call, language="curl", LIVEPEER_ORCH_PIN="sha256//" + base64.b64encode(bytes(32)).decode())
    except AssertionError as error:
        expect("pinned" in str(error), error)
    else:
        raise AssertionError("another key was taken")
    expect(tickets(net) == before, "a ticket came")


@rule("the code view's curl without a signer pays nothing and says what is missing")
def curl_unpaid(net, python):
    before = tickets(net)
    try:
        by_code(net, python, "run", "acme/hello", "--path", "hello", "--input", '{"name":"Bo"}', language="curl", LIVEPEER_SIGNER_URL="")
    except AssertionError as error:
        expect("no signer is named" in str(error), error)
    else:
        raise AssertionError("it was answered for nothing")
    expect(tickets(net) == before, "a ticket came")


@rule("other languages say which have the code")
def code_in_others(net, python):
    try:
        ctl(net, "snippet", "sluice/text-analysis", "--language", "javascript", "--input", '{"text":"a"}', stderr=subprocess.PIPE)
    except subprocess.CalledProcessError as error:
        expect(b"Python" in error.stderr and b"curl" in error.stderr, error.stderr)
    else:
        raise AssertionError("there is JavaScript")


class StaticApp(http.server.ThreadingHTTPServer):
    """One that a runners.json names: it answers what it was sent, and is as healthy as `healthy` says."""
    healthy = True

    def __init__(self):
        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self, status, body):
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self):
                self.answer(200 if self.server.healthy and self.path == "/base/health" else 503, b"{}")

            def do_POST(self):
                self.answer(200, json.dumps({"path": self.path, "got": json.loads(self.rfile.read(int(self.headers["Content-Length"])))}).encode())

            def log_message(self, *_):
                pass
        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def entry(self):
        return {"label": "still", "routing": "label", "runner_url": f"http://127.0.0.1:{self.server_port}/base", "app": "acme/still", "mode": "single-shot",
                "price_info": {"price": "0.00005", "unit": "fixed"}, "health_url": "/health"}


STATIC = StaticApp()


def until(holds, *told):
    limit = time.monotonic() + 20
    while not holds():
        expect(time.monotonic() < limit, *told)
        time.sleep(0.3)


@rule("sluicectl describes an app with its price, and says what is paid ahead only where something is")
def described(net, python):
    text = ctl(net, "describe", "acme/hello").decode()
    expect("Price: 25 gwei per call.\n" in text, text)
    text = ctl(net, "describe", "acme/cam").decode()
    expect("Price: 1 gwei per second, at least 10 of them in advance.\n" in text, text)


@rule("the worked example of an app in C++ is called by sluicectl and by the SDK")
def worked_example(net, python):
    with open(net.folder / "example.log", "wb") as log:
        app = subprocess.Popen([str(pathlib.Path(BIN) / "live_app_example"), net.orchestrator], stderr=log,
                               env=net.environment | {"ORCH_SECRET": net.ready["secret"]})
    try:
        until(lambda: "example/greeter" in listed(net, python), (net.folder / "example.log").read_text())
        begun, greeted, paid = answers(net, "session", "example/greeter", "--path", "", "--input", '{"name":"Bo"}')
        expect(greeted["answer"] == 200 and greeted["body"]["greeting"] == "Hello Bo", greeted)
        expect(greeted["body"]["out"].endswith(f"/ai/trickle/{begun['session']}-out"), begun, greeted)
        expect(int(paid["paid_wei"]) > 0, paid)
        answer = net.ask(python, PROGRAM, "reserve_session", app="example/greeter", path="/predict", payload={"name": "Al"}, seconds=0)
        expect(answer["statuses"] == [200, 200, 404] and answer["first"]["greeting"] == "Hello Al", answer)
    finally:
        app.kill()  # a crash: it does not sign off
        app.wait(20)


@rule("an app of --runners FILE is listed while it is well, and called at its label")
def of_a_file(net, python):
    runner = listed(net, python)["acme/still"]
    expect(runner["url"] == net.orchestrator + "/apps/still/app", runner)
    for answer in (net.ask(python, PROGRAM, "call_runner", app="acme/still", path="/v1/x?a=1", payload={"b": 2})["data"],
                   json.loads(ctl(net, "run", "acme/still", "--path", "v1/x?a=1", "--input", '{"b":2}'))):
        expect(answer == {"path": "/base/v1/x?a=1", "got": {"b": 2}}, answer)
    STATIC.healthy = False
    until(lambda: "acme/still" not in listed(net, python), "it is listed though it is ill")
    STATIC.healthy = True
    until(lambda: "acme/still" in listed(net, python), "it is not listed though it is well")


def serve(net, python):
    process = subprocess.Popen([python, str(network.HERE / PROGRAM), "serve", json.dumps({"orchestrator": net.orchestrator, "signer": net.signer,
                                                                                         "secret": net.ready["secret"]})],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(net.folder / "apps.log", "wb"), text=True)
    line = process.stdout.readline()
    if not line:
        raise RuntimeError("the apps did not register: " + (net.folder / "apps.log").read_text()[-2000:])
    served = json.loads(line)
    if served["ids"]["cam"] != "cam-1" or served["heartbeat"] != [5.0, 20.0]:
        raise RuntimeError(f"registered as {served}")
    return process


def ended(net, python, process):
    """The apps take themselves off the list."""
    process.stdin.close()
    if process.wait(20) != 0:
        raise AssertionError((net.folder / "apps.log").read_text()[-2000:])
    expect(set(listed(net, python)) - {"example/greeter"} == set(OURS) | {"acme/still"}, listed(net, python))


def main():
    python = packages.python(WORK)
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    failed = 0
    with tempfile.NamedTemporaryFile("w", suffix=".json") as runners, contextlib.ExitStack() as stack:
        json.dump({"runners": [STATIC.entry()]}, runners)
        runners.flush()
        net = stack.enter_context(network.Network(BIN, "--port", str(port), "--only", "byoc,capabilities,liverunner,signer", "--runners", runners.name))
        apps = serve(net, python)
        try:
            for name, case in CASES + [("what registered takes itself off the list", lambda net, python: ended(net, python, apps))]:
                try:
                    case(net, python)
                    print(f"{name}: yes", flush=True)
                except (AssertionError, LookupError, ValueError, TypeError, sqlite3.Error, subprocess.SubprocessError) as error:
                    failed += 1
                    said = error.stderr if isinstance(error, subprocess.CalledProcessError) else None
                    print(f"{name}: NO\n{type(error).__name__} {error} {said or ''}", flush=True)
        finally:
            if apps.poll() is None:
                apps.terminate()
                apps.wait(20)
        if failed:
            print(net.log()[-3000:], (net.folder / "apps.log").read_text(errors="replace")[-3000:])
    sys.exit(1 if failed else 0)


main()
