"""Where exported code is run as it stands: an own folder for each snippet, its own environment, and C++ against the installed library."""
import base64
import json
import pathlib
import subprocess
import sys
import tempfile

RUNNERS = {"curl": ["bash", "call.sh"], "python": [sys.executable, "call.py"], "fetch": ["node", "fetch.mjs"]}


def run(command, **options):
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=240, **options)
    if done.returncode != 0:
        sys.exit(f"{command} ended with {done.returncode}:\n{done.stdout.decode(errors='replace')}\n{done.stderr.decode(errors='replace')}")
    return done.stdout


def words_of(said):
    """Of an answer or an event of a chat, in the dialects that there are."""
    if said.get("done"):
        return ""
    text = said.get("response") or said.get("chunk") or said.get("text") or ""
    for choice in said.get("choices") or []:
        text += (choice.get("message") or choice.get("delta") or {}).get("content") or ""
    return text


def words_in(output):
    """curl and C++ print JSON, an answer or an event in each line; the others print words."""
    text = output.decode()
    if not text.startswith("{"):
        return text.strip()
    try:
        return words_of(json.loads(text)).strip()
    except json.JSONDecodeError:
        return "".join(words_of(json.loads(line)) for line in text.splitlines() if line.startswith("{")).strip()


class Place:
    def __init__(self, build, folder, environment):
        self.sluicectl = build / "bin" / "sluicectl"
        self.folder, self.environment = folder, environment
        self.prefix = folder / "prefix"
        self.failed = 0
        for component in ("runtime", "development"):
            run(["cmake", "--install", build, "--prefix", self.prefix, "--component", component])

    def own(self, profile, verb, name, *arguments):
        return run([self.sluicectl, verb, name, "--profile", profile, *arguments], env=self.environment)

    def own_words(self, profile, verb, name, *arguments):
        """What Sluice's own call of a chat says."""
        if verb == "run":
            return words_of(json.loads(self.own(profile, "run", name, "--json", *arguments))["json"]).strip()
        events = [json.loads(line) for line in self.own(profile, "stream", name, "--json", *arguments).splitlines()]
        return "".join(words_of(event["json"]) for event in events if event.get("type") == "event" and "json" in event).strip()

    def by_code(self, language, profile, verb, name, *arguments, runner=None, further=None):
        """The output, and by name the files that were written."""
        place = pathlib.Path(tempfile.mkdtemp(prefix=f"{name}-{language}-", dir=self.folder))
        snippet = json.loads(self.own(profile, "snippet", name, "--verb", verb, "--language", language, "--json", *arguments))
        (place / snippet["file_name"]).write_text(snippet["text"])
        for extra in snippet["files"]:
            (place / extra["name"]).write_bytes(base64.b64decode(extra["base64"]))
        environment = dict(self.environment)
        for variable in snippet["environment"]:
            environment.pop(variable["name"], None)
            if variable["suggestion"]:
                environment[variable["name"]] = variable["suggestion"]
        environment |= further or {}
        before = set(place.iterdir())
        if language == "cpp":
            output = self.run_cpp(place, environment)
        else:
            output = run(runner or RUNNERS[language], cwd=place, env=environment)
        return output, {path.name: path.read_bytes() for path in place.iterdir() if path not in before and path.is_file()}

    def run_cpp(self, place, environment):
        run(["cmake", "-S", place, "-B", place / "build", f"-DCMAKE_PREFIX_PATH={self.prefix}"])
        run(["cmake", "--build", place / "build"])
        libraries = [str(next(self.prefix.glob("lib*"))), str(next(self.prefix.glob("lib/*-linux-gnu"), self.prefix))]
        return run([place / "build" / "call"], cwd=place, env=environment | {"LD_LIBRARY_PATH": ":".join(libraries)})

    def same(self, what, language, given, wanted):
        good = bool(wanted) and given == wanted
        self.failed += not good
        print(f"{what}, {language}: {'the same' if good else f'ANOTHER ANSWER: {given!r:.400}, not {wanted!r:.400}'}", flush=True)
