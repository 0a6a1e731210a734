#!/usr/bin/env python3
"""What publishing 1280x720 at 30 frames/s costs, beside the ffmpeg program with the same encoder settings on the same file to the same
trickle server; and whether memory grows while it runs. Prints JSON lines for report.py.

Usage: publish.py --build DIR [--seconds N] [--minutes N]"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time
import urllib.request

SAMPLE_S = 0.25
WARM_UP_S = 15


def tell(**entry):
    print(json.dumps(entry), flush=True)


def memory_mb(pid):
    """PSS, RSS and what is the process's alone, or nothing when it has ended."""
    try:
        text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return None
    values = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in text.splitlines() if line.endswith(" kB")}
    return (values["Pss"], values["Rss"], values["Private_Clean"] + values["Private_Dirty"] + values["Swap"]) if "Pss" in values else None


def children(pid):
    try:
        return [int(child) for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def make_channel(url):
    urllib.request.urlopen(urllib.request.Request(url, method="POST", headers={"Expect-Content": "video/mp2t"}), timeout=10).close()


def run(command, environment):
    """Runs it to its end: CPU seconds, memory, what it wrote."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, env=environment, text=True)
    begun, samples = time.monotonic(), []
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        if found := memory_mb(process.pid):
            samples.append(found)
        time.sleep(SAMPLE_S)
    process.returncode = os.waitstatus_to_exitcode(status)
    output = process.stdout.read()
    if process.returncode != 0:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    steady = samples[len(samples) // 2:]
    return {"seconds": time.monotonic() - begun, "cpu_s": usage.ru_utime + usage.ru_stime,
            "steady_pss_mb": statistics.median(pss for pss, _, _ in steady), "peak_pss_mb": max(pss for pss, _, _ in samples),
            "steady_rss_mb": statistics.median(rss for _, rss, _ in steady), "peak_rss_mb": usage.ru_maxrss / 1024}, output


def ffmpeg_command(video, url, seconds):
    """The settings of core/media/encoder: a key frame a second, no delay, constant quality 23; every packet leaves at once."""
    return ["ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-progress", "pipe:1", "-nostats", "-re", "-stream_loop", "-1", "-i", str(video),
            "-t", str(seconds), "-c:v", "libx264", "-preset", "superfast", "-tune", "zerolatency", "-crf", "23", "-bf", "0", "-g", "900", "-forced-idr", "1",
            "-force_key_frames", "expr:gte(t,n_forced)", "-muxdelay", "0", "-muxpreload", "0", "-flush_packets", "1",
            "-f", "mpegts", "-method", "POST", "-content_type", "video/mp2t", url]


def compare(publisher, video, url, seconds, environment):
    for part, command in (("sluice", [publisher, "--source", video, "--to", f"{url}/ours", "--seconds", str(seconds)]),
                          ("ffmpeg", ffmpeg_command(video, f"{url}/theirs/0", seconds))):
        if part == "ffmpeg" and not shutil.which("ffmpeg"):
            tell(part="skipped", why="ffmpeg is not installed")
            return
        figures, output = run([str(word) for word in command], environment)
        if part == "sluice":
            sent = json.loads(output)
            size = sent["bytes"]
            figures.update(frames=sent["frames"], dropped=sent["dropped"] + sent["refused"])
        else:
            size = max(int(line.split("=")[1]) for line in output.splitlines() if line.startswith("total_size=") and line.split("=")[1].isdigit())
            figures.update(frames=max(int(line.split("=")[1]) for line in output.splitlines() if line.startswith("frame=")))
        tell(part=part, sent_kbit_s=size * 8 / 1000 / seconds, **figures)


def growth(commands, minutes, environment):
    """Runs all of them at once. A tenth of the time, at least WARM_UP_S, warms up; the tenth after it is compared with the last.
    Only memory that is the process's alone counts: a share of libraries (PSS) changes with every other program that uses them."""
    running = {what: subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=environment)
               for what, command in commands.items()}
    samples, begun = {}, time.monotonic()
    try:
        while time.monotonic() - begun < minutes * 60:
            for what, process in running.items():
                pids = {what: process.pid, **{f"{what}: its sandbox": child for child in children(process.pid)}}
                for name, pid in pids.items():
                    if found := memory_mb(pid):
                        samples.setdefault(name, []).append(found[2])
            time.sleep(1)
        for what, process in running.items():
            if process.poll() is not None and process.returncode != 0:
                raise SystemExit(f"{what} ended early with {process.returncode}")
    finally:
        for process in running.values():
            process.terminate()
        for process in running.values():
            process.wait(timeout=60)
    for what, values in samples.items():
        tenth = max(3, len(values) // 10)
        begin = min(max(tenth, WARM_UP_S), len(values) - tenth)
        first, last = statistics.median(values[begin:begin + tenth]), statistics.median(values[-tenth:])
        tell(part="growth", what=what, minutes=minutes, first_mb=first, last_mb=last, percent=(last / first - 1) * 100)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--build", type=pathlib.Path, required=True)
    options.add_argument("--seconds", type=int, default=20)
    options.add_argument("--minutes", type=float, default=1)
    options = options.parse_args()
    publisher, sluicectl = options.build / "bench" / "bench_live_publish", options.build / "bin" / "sluicectl"
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "SLUICE_DATA_DIR": folder}
        video = pathlib.Path(folder, "video.y4m")
        subprocess.run([publisher, "--make", video], check=True)
        server = subprocess.Popen([sluicectl, "trickle", "serve", "--autocreate", "--json"], stdout=subprocess.PIPE, env=environment, text=True)
        try:
            url = json.loads(server.stdout.readline())["url"].rstrip("/")
            for name in ("ours", "theirs", "long"):
                make_channel(f"{url}/{name}")
            compare(publisher, video, url, options.seconds, environment)
            if options.minutes > 0:
                time_s = str(int(options.minutes * 60) + 60)
                growth({"a publisher": [publisher, "--source", video, "--to", f"{url}/long", "--seconds", time_s],
                        "a live job through noop": [sluicectl, "live", "noop", "--source", "pattern", "--seconds", time_s, "--json"]},
                       options.minutes, environment)
        finally:
            server.terminate()
            server.wait(timeout=30)


main()
