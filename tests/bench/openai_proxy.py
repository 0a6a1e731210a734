#!/usr/bin/env python3
"""What `sluicectl serve openai` adds to an upstream, beside nginx as a bare reverse proxy in front of the same one. Prints JSON lines for report.py.

The server that is measured has one processor for itself, upstream and load share another; so throughput is also told per second of the server's
own processor, which holds where the load cannot saturate it. Usage: openai_proxy.py --build DIR"""
import argparse
import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading
import time
import urllib.request

NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    keepalive_requests 1000000000;
    server {{
        listen 127.0.0.1:{port} backlog=1024;
        location / {{
            proxy_pass http://127.0.0.1:{upstream};
            proxy_http_version 1.1;
            proxy_buffering off;
            proxy_read_timeout 600s;
        }}
    }}
}}
"""
REQUESTS = 3000
ONE = (1, 3000, 1)     # streams, pieces of each, milliseconds between them
MANY = (500, 100, 100)


def tell(**entry):
    print(json.dumps(entry), flush=True)


def pinned(command, processor):
    """Of two processors or more; all of a machine that has one."""
    return [str(word) for word in command] if (os.cpu_count() or 1) < 2 else ["taskset", "-c", str(processor), *map(str, command)]


def free_port():
    import socket
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def tree(pid):
    """The process and those that it started: nginx's worker does the work."""
    try:
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid] + [one for child in children for one in tree(int(child))]


def cpu_seconds(pid):
    total = 0
    for one in tree(pid):
        fields = pathlib.Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def private_kb(pid):
    """What is its alone."""
    total = 0
    for one in tree(pid):
        for line in pathlib.Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
            if line.startswith(("Private_Clean:", "Private_Dirty:", "Swap:")):
                total += int(line.split()[1])
    return total


class Watch:
    """The most that a process takes while something runs."""

    def __init__(self, pid):
        self.pid, self.over, self.most = pid, threading.Event(), 0
        self.thread = threading.Thread(target=self.run)

    def run(self):
        while not self.over.wait(0.25):
            self.most = max(self.most, private_kb(self.pid))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()


class Servers(contextlib.ExitStack):
    def start(self, command, processor, **options):
        process = subprocess.Popen(pinned(command, processor), **options)
        self.callback(self.end, process)
        return process

    @staticmethod
    def end(process):
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def nginx(servers, folder, upstream):
    binary = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if not binary:
        tell(part="skipped", why="nginx is not installed (Debian: nginx-light)")
        return None
    port = free_port()
    config = pathlib.Path(folder, "nginx.conf")
    config.write_text(NGINX.format(folder=folder, port=port, upstream=upstream))
    process = servers.start([binary, "-p", folder, "-c", config], 0, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    for _ in range(100):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(urllib.request.Request(f"{url}/llm", data=b'{"x":1}'), timeout=5).close()
            return url, process.pid
        time.sleep(0.05)
    raise SystemExit(f"nginx does not answer: {pathlib.Path(folder, 'nginx.log').read_text()}")


def sluice(servers, sluicectl, option, upstream, environment):
    process = servers.start([sluicectl, "serve", "openai", option, f"http://127.0.0.1:{upstream}", "--json"], 0, stdout=subprocess.PIPE, text=True, env=environment)
    return json.loads(process.stdout.readline())["url"], process.pid


def load(binary, *words):
    done = subprocess.run(pinned([binary, *words], 1), stdout=subprocess.PIPE, text=True, check=True, timeout=120)
    return [json.loads(line) for line in done.stdout.splitlines()]


def measure(binary, ways):
    for entry in load(binary, "latency", REQUESTS, *(f"{name}={url}" for name, (url, _) in ways.items())):
        tell(**entry)
    for name, (url, pid) in ways.items():
        for shape in (ONE, MANY):
            load(binary, "streams", 20, 5, 1, url)  # what is made once is there
            before, cpu = (private_kb(pid), cpu_seconds(pid)) if pid else (0, 0)
            with Watch(pid) if pid else contextlib.nullcontext() as watch:
                entry = load(binary, "streams", *shape, url)[0]
            if pid:
                entry.update(kb_per_stream=(watch.most - before) / shape[0], cpu_s=cpu_seconds(pid) - cpu)
            tell(of=name, **entry)
    for _ in range(2):
        for name, (url, pid) in ways.items():
            if not pid:
                continue
            before = cpu_seconds(pid)
            entry = load(binary, "throughput", 3, 32, url)[0]
            tell(of=name, cpu_s=cpu_seconds(pid) - before, **entry)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--build", type=pathlib.Path, required=True)
    build = options.parse_args().build
    binary, sluicectl = build / "bench" / "bench_openai", build / "bin" / "sluicectl"
    with tempfile.TemporaryDirectory() as folder, Servers() as servers:
        os.chmod(folder, 0o755)  # nginx's worker may be another user
        environment = {**os.environ, "SLUICE_DATA_DIR": folder, "QT_LOGGING_RULES": "sluice.net.info=false"}  # nginx writes none either
        upstream = servers.start([build / "bench" / "bench_openai_upstream"], 1, stdout=subprocess.PIPE, text=True)
        port = int(upstream.stdout.readline())
        ways = {"direct": (f"http://127.0.0.1:{port}", None)}
        if found := nginx(servers, folder, port):
            ways["nginx"] = found
        ways["sluice"] = sluice(servers, sluicectl, "--upstream", port, environment)
        ways["sluice, translating"] = sluice(servers, sluicectl, "--gateway", port, environment)
        measure(binary, ways)


main()
