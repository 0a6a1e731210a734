#!/usr/bin/env python3
"""The official SDK cannot tell the sandbox from a node with its signer: what its callers do, from discovery to frames that come back.

Usage: sdk_client.py BIN_DIR WORK

WORK has the package (tests/peers/sdk/packages.py). The sandbox stands at port 8935, where the SDK looks for the terms of a BYOC job whatever
the job's own address; where that port is somebody else's, the test is skipped.
"""
import json
import pathlib
import ssl
import subprocess
import sys
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "peers" / "sdk"))
import network  # noqa: E402
import packages  # noqa: E402

BIN, WORK = sys.argv[1:3]
CASES = []


def rule(name):
    def known(function):
        CASES.append((name, function))
        return function
    return known


def expect(holds, *told):
    if not holds:
        raise AssertionError(" ".join(map(str, told)))


def tickets_of(net):
    """How many tickets the sandbox has seen from its signer, as its own journal says."""
    import sqlite3
    with sqlite3.connect(f"file:{net.folder / 'sandbox.sqlite'}?mode=ro", uri=True) as state:
        tables = [row[0] for row in state.execute("select name from sqlite_master where type = 'table'")]
        journal = next(name for name in tables if "ticket" in name)
        return state.execute(f"select count(*) from {journal}").fetchone()[0]


def offered(net):
    """What the node lists, in the form that `list_capabilities` reads; its certificate is one that the SDK's helper does not take."""
    with urllib.request.urlopen(f"{net.orchestrator}/capabilities", context=ssl._create_unverified_context(), timeout=20) as answer:
        return json.load(answer)["capabilities"]


@rule("get_orch_info tells terms that a signer's account can pay for")
def terms(net, python):
    info = net.ask(python, "client.py", "get_orch_info")
    expect(info["transcoder"] == net.orchestrator, info)
    expect(info["tickets"] and info["face_value"] > 0 and info["token"], info)
    expect(info["price"][0] > 0, info)
    # A minute of live video at the base price is a minute of the dearest job: that is what the SDK pays for one.
    dearest = max(entry["price_per_unit"] / entry.get("price_scaling", 1) for entry in offered(net))
    expect(info["price"][0] / info["price"][1] * 27_648_000 >= dearest * 0.999_999, info["price"], "per pixel,", dearest, "per second")
    model = net.ask(python, "client.py", "get_orch_info", model="noop")
    expect(model["tickets"] and model["recipient"] == info["recipient"], model)


@rule("discover_orchestrators goes to the signer, and finds the node by capability")
def discovery(net, python):
    found = net.ask(python, "client.py", "discover_orchestrators")
    expect(found == [net.orchestrator], found)
    found = net.ask(python, "client.py", "discover_orchestrators", caps="noop")
    expect(found == [net.orchestrator], found)
    found = net.ask(python, "client.py", "discover_orchestrators", caps="not-there")
    expect(found == [], found)


@rule("list_capabilities reads the worker's list, and the node's")
def listing(net, python):
    names = {entry["name"]: entry for entry in net.ask(python, "client.py", "list_capabilities", adapter=net.services["capabilities"]["runner"])}
    expect(set(names) == set(net.ready["capabilities"]), names)
    expect(all(entry["capacity"] > 0 and entry["model_id"] for entry in names.values()), names)
    told = {entry["name"] for entry in offered(net)}
    expect(set(names) == told, told)


@rule("submit_byoc_job is signed and paid through the signer, and answers as Sluice's own call")
def paid_job(net, python):
    text = {"text": "It's a \"lovely\" day – grüße, 世界 🙂. The sluice is open."}
    before = tickets_of(net)
    answer = net.ask(python, "client.py", "submit_byoc_job", capability="text-analysis", payload=text)
    expect(answer.get("status") == 200, answer)
    expect(int(answer["balance"]) > 0, answer)
    expect(tickets_of(net) > before, "no ticket came")
    own = json.loads(net.ctl("run", "text-analysis", "--input", json.dumps(text), "--orchestrator", net.orchestrator))
    expect(answer["data"] == own, answer["data"], "is not", own)


@rule("submit_byoc_job without a signer is refused, and names why")
def unpaid_job(net, python):
    answer = net.ask(python, "client.py", "submit_byoc_job", signer=None, capability="text-analysis", payload={"text": "hello"})
    expect(answer.get("type") == "LivepeerGatewayError" and "Could not verify job creds" in answer["error"], answer)


@rule("what a worker refuses reaches the caller with its status")
def refused_job(net, python):
    answer = net.ask(python, "client.py", "submit_byoc_job", capability="text-analysis", payload={"text": 5})
    expect(answer.get("type") == "LivepeerGatewayError" and "HTTP 422" in answer["error"], answer)
    answer = net.ask(python, "client.py", "submit_byoc_job", capability="nobody-has-this", payload={})
    expect("No capacity available for capability" in answer.get("error", ""), answer)


@rule("start_lv2v is paid through the signer: frames come back from noop, control changes, events tell")
def live(net, python):
    before = tickets_of(net)
    answer = net.ask(python, "client.py", "start_lv2v", timeout=150, params={}, update={"note": "changed"}, seconds=12, frames=120)
    expect(answer["came_back"] >= 120 and answer["sizes"] == [[320, 240]], answer)
    expect(all(answer["urls"]), answer)
    expect(answer["events"], "no event came", answer)
    expect(answer["payments"] >= 1, "nothing was paid while it ran", answer)
    expect(tickets_of(net) > before, "no ticket came")


@rule("start_lv2v of a filter takes its parameters, and new ones over the control channel")
def filtered(net, python):
    answer = net.ask(python, "client.py", "start_lv2v", timeout=120, model="video-filter", params={"filter": "grey"},
                     update={"filter": "invert"}, seconds=4, frames=60)
    expect(answer["came_back"] >= 60, answer)


def main():
    python = packages.python(WORK)
    if not network.is_free(network.DEFAULT_PORT):
        packages.skip(f"port {network.DEFAULT_PORT}, where the SDK looks for terms, is in use")
    failed = 0
    with network.Network(BIN, "--port", str(network.DEFAULT_PORT)) as net:
        for name, case in CASES:
            try:
                case(net, python)
                print(f"{name}: yes", flush=True)
            except (AssertionError, subprocess.SubprocessError) as error:
                failed += 1
                print(f"{name}: NO\n{error}", flush=True)
    sys.exit(1 if failed else 0)


main()
