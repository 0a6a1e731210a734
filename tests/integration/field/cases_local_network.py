"""A local network that programs share goes with the last of them; its files may stand on a disk that is full."""
import json
import os
import signal
import subprocess
import urllib.error
import urllib.request

from field import rule

RUN = ("run", "text-analysis", "--input", '{"text":"a"}')


def served(field, env):
    """A server of the sandbox profile, and where it listens."""
    log = open(field.path(f"serve-{len(field._started)}.log"), "wb")
    process = field.start("serve", "openai", "--profile", "sandbox", "--json", env=env, stderr=log)
    return process, json.loads(process.stdout.readline())["base_url"], log.name


def models(base):
    """The status that its list of models comes with, and who is in it."""
    try:
        with urllib.request.urlopen(base + "/models", timeout=30) as answer:
            return answer.status, [model["id"] for model in json.load(answer)["data"]]
    except urllib.error.HTTPError as error:
        return error.code, []


def text_of(file):
    with open(file, encoding="utf-8") as lines:
        return lines.read()


def network_of(env):
    """The process of the network that programs with this environment may join; nothing where there is none."""
    try:
        with open(env["SLUICE_DATA_DIR"] + "/sandbox.sqlite.ready.json", encoding="utf-8") as file:
            return json.load(file)["pid"]
    except (OSError, ValueError):
        return None


def lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@rule("a server goes on when the program ends that began the network they share", (signal.SIGINT,), (signal.SIGKILL,))
def owner_leaves(field, how):
    env = {"SLUICE_DATA_DIR": field.path(f"shared-{int(how)}")}
    first, base, _ = served(field, env)
    second, other, log = served(field, env)
    for url in (base, other):
        status, names = models(url)
        assert status == 200 and "docs-chat" in names, (url, status, names)
    first.send_signal(how)
    first.wait(20)
    status, names = models(other)
    assert status == 200 and "docs-chat" in names, (status, names)
    network = network_of(env)
    assert network and "has ended" not in text_of(log), text_of(log)
    second.send_signal(signal.SIGINT)
    assert second.wait(20) == 0
    field.wait(lambda: not lives(network), "the network did not go with the last program that used it")
    assert network_of(env) is None


@rule("a server's own network is begun again when it is killed; one that dies again and again ends the server")
def killed(field):
    env = {"SLUICE_DATA_DIR": field.path("killed")}
    server, base, log = served(field, env)
    seen = set()
    for death in range(4):
        def fresh():
            pid = network_of(env)
            return pid if pid not in seen else None
        pid = field.wait(fresh, f"no network after {death} deaths", 60)
        seen.add(pid)
        field.wait(lambda: models(base)[0] == 200, f"no answer after {death} deaths", 60)
        os.kill(pid, signal.SIGKILL)
    assert server.wait(30) == 3, server.returncode
    said = text_of(log)
    assert "killed" in said and said.count("begun again") == 3, said


@rule("ten first calls at once on one fresh folder are all answered, though the one that began the network ends first", *"abcdef")
def at_once(field, name):
    env = {"SLUICE_DATA_DIR": field.path("fresh-" + name)}
    processes = [field.start(*RUN, env=env) for _ in range(10)]
    for process in processes:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0 and b'"language"' in out, (process.returncode, out, err.decode())
    field.wait(lambda: network_of(env) is None, "a network stays that nobody uses")


@rule("a call whose network is killed says so")
def left_behind(field):
    env = {"SLUICE_DATA_DIR": field.path("behind")}
    served(field, env)
    session = field.start("live", "noop", "--source", "pattern", "--seconds", "60", "--json", env=env)
    line = session.stdout.readline()
    assert line, session.stderr.read()
    os.kill(network_of(env), signal.SIGKILL)
    out, err = session.communicate(timeout=120)
    assert session.returncode not in (0, None), (out, err)
    assert "The local network has ended" in (line + out + err).decode(), (line, out, err)


def on_small_disk(field, megabytes, script):
    """What a shell script says with $DISK, a file system of its own of that size; nothing where none may be made here."""
    program = f'mount -t tmpfs -o size={megabytes}m small "$DISK" && echo mounted >&2 && ' + script
    disk = field.path("disk")
    os.makedirs(disk, exist_ok=True)
    result = subprocess.run(["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", program], capture_output=True, timeout=120,
                            env={**field.environment, "DISK": disk, "SLUICE_DATA_DIR": disk + "/data", "CTL": field.ctl}, check=False)
    return result if b"mounted" in result.stderr else None


FILL = 'mkdir -p "$DISK/data"; dd if=/dev/zero of="$DISK/filler" bs=4096 2>/dev/null; '


@rule("a disk that is full is told as what it is, at the first call, at the second, and for a sandbox alone")
def full_from_the_start(field):
    result = on_small_disk(field, 4, FILL + '"$CTL" capabilities --json; "$CTL" capabilities --json; "$CTL" sandbox --state "$DISK/alone.sqlite"; true')
    if result is None:
        return "left out"
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(answers) == 2, result
    for answer in answers:
        assert answer["error"]["kind"] == "storage" and "disk is full" in answer["error"]["message"], answer
    said = result.stderr.decode()
    assert "disk is full" in said and "Process 0" not in said, said


@rule("a disk that has become full is told as what it is")
def full_later(field):
    result = on_small_disk(field, 24, '"$CTL" capabilities --json > "$DISK/first" && ' + FILL + '"$CTL" run text-analysis --input "{\\"text\\":\\"a\\"}" --json; true')
    if result is None:
        return "left out"
    answer = json.loads(result.stdout.splitlines()[0])
    assert answer["error"]["kind"] == "storage" and "disk is full" in answer["error"]["message"], (answer, result.stderr)
    assert "Process 0" not in result.stderr.decode(), result.stderr
