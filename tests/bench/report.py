#!/usr/bin/env python3
"""Turns what the benchmarks printed into figures beside their aims. Usage: report.py DIR"""
import json
import pathlib
import statistics
import sys

folder = pathlib.Path(sys.argv[1])


def lines(name):
    path = folder / name
    return [json.loads(line) for line in path.read_text().splitlines() if line.startswith("{")] if path.exists() else []


def median(name, key):
    values = [entry[key] for entry in lines(name)]
    return statistics.median(values) if values else None


def verdict(met):
    return "met" if met else "MISSED"


def table(head, rows):
    """Columns as wide as they must be, the first to the left."""
    rows = [head] + [["-" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    for row in rows:
        print("  " + "  ".join(cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths))))


def sse():
    ours, theirs = median("sluice", "chunks_per_second"), median("openai", "chunks_per_second")
    print("== Server-sent events: chunks per second, 200,000 chunks, medians of 5")
    print(f"Sluice {ours:,.0f}" + (f", npm openai {theirs:,.0f}, ratio {ours / theirs:.2f} (aim 3)" if theirs
          else "; npm is not installed, so there is no comparison"))


def tickets():
    entries = json.loads((folder / "tickets").read_text())["benchmarks"]
    # The fastest of the repetitions, which alternate: whatever else the machine does can only slow one down.
    time = {name: min(entry["cpu_time"] for entry in entries if entry["run_name"] == name and entry["run_type"] == "iteration")
            for name in ("signTicket", "signBare")}
    print("== Tickets signed against bare libsecp256k1")
    print(f"{time['signTicket'] / 1000:.1f} us against {time['signBare'] / 1000:.1f} us, ratio {time['signBare'] / time['signTicket']:.3f} (aim 0.95)")


def chat():
    print("== A long answer in the chat pane")
    for entry in lines("chat"):
        print(", ".join(f"{key} {value}" for key, value in entry.items()))


def start():
    print("== The window")
    print(f"Start to first paint: {median('start', 'first_paint_ms'):.0f} ms (aim 300); "
          f"idle memory: {median('start', 'idle_pss_kb') / 1024:.1f} MB PSS (aim 95)")


# What would make a stage of live video shorter.
REMEDIES = {
    "encode": "a hardware encoder, or the preset ultrafast at more bits for the same picture",
    "queue": "nothing: bytes leave as they are made",
    "upload": "a reader on the publisher's machine; on loopback this is the HTTP chunk's way through two sockets",
    "remote": "a capability that takes and gives raw pictures in shared memory; with a codec, its encode and decode are as ours",
    "download": "a reader on the server's machine; on loopback this is the HTTP chunk's way through two sockets",
    "decode": "a hardware decoder",
    "display": "a display that is refreshed more often than 60 times a second, or painting without waiting for it",
}


def stage_rows(name):
    """Stages in order. Some frames skip one because two threads told of neighbours in the other order: those spans are left out."""
    found = [entry for entry in lines("live") if entry["part"] == "stage" and entry["of"] == name and entry["stage"] != "other"]
    rows = {entry["stage"]: (entry["p50_ms"], entry["p95_ms"]) for entry in found}
    if name != "noop" or "network" not in rows:
        return rows
    # Between our sender and our receiver lie two hops over TLS, each as long as the one measured by itself; the capability has the rest.
    hop = next((entry["p50_ms"] for entry in lines("live") if entry["part"] == "stage" and entry["of"] == "TLS" and entry["stage"] == "network"), None)
    if hop is None:
        return rows
    network, _ = rows.pop("network")
    hop = min(hop, network / 2)
    ordered = {key: rows[key] for key in ("encode", "queue") if key in rows}
    ordered.update({"upload": (round(hop, 2), None), "remote": (round(network - 2 * hop, 2), None), "download": (round(hop, 2), None)})
    ordered.update({key: rows[key] for key in ("decode", "display") if key in rows})
    return ordered


def what_would_halve(rows):
    total = sum(p50 for p50, _ in rows.values())
    gone, names = 0, []
    for name, (p50, _) in sorted(rows.items(), key=lambda row: -row[1][0]):
        gone += p50
        names.append(name)
        if gone >= total / 2:
            break
    largest = names[0]
    print(f"  What would halve it: {', '.join(names)} {'is' if len(names) == 1 else 'are'} {gone:.1f} of {total:.1f} ms; "
          f"the largest, {largest} ({rows[largest][0]:.1f} ms), would be shortened by {REMEDIES.get(largest, 'a shorter way')}.")


def live():
    print("== Live video at 640x480 and 30 frames/s on loopback, by the frame clock")
    hops = {}
    for entry in lines("live"):
        if entry["part"] == "one_hop":
            p50, p95 = entry["p50_ms"], entry["p95_ms"]
            print(f"One hop, {entry['what']}, publisher to decoded frame: p50 {p50} ms (aim 10: {verdict(p50 <= 10)}), "
                  f"p95 {p95} ms (aim 20: {verdict(p95 <= 20)}); {entry['frames']} frames, {entry['out_of_order']} out of order")
            table(["stage", "p50 ms", "p95 ms"], [[name, *values] for name, values in stage_rows(entry["what"]).items()])
        elif entry["part"] == "noop":
            p50, p95 = entry["p50_ms"], entry["p95_ms"]
            print(f"Capture to display through noop (TLS, paid {entry['paid_wei']} wei): p50 {p50} ms (aim 25: {verdict(p50 <= 25)}), "
                  f"p95 {p95} ms (aim 45: {verdict(p95 <= 45)}); {entry['frames']} frames, {entry['out_of_order']} out of order, {entry['dropped']} dropped")
            rows = stage_rows("noop")
            table(["stage", "p50 ms", "p95 ms"], [["capture", "0.0", "0.0"]] + [[name, *values] for name, values in rows.items()])
            print("  capture: the test pattern has no camera behind it. upload, download: as the hop over TLS above; remote: what remains.")
            what_would_halve(rows)
        elif entry["part"] == "open_pes":
            hops[entry["what"]] = entry
    frames = [entry for entry in lines("live") if entry["part"] == "first_frame" and entry["ms"] is not None]
    warm = [entry["ms"] for entry in frames if not entry["cold"]]
    cold = [entry["ms"] for entry in frames if entry["cold"]]
    if warm:
        print(f"First picture on the display after Start: median {statistics.median(warm):.0f} ms, slowest {max(warm):.0f} ms of {len(warm)} "
              f"(aim 300: {verdict(statistics.median(warm) <= 300)}); the very first of the program {cold[0]:.0f} ms ({verdict(cold[0] <= 300)})")
    bounded = hops.pop("length given", None)
    for name, entry in hops.items():
        more = entry["p50_ms"] - bounded["p50_ms"]
        print(f"Reading a publisher with its PES {name}: p50 {entry['p50_ms']} ms against {bounded['p50_ms']} ms, {more:+.1f} ms "
              f"(aim one frame interval, 33.3: {verdict(more <= 33.3)})")


def best(name):
    """The best figures of each case over its rounds: whatever else the machine does can only worsen one."""
    cases = {}
    for entry in lines(name):
        key = (entry["segment"], entry["readers"], entry["transport"], entry.get("relay", False))
        known = cases.setdefault(key, dict(entry))
        for figure, value in entry.items():
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                known[figure] = (max if figure in ("segments_per_second", "delivered_mb_s", "missed") else min)(value, known[figure])
    return cases


def trickle():
    cases = best("trickle")
    print("== Trickle server on loopback: a chunk from write() to its readers at the pace of live video, and segments a second unpaced")
    cpu = "cpu_ms_per_segment_and_reader"
    rows = []
    for (segment, readers, transport, relay), entry in cases.items():
        if relay:
            continue
        bare = cases.get((segment, readers, transport, True), {})
        rows.append([segment, readers, transport, entry["p50_ms"], entry["p95_ms"], entry["segments_per_second"], entry["delivered_mb_s"],
                     bare.get("delivered_mb_s"), entry[cpu], bare.get(cpu), entry["server_" + cpu], bare.get("server_" + cpu)])
    table(["segment", "readers", "transport", "p50 ms", "p95 ms", "segments/s", "MB/s", "bare", "CPU ms", "bare", "server's", "bare"], rows)
    missed = sum(entry.get("missed", 0) for entry in cases.values())
    print(f"  CPU is per segment and reader, of the whole process and of the server's thread. Bare: a relay of the same bytes without HTTP.\n"
          f"  {missed} segments missed. Server, publisher and readers share this machine.")
    trickle_before(cases, cpu)


def trickle_before(cases, cpu):
    rows = []
    for key, old in best("trickle_before").items():
        new, bare = cases[key], cases.get((*key[:3], True))
        speed, work = new["delivered_mb_s"] / old["delivered_mb_s"], new[cpu] / old[cpu]
        server = new["server_" + cpu] / old["server_" + cpu]
        if bare:
            met = work <= 0.5 and (speed >= 2 or new["delivered_mb_s"] >= 0.95 * bare["delivered_mb_s"])
        else:
            met = speed >= 0.95 and work <= 1.05 and new["p50_ms"] <= max(1.05 * old["p50_ms"], old["p50_ms"] + 0.05)
        rows.append([*key[:3], old["delivered_mb_s"], new["delivered_mb_s"], f"{speed:.2f}", old[cpu], new[cpu], f"{work:.2f}", f"{server:.2f}",
                     old["p50_ms"], new["p50_ms"], verdict(met)])
    if rows:
        print("  Against the version before (aim with 1 MB and 10 readers or more: half the CPU, and twice the MB/s or the bare relay's; "
              "else nothing worse by 5 %):")
        table(["segment", "readers", "transport", "MB/s before", "MB/s", "ratio", "CPU before", "CPU", "ratio", "server's", "p50 before", "p50", "aim"], rows)


def calls():
    entries = lines("calls")
    print("== Paid calls of one program, over TLS, to a sandbox on loopback: milliseconds from asking to the answer")
    for what in ("first", "second"):
        found = [entry for entry in entries if entry["call"] == what]
        print(f"{what.capitalize()} call: median {statistics.median(entry['ms'] for entry in found):.1f} ms of {len(found)}; "
              f"connects {max(entry['connects'] for entry in found)}, TLS handshakes {max(entry['handshakes'] for entry in found)}")


def publish():
    print("== Publishing 1280x720 at 30 frames/s")
    entries = {entry["part"]: entry for entry in lines("publish")}
    ours, theirs = entries.get("sluice"), entries.get("ffmpeg")
    for name, entry in (("Sluice", ours), ("ffmpeg", theirs)):
        if entry:
            print(f"{name}: {entry['cpu_s']:.2f} s of CPU for {entry['frames']} frames, memory {entry['steady_pss_mb']:.1f} MB PSS "
                  f"(most {entry['peak_pss_mb']:.1f}; most RSS {entry['peak_rss_mb']:.1f}), {entry['sent_kbit_s']:.0f} kbit/s")
    if theirs:
        cpu = ours["cpu_s"] / ours["frames"] / (theirs["cpu_s"] / theirs["frames"])
        memory = ours["steady_pss_mb"] / theirs["steady_pss_mb"]
        print(f"Ratios: CPU of a frame {cpu:.2f} (aim 1.3: {verdict(cpu <= 1.3)}), memory {memory:.2f} (aim 1.5: {verdict(memory <= 1.5)})")
    elif "skipped" in entries:
        print(f"Comparison skipped: {entries['skipped']['why']}")
    for entry in (entry for entry in lines("publish") if entry["part"] == "growth"):
        print(f"Growth of {entry['what']} over {entry['minutes']:g} min: {entry['first_mb']:.1f} MB of its own after warm-up, {entry['last_mb']:.1f} MB at the end, "
              f"{entry['percent']:+.1f} % (aim below 5: {verdict(entry['percent'] < 5)})")


def openai_chunks(ways):
    rows, direct = [], ways["direct"]
    for name, shapes in ways.items():
        for streams, entry in shapes.items():
            more = entry["p50_ms"] - direct[streams]["p50_ms"]
            ours = name.startswith("sluice")
            memory = entry.get("kb_per_stream") if streams > 1 else None
            rows.append([name, streams, entry["p50_ms"], entry["p99_ms"], f"{more:.3f}" if name != "direct" else None, verdict(more <= 0.1) if ours else None,
                         f"{memory:.1f}" if memory is not None else None, verdict(memory <= 64) if ours and memory is not None else None])
    print("  Pieces of streams, from the upstream's writing one to the client's reading it; memory is what the process has more than before, at its most:")
    table(["way", "streams", "p50 ms", "p99 ms", "added p50", "aim 0.1", "KB a stream", "aim 64"],
          [[f"{cell:.3f}" if isinstance(cell, float) else cell for cell in row] for row in rows])
    print("  Every piece of every stream came, in order, and its end behind it: else there were no figures.")


def openai():
    entries = lines("openai_proxy")
    print("== OpenAI's API in front of an upstream, on loopback; server on one processor, upstream and load on another")
    asked = {entry["of"]: entry for entry in entries if entry["part"] == "latency"}
    direct = asked["direct"]
    for name, entry in asked.items():
        p50, p99 = (entry[key] - direct[key] for key in ("p50_ms", "p99_ms"))
        added = "" if name == "direct" else f"; added p50 {p50:.3f} ms, p99 {p99:.3f} ms"
        aims = f" (aims 0.3: {verdict(p50 <= 0.3)}, 2: {verdict(p99 <= 2)})" if name.startswith("sluice") else ""
        print(f"A whole answer, {name}: p50 {entry['p50_ms']:.3f} ms, p99 {entry['p99_ms']:.3f} ms of {entry['requests']}{added}{aims}")
    ways = {}
    for entry in entries:
        if entry["part"] == "streams":
            ways.setdefault(entry["of"], {})[entry["streams"]] = entry
    openai_chunks(ways)
    best = {}
    for entry in entries:
        if entry["part"] == "throughput":
            found = (entry["requests"] / entry["seconds"], entry["requests"] / entry["cpu_s"], 100 * entry["cpu_s"] / entry["seconds"])
            best[entry["of"]] = max(best.get(entry["of"], found), found)
    for name, (requests, per_cpu, busy) in best.items():
        against = ""
        if name != "nginx" and "nginx" in best:
            ratio, ratio_cpu = requests / best["nginx"][0], per_cpu / best["nginx"][1]
            against = f"; of nginx {ratio:.2f} and {ratio_cpu:.2f} (aim 0.5: {verdict(min(ratio, ratio_cpu) >= 0.5)})"
        print(f"Throughput, {name}: {requests:,.0f} requests/s, {per_cpu:,.0f} for each second of its processor, which was {busy:.0f} % busy{against}")
    for entry in entries:
        if entry["part"] == "skipped":
            print(f"Comparison skipped: {entry['why']}")


def worker():
    measured = lines("worker")
    entries = {entry["part"]: entry for entry in measured}
    jobs, queue, fragments = (entries[name] for name in ("jobs", "queue", "fragments"))
    memory = max(entry["pss_mib"] for entry in measured)
    print("== The LLM worker as a process, against a scripted model server (in brackets the original)")
    print(f"Jobs, one after the other: {jobs['jobs_per_second']:,} per second (aim 1,000: {verdict(jobs['jobs_per_second'] >= 1000)}) [6]")
    print(f"1,000 jobs from 50 connections: {queue['seconds']:.2f} s (aim 3: {verdict(queue['jobs'] == 1000 and queue['seconds'] <= 3)}) [228]")
    print(f"Fragments of one job: {fragments['fragments_per_second']:,} per second (aim 100,000: {verdict(fragments['fragments_per_second'] >= 100_000)}) [161]")
    for times in (entry for entry in measured if entry["part"] == "latency"):
        added, floor = ({name: times[f"{name}_ms"] - times[f"{less}_{name}_ms"] for name in ("p50", "p99")} for less in ("direct", "relay"))
        print(f"From the model server's write to the client's read, 50 streams {times['streams']}: p50 {times['p50_ms']} ms, p99 {times['p99_ms']} ms; directly {times['direct_p50_ms']} and "
              f"{times['direct_p99_ms']}; added {added['p50']:.3f} (aim 0.5: {verdict(added['p50'] <= 0.5)}) and {added['p99']:.3f} (aim 10: {verdict(added['p99'] <= 10)}); "
              f"beyond a relay of bytes {floor['p50']:.3f} and {floor['p99']:.3f} [550, 1,100]")
    print(f"Memory: idle {jobs['idle_pss_mib']} MiB PSS, at most {memory} MiB PSS after a run (aim 40: {verdict(memory <= 40)}) [158]")


def zerog():
    entries = {entry["part"]: entry for entry in lines("zerog")}
    added, users, settle = (entries[name] for name in ("added", "users", "settle"))
    print("== The agents of 0G serving as processes, against a scripted model server (in brackets the original)")
    print(f"Added to a call, 1 user: p50 {added['added_p50_ms']} ms (aim 1.5: {verdict(added['added_p50_ms'] <= 1.5 and not added['failed'])}) [11.6]")
    print(f"{users['users']} users on one account: {users['calls_per_second']:,.0f} calls per second, {users['failed']} failed, p99 {users['p99_ms']} ms "
          f"(aim 1,500 and none: {verdict(users['calls_per_second'] >= 1500 and not users['failed'])}) [4, most failed]")
    print(f"Settlement of {settle['requests']:,} requests, {settle['calls_meanwhile']} calls meanwhile: {settle['ms']:,.0f} ms "
          f"(aim 2,000: {verdict(settle['ms'] <= 2000 and not settle['failed'])})")


def signer():
    print("== A remote signer over HTTP, its book in a file, against libsecp256k1 alone making as many signatures")
    for entry in lines("signer"):
        print(f"{entry['connections']} connections, {entry['tickets']} ticket(s) in a payment: {entry['payments_per_second']:,.0f} payments per second, {entry['ratio']:.2f} of libsecp256k1's "
              f"{entry['bare_per_second']:,.0f} (aim 0.8: {verdict(entry['ratio'] >= 0.8 and not entry['failed'])})")


def runner():
    print("== Single-shot calls of an app that answers at once, by itself and through a sandbox's live runner")
    alone = None
    for entry in lines("runner"):
        alone = alone or entry
        added = "" if entry is alone else f", {entry['p50_ms'] - alone['p50_ms']:.2f} ms more"
        rates = ", ".join(f"{rate['at_once']} at once: {rate['per_second']:,.0f} per second" for rate in entry["rates"])
        print(f"{entry['way']}: p50 {entry['p50_ms']} ms{added}, p95 {entry['p95_ms']} ms; {rates}"
              + (f", {entry['failed']} FAILED" if entry["failed"] else ""))


PARTS = {"sluice": sse, "tickets": tickets, "signer": signer, "chat": chat, "start": start, "live": live, "trickle": trickle, "calls": calls, "publish": publish, "openai_proxy": openai, "worker": worker, "zerog": zerog, "runner": runner}
for name, part in PARTS.items():
    if (folder / name).exists():
        part()
