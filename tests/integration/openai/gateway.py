"""A Livepeer AI gateway in a few lines, as go-livepeer 0.9 answers (openai.md 4 and 9): for tests of what stands before it.

The chat says back what it was told; "fail 500" as the user's words is answered with that status. Every request is counted.
"""
import http.server
import io
import json
import threading
import time
import wave


def wav():
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * 800)
    return out.getvalue()


PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, body, kind="application/json", headers=()):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        kinds = {"/stream/1/a.png": (PNG, "image/png"), "/stream/1/s.wav": (wav(), "audio/wav")}
        self.answer(200, *kinds[self.path]) if self.path in kinds else self.answer(404, b"404 page not found\n", "text/plain")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, self.headers.get("Content-Type", ""), body))
        if self.path == "/text-to-image":
            count = json.loads(body).get("num_images_per_prompt", 1)
            self.answer(200, {"images": [{"url": "/stream/1/a.png", "seed": i, "nsfw": False} for i in range(count)]})
        elif self.path == "/audio-to-text":
            self.answer(200, {"text": "one two", "chunks": [{"timestamp": [0, 1], "text": "one"}, {"timestamp": [1, None], "text": " two"}]})
        elif self.path == "/text-to-speech":
            self.answer(200, {"audio": {"url": "/stream/1/s.wav"}})
        elif self.path == "/llm":
            self.chat(body)
        else:
            self.answer(404, b"404 page not found\n", "text/plain")

    def chat(self, body):
        try:
            request = json.loads(body)
            said = request["messages"][-1]["content"]
            assert {"model", "stream", "max_tokens"} <= request.keys()
        except (ValueError, KeyError, IndexError, AssertionError):
            return self.answer(400, {"error": {"message": "missing required fields"}})
        if said.startswith("fail "):
            status = int(said.split()[1])
            return self.answer(status, {"error": {"message": f"as you wished: {status}"}}, headers=[("Retry-After", "1")] if status == 429 else ())
        answer = f"You said: {said}"
        usage = {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12}
        if not request["stream"]:
            return self.answer(200, {"choices": [{"finish_reason": "stop", "index": 0, "message": {"content": answer, "role": "assistant"}}],
                                     "created": 1760000000, "id": "chatcmpl-x", "model": request["model"], "usage": usage})
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            for piece in [answer[i:i + 4] for i in range(0, len(answer), 4)]:
                self.event(request, {"role": "assistant", "content": piece}, "", usage)
                while said.startswith("slowly") and not self.server.released.wait(0.05):
                    self.wfile.write(b": waiting\n\n")  # a client that has left is noticed
            self.event(request, {"role": "assistant", "content": ""}, "stop", usage)
        except OSError:
            self.server.gone.set()
        self.close_connection = True

    def event(self, request, delta, finish, usage):
        chunk = {"choices": [{"delta": delta, "finish_reason": finish, "index": 0}], "created": int(time.time()), "id": "chatcmpl-x", "model": request["model"], "usage": usage}
        self.wfile.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")


def start():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.asked, server.gone, server.released = [], threading.Event(), threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
