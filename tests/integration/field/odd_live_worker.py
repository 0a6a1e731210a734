"""Live workers that ignore what they are sent and publish prepared segments, one a second, on their output channel."""
import http.server
import json
import ssl
import threading
import time
import urllib.request


def anyone():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class OddLiveWorker:
    def __init__(self, orchestrator, secret, segments):
        """`segments`: for each capability's name the bytes of its segments; they begin anew when they are through."""
        self.published = {}  # name: when its first segment was sent
        self._segments = segments
        self._ended = {}     # name of a job: its end
        worker = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                worker._told(self.path, json.loads(body or b"{}"))
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        for name in segments:
            words = {"name": name, "url": f"http://127.0.0.1:{self._server.server_address[1]}/{name}", "capacity": 4, "price_per_unit": 1000,
                     "price_scaling": 1, "currency": "wei", "verbs": ["live"], "live": {"video_in": True, "video_out": True, "data": False}}
            request = urllib.request.Request(orchestrator + "/capability/register", json.dumps(words).encode(), {"Authorization": secret})
            urllib.request.urlopen(request, context=anyone()).read()

    def _told(self, path, job):
        name = path.split("/")[1]
        if path.endswith("/stream/start") and "publish_url" in job:
            ended = self._ended[name] = threading.Event()
            threading.Thread(target=self._publish, args=(name, job, ended), daemon=True).start()
        elif path.endswith("/stream/stop") and name in self._ended:
            self._ended[name].set()

    def _publish(self, name, job, ended):
        try:
            self._post(job["events_url"] + "/0", json.dumps({"type": "heartbeat", "timestamp": int(time.time() * 1000)}).encode(), "application/json")
            pieces, number = self._segments[name], 0
            while not ended.is_set():
                self._post(f"{job['publish_url']}/{number}", pieces[number % len(pieces)], "video/MP2T")
                self.published.setdefault(name, time.monotonic())
                number += 1
                ended.wait(1)
        except OSError:
            pass  # the job is over

    @staticmethod
    def _post(url, data, kind):
        request = urllib.request.Request(url, data, {"Content-Type": kind}, method="POST")
        urllib.request.urlopen(request, context=anyone(), timeout=30).read()
