"""What tests with the official SDK share: a sandbox, and a program on the SDK that is told what to do.

    with Network(build_bin) as network:
        answer = network.ask(python, "client.py", "submit_byoc_job", capability="text-analysis", payload={…})

A program (client.py, or one of a test's own) takes the name of a task and its arguments as JSON, and prints one JSON line when it is done.
"""
import contextlib
import json
import os
import pathlib
import socket
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
DEFAULT_PORT = 8935  # where the SDK looks for an orchestrator's gRPC when it pays for a BYOC job, whatever the job's own address


def is_free(port):
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


class Network:
    """A sandbox of its own, on loopback, with all its state in a temporary folder."""

    def __init__(self, bin_folder, *options):
        self.sluicectl = pathlib.Path(bin_folder).resolve() / "sluicectl"
        self.options = options
        self.scratch = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.scratch.name)
        self.environment = os.environ | {"SLUICE_DATA_DIR": str(self.folder / "data"), "PATH": f"{self.sluicectl.parent}:{os.environ['PATH']}"}
        self.process = None

    def __enter__(self):
        self.process = subprocess.Popen([str(self.sluicectl), "sandbox", "--state", str(self.folder / "sandbox.sqlite"), *self.options],
                                        stdout=subprocess.PIPE, stderr=open(self.folder / "sandbox.log", "wb"), env=self.environment)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the sandbox did not start: {self.log()[-1000:]}")
        self.ready = json.loads(line)
        self.services = self.ready["services"]
        self.orchestrator = self.ready["orchestrator"]
        self.signer = self.services["signer"]["url"] if "signer" in self.services else None
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        finally:
            self.scratch.cleanup()

    def log(self):
        return (self.folder / "sandbox.log").read_text(errors="replace")

    def ctl(self, *arguments, **options):
        """What `sluicectl ARGUMENTS` prints, which pays with the sandbox's key."""
        return subprocess.run([str(self.sluicectl), *map(str, arguments)], check=True, stdout=subprocess.PIPE, timeout=120,
                              env=self.environment | {"SLUICE_SENDER_KEY": self.ready["sender_key"]}, **options).stdout

    def start(self, python, program, task, **arguments):
        """The program, at work; for apps and others that stay."""
        path = program if pathlib.Path(program).is_absolute() else HERE / program
        command = [python, str(path), task, json.dumps({"orchestrator": self.orchestrator, "signer": self.signer} | arguments)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                env=self.environment | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"})

    def ask(self, python, program, task, timeout=90, **arguments):
        """Its last line as JSON. A program that fails is an AssertionError with what it said."""
        process = self.start(python, program, task, **arguments)
        try:
            out, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            raise AssertionError(f"{task} is not done after {timeout} s\n{out[-1000:]}\n{err[-3000:]}\n{self.log()[-2000:]}") from None
        if process.returncode != 0:
            raise AssertionError(f"{task} ended with {process.returncode}\n{out[-1000:]}\n{err[-3000:]}\n{self.log()[-2000:]}")
        return json.loads(out.strip().splitlines()[-1])
