#!/usr/bin/env python3
"""Every exported snippet that this machine can run makes the same call as Sluice itself.

Usage: exported_snippets.py BUILD_DIR

Starts a sandbox, exports a call in each language, runs the code as it stands (curl, Node where it is installed, C++
against the library installed into a scratch prefix) and compares its answer with that of `sluicectl run`.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

BUILD = pathlib.Path(sys.argv[1]).resolve()
SLUICECTL = BUILD / "bin" / "sluicectl"
INPUT = {"text": "It's a \"lovely\" day – grüße, 世界 🙂. $HOME `id` \\ EOF JSON"}


def run(command, **options):
    return subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, timeout=240, **options).stdout


def start_sandbox(folder, environment):
    process = subprocess.Popen([str(SLUICECTL), "sandbox", "--state", str(folder / "sandbox.sqlite")],
                               stdout=subprocess.PIPE, env=environment)
    return process, json.loads(process.stdout.readline())


def export(folder, language, environment):
    """The files of the snippet, saved as a person would save them; the code's own path."""
    name = {"curl": "call.sh", "javascript": "call.mjs", "cpp": "main.cpp"}[language]
    answer = json.loads(run([SLUICECTL, "snippet", "text-analysis", "--language", language, "--input", json.dumps(INPUT),
                             "--orchestrator", environment["LIVEPEER_ORCH_URL"], "--json"], env=environment))
    (folder / name).write_text(answer["text"])
    for extra in answer.get("files", []):
        (folder / extra["name"]).write_text(extra["content"])
    return folder / name


def run_cpp(folder, environment):
    prefix = folder / "prefix"
    for component in ("runtime", "development"):
        run(["cmake", "--install", BUILD, "--prefix", prefix, "--component", component])
    export(folder, "cpp", environment)
    if not (folder / "CMakeLists.txt").exists():
        sys.exit("The C++ snippet comes without its CMakeLists.txt")
    run(["cmake", "-S", folder, "-B", folder / "build", f"-DCMAKE_PREFIX_PATH={prefix}"])
    run(["cmake", "--build", folder / "build"])
    program = next(path for path in (folder / "build").iterdir() if path.is_file() and os.access(path, os.X_OK))
    return run([program], env=environment | {"LD_LIBRARY_PATH": str(next(prefix.glob("lib*")))
                                             + ":" + str(next(prefix.glob("lib/*-linux-gnu"), prefix))})


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        environment = os.environ | {"SLUICE_DATA_DIR": str(folder / "data"),
                                    "PATH": f"{SLUICECTL.parent}:{os.environ['PATH']}"}
        sandbox, ready = start_sandbox(folder, environment)
        try:
            environment |= {"LIVEPEER_ORCH_URL": ready["orchestrator"], "SLUICE_SENDER_KEY": ready["sender_key"]}
            expected = json.loads(run([SLUICECTL, "run", "text-analysis", "--input", json.dumps(INPUT),
                                       "--orchestrator", ready["orchestrator"]], env=environment))
            for language in ("curl", "javascript", "cpp"):
                place = folder / language
                place.mkdir()
                if language == "curl":
                    output = run(["bash", export(place, language, environment)], env=environment)
                elif language == "javascript":
                    if not shutil.which("node"):
                        print("javascript: skipped, Node is not installed")
                        continue
                    output = run(["node", export(place, language, environment)], env=environment)
                else:
                    output = run_cpp(place, environment)
                same = json.loads(output) == expected
                failed += not same
                print(f"{language}: {'the same answer' if same else 'ANOTHER ANSWER: ' + output.decode()[:400]}")
        finally:
            sandbox.terminate()
            sandbox.wait(20)
    sys.exit(1 if failed else 0)


main()
