"""A live worker that publishes something else than video: `live` says so within three seconds and fails."""
import functools
import json
import pathlib
import subprocess
import threading
import time

from field import rule
from odd_live_worker import OddLiveWorker

SOUND = ["-f", "lavfi", "-i", "sine=440:d=1"]
PICTURES = ["-f", "lavfi", "-i", "testsrc2=s=320x240:r=25:d=1"]
MADE = {
    "webm": [*PICTURES, "-c:v", "libvpx", "-deadline", "realtime", "-f", "webm"],
    "mp4": [*PICTURES, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-movflags", "frag_keyframe+empty_moov", "-f", "mp4"],
    "sound": [*SOUND, "-c:a", "aac", "-f", "mpegts"],
    "mp3": [*SOUND, "-c:a", "libmp3lame", "-f", "mp3"],
    "video": [*PICTURES, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-bf", "0", "-f", "mpegts"],
}


def segment(field, name):
    path = pathlib.Path(field.path("segment-" + name))
    subprocess.run(["ffmpeg", "-hide_banner", "-loglevel", "error", "-nostdin", "-y", *MADE[name], str(path)], check=True)
    return path.read_bytes()


@functools.cache
def worker(field):
    segments = {name: [segment(field, name)] for name in MADE}
    segments["records"] = [b'{"text":"one"}\n']
    segments["page"] = [b"<!DOCTYPE html><html><body>Bad gateway</body></html>"]
    return OddLiveWorker(field.sandbox["orchestrator"], field.sandbox["secret"], {"odd-" + name: pieces for name, pieces in segments.items()})


class Watched:
    """`sluicectl live NAME` as it runs, with the time at which each line came."""

    def __init__(self, field, name):
        self.worker = worker(field)
        self.process = field.start("live", name, "--source", "pattern", "--seconds", "20", "--json")
        self.lines = []
        self._readers = [threading.Thread(target=self._read, args=(pipe,), daemon=True) for pipe in (self.process.stdout, self.process.stderr)]
        for reader in self._readers:
            reader.start()

    def _read(self, pipe):
        for line in pipe:
            self.lines.append((time.monotonic(), line.decode("utf-8", "replace")))

    def ended(self):
        self.process.wait(60)
        for reader in self._readers:
            reader.join(10)
        return self.process.returncode

    @property
    def text(self):
        return "".join(line for _, line in self.lines)


@rule("what is no MPEG-TS is named within three seconds and the job fails",
      ("webm", "WebM"), ("mp4", "MP4"), ("mp3", "not MPEG-TS"), ("records", "JSON"), ("page", "not MPEG-TS"))
def another_kind(field, name, words):
    watched = Watched(field, "odd-" + name)
    code = watched.ended()
    said = [when for when, line in watched.lines if words in line and "MPEG-TS" in line]
    assert said, watched.text
    late = said[0] - watched.worker.published["odd-" + name]
    assert late < 3 and code == 1, (late, code, watched.text)


@rule("sound without a picture is told within three seconds, and no picture is no success")
def sound_only(field):
    watched = Watched(field, "odd-sound")
    code = watched.ended()
    said = [when for when, line in watched.lines if "no picture" in line]
    assert said, watched.text
    late = said[0] - watched.worker.published["odd-sound"]
    assert late < 3 and code == 1, (late, code, watched.text)


@rule("video that a worker makes of its own is taken as it is")
def video(field):
    worker(field)
    ran = field.run("live", "odd-video", "--source", "pattern", "--seconds", "4", "--json")
    last = json.loads(ran.out.splitlines()[-1])
    assert ran.code == 0 and last["frames_out"] >= 25, ran
    assert "MPEG-TS" not in ran.err and "no picture" not in ran.err, ran
