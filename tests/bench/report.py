#!/usr/bin/env python3
"""Turns what the benchmarks printed into ratios beside their aims. Usage: report.py DIR"""
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


ours, theirs = median("sluice", "chunks_per_second"), median("openai", "chunks_per_second")
print(f"SSE chunks/s: Sluice {ours:,.0f}" + (f", npm openai {theirs:,.0f}, ratio {ours / theirs:.2f} (aim 3)" if theirs
      else "; npm is not installed, so there is no comparison"))

tickets = json.loads((folder / "tickets").read_text())["benchmarks"]
# The fastest of the repetitions, which alternate: whatever else the machine does can only slow one down.
time = {name: min(entry["cpu_time"] for entry in tickets if entry["run_name"] == name and entry["run_type"] == "iteration")
        for name in ("signTicket", "signBare")}
print(f"Ticket signing: {time['signTicket'] / 1000:.1f} us against bare {time['signBare'] / 1000:.1f} us, "
      f"ratio {time['signBare'] / time['signTicket']:.3f} (aim 0.95)")

for entry in lines("chat"):
    print("Chat pane:", ", ".join(f"{key} {value}" for key, value in entry.items()))

if lines("start"):
    print(f"Start to first paint: {median('start', 'first_paint_ms'):.0f} ms (aim 300); "
          f"idle memory: {median('start', 'idle_pss_kb') / 1024:.1f} MB PSS (aim 95)")
