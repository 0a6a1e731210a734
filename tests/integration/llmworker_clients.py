#!/usr/bin/env python3
"""Clients that are not ours against `sluicectl worker serve`: llmworker_clients.py BIN WORK (python|node|queue)

python, node: the exchange of the worker's own README, as it stands there, with `websockets` and `ws`. queue: kill -9 of a worker with a queue
in a file. Packages are installed into WORK once; without a network or the tools that install them the test is skipped.
"""
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).parent / "llmworker"
sys.path[:0] = [str(HERE), str(HERE.parent / "openai")]
import models  # noqa: E402
from packages import installed, skip  # noqa: E402

PYTHON_PACKAGE = "websockets==15.0.1"
NODE_PACKAGE = "ws@8.18.3"
started = []  # servers, to be ended whatever happens
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def python_client(work):
    import venv
    home = work / "python"
    if not (home / "bin" / "python").exists():
        try:
            venv.create(home, with_pip=True)
        except subprocess.CalledProcessError as error:
            skip(f"no virtual environment (Debian: python3-venv): {error}")
    installed([home / "bin" / "python", "-m", "pip", "install", "--quiet", PYTHON_PACKAGE], home / PYTHON_PACKAGE)
    return [home / "bin" / "python", HERE / "client.py"]


def node_client(work):
    home = work / "node"
    home.mkdir(parents=True, exist_ok=True)
    installed(["npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", str(home), NODE_PACKAGE], home / NODE_PACKAGE.replace("@", "-"), cwd=home)
    script = home / "client.mjs"
    script.write_text((HERE / "client.mjs").read_text())  # beside its package, which is found from there
    return ["node", script]


def serve(binaries, base, *options):
    environment = dict(os.environ, OPENAI_BASE_URL=base + "/v1", OPENAI_API_KEY="k", VLLM_URI=base + "/v1")
    server = subprocess.Popen([binaries / "sluicectl", "worker", "serve", "--address", "127.0.0.1", "--port", "0", "--json", *options],
                              stdout=subprocess.PIPE, text=True, env=environment)
    started.append(server)
    ready = json.loads(server.stdout.readline())
    assert ready["event"] == "ready" and ready["url"].endswith("/ws/"), ready
    return server, ready["url"]


def running(job, text):
    return json.dumps({"type": "running", "job_id": job, "message": text}, separators=(",", ":"), ensure_ascii=False)


def check(found):
    """Field order and shapes as the README shows them."""
    answer = json.loads(found["exchange"][0])
    job = answer["job_id"]
    assert UUID.fullmatch(job), job
    assert found["exchange"][0] == json.dumps({"type": "resp_add", "id": "my-custom-id", "job_id": job}, separators=(",", ":"))
    assert found["exchange"][1:] == [running(job, ""), *(running(job, piece) for piece in models.PIECES), f'{{"type":"done","job_id":"{job}"}}'], found["exchange"]
    job = json.loads(found["failed"][0])["job_id"]
    assert found["failed"][1:] == [running(job, ""), f'{{"type":"failed","job_id":"{job}","message":"\'foo\'"}}'], found["failed"]
    job = json.loads(found["first"][0])["job_id"]
    assert found["first"][1:] == [running(job, ""), *(running(job, piece) for piece in models.PIECES[:5])], found["first"]
    assert found["second"] == [*(running(job, piece) for piece in models.PIECES[5:]), f'{{"type":"done","job_id":"{job}"}}'], found["second"]


def clients(binaries, work, language):
    command = python_client(work) if language == "python" else node_client(work)
    behind = models.start()
    base = f"http://127.0.0.1:{behind.server_port}"
    server, url = serve(binaries, base)
    try:
        done = subprocess.run([*command, url, HERE / "payload.json", base], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr[-3000:]
        check(json.loads(done.stdout.splitlines()[-1]))
        sent = behind.asked[0]["messages"]
        assert [message["role"] for message in sent] == ["system", "user", "system", "user"] and sent[3]["content"] == "How tall is it?", sent
        print(f"{language}: as in the README")
    finally:
        server.terminate()
        assert server.wait(20) == 0
        behind.shutdown()


def add(binaries, url, folder, query, *options):
    template = pathlib.Path(folder) / "template.json"
    # openai's silence would end after five seconds.
    template.write_text((json.dumps(json.loads((HERE / "payload.json").read_text())["assistant"])).replace('"openai"', '"vllm"'))
    return subprocess.Popen([binaries / "sluicectl", "worker", "add", "--url", url, "--template", template, "--json", *options, query],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def queue(binaries):
    """kill -9: clients are told, what had not begun runs after the restart, and what had begun does not run again."""
    behind = models.start()
    base = f"http://127.0.0.1:{behind.server_port}"
    with tempfile.TemporaryDirectory() as folder:
        kept = ["--queue", os.path.join(folder, "queue.sqlite"), "--replay", "--list-jobs", "--cancel"]
        server, url = serve(binaries, base, *kept)
        adders, jobs = [], []
        for number in range(6):
            adders.append(add(binaries, url, folder, f"mark n{number}" + (" hold" if number == 0 else "")))
            accepted = json.loads(adders[-1].stdout.readline())
            assert accepted["event"] == "accepted", accepted
            jobs.append(accepted["job_id"])
        listed = json.loads(subprocess.run([binaries / "sluicectl", "worker", "jobs", "--url", url, "--json"], capture_output=True, text=True, timeout=30).stdout)
        assert listed["running"] == 1 and listed["waiting"] == 5 and [one["job_id"] for one in listed["jobs"]] == jobs, listed
        deadline = time.monotonic() + 20
        while behind.marks != {"n0": 1} and time.monotonic() < deadline:
            time.sleep(0.02)
        assert behind.marks == {"n0": 1}, behind.marks
        killed = time.monotonic()
        server.send_signal(signal.SIGKILL)
        server.wait(20)
        for adder in adders:
            adder.wait(60)  # it tries for the time of two pings
            told = json.loads(adder.stdout.read().splitlines()[-1])
            assert adder.returncode == 3 and told["error"]["kind"] == "network", told
        print(f"clients were told after {time.monotonic() - killed:.1f} s")
        behind.released.set()
        server, url = serve(binaries, base, *kept)
        for number, job in enumerate(jobs):
            heard = subprocess.run([binaries / "sluicectl", "worker", "listen", "--url", url, "--timeout", "30", job], capture_output=True, text=True, timeout=60)
            assert f"Listening for job {job}" in heard.stderr and "30 s" in heard.stderr, heard
            if number == 0:
                assert heard.returncode == 1 and "while this job ran" in heard.stderr, heard
            else:
                assert heard.returncode == 0 and heard.stdout == "".join(models.PIECES) + "\n", heard
        assert behind.marks == {f"n{number}": 1 for number in range(6)}, behind.marks
        taken = subprocess.run([binaries / "sluicectl", "worker", "serve", "--address", "127.0.0.1", "--port", url.split(":")[2].split("/")[0]], capture_output=True, text=True, timeout=30)
        assert taken.returncode == 3 and "Cannot listen" in taken.stderr, taken
        server.terminate()
        assert server.wait(20) == 0
    behind.shutdown()


def main():
    binaries, work, what = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    try:
        if what == "queue":
            queue(binaries)
        else:
            clients(binaries, work, what)
    finally:
        for server in started:
            server.kill()


if __name__ == "__main__":
    main()
