"""An orchestrator with one free app, for the code of calls to it: what it was asked is kept. Scripted, by live-runner.md 6, 8 and 9."""
import http.server
import json
import threading
import urllib.parse


class FreeApps:
    """`with FreeApps("acme/hello") as node:`; node.url, node.asked (method, path, body), node.stopped."""

    def __init__(self, app, persistent=False):
        self.app, self.persistent = app, persistent
        self.asked, self.stopped = [], 0
        owner = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                owner.answer(self, b"")

            def do_POST(self):
                owner.answer(self, self.rfile.read(int(self.headers.get("Content-Length", 0))))

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()

    def listing(self):
        runner = {"url": f"{self.url}/apps/r1/" + ("session" if self.persistent else "app"), "app": self.app, "version": "1.0.0",
                  "mode": "persistent" if self.persistent else "single-shot", "capacity": 2, "capacity_used": 0, "capacity_available": 2}
        return [{"address": self.url, "runners": [runner]}]

    def answer(self, request, body):
        path = urllib.parse.unquote(urllib.parse.urlsplit(request.path).path)
        if path == "/discovery":
            return self.send(request, self.listing())
        self.asked.append((request.command, path, json.loads(body or b"null")))
        if self.persistent and path == "/apps/r1/session":
            base = f"{self.url}/apps/r1/session/s1"
            return self.send(request, {"session_id": "s1", "app_url": f"{base}/app", "control_url": base})
        if path == "/apps/r1/session/s1/stop":
            self.stopped += 1
            return self.send(request, {})
        if "text/event-stream" in request.headers.get("Accept", "") or path.endswith("/events"):
            return self.stream(request)
        self.send(request, {"heard": json.loads(body)})

    @staticmethod
    def send(request, value):
        data = json.dumps(value).encode()
        request.send_response(200)
        request.send_header("Content-Type", "application/json")
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    @staticmethod
    def stream(request):
        request.send_response(200)
        request.send_header("Content-Type", "text/event-stream")
        request.send_header("Connection", "close")
        request.end_headers()
        request.wfile.write("data: one\r\n\r\n: nothing\ndata:two\ndata: grüße\n\ndata: [DONE]\n".encode())
        request.close_connection = True
