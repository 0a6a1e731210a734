"""A scripted model server, as the LLM worker's providers ask one: says the Eiffel Tower's height in pieces.

A question with the word "hold" stops in the middle until somebody asks for /release, and one with "mark N" is counted under N.
"""
import http.server
import json
import re
import threading

PIECES = ["", "The", " E", "iff", "el", " Tower", " is", " 1", ",", "063", " feet", " (324 meters) tall", "."]


def start(port=0):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def do_GET(self):
            if self.path == "/release":
                server.released.set()
            body = json.dumps(server.marks).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked.append(body)
            question = body["messages"][-1]["content"]
            if mark := re.search(r"mark (\w+)", question):
                server.marks[mark.group(1)] = server.marks.get(mark.group(1), 0) + 1
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            for number, piece in enumerate(PIECES):
                if number == 5 and "hold" in question:
                    server.released.wait(60)
                chunk = {"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]}
                try:
                    self.wfile.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")
                    self.wfile.flush()
                except OSError:
                    return
            self.wfile.write(b"data: [DONE]\n\n")

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

    server = Server(("127.0.0.1", port), Handler)
    server.asked, server.marks, server.released = [], {}, threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
