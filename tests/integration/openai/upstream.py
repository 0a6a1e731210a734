"""An OpenAI-compatible server in a few lines that has what a Livepeer gateway has not: for tests of what stands before it.

Every request is kept. Words that begin with "fail 500" are answered with that status.
"""
import base64
import email.parser
import email.policy
import http.server
import json
import struct
import threading


def form(content_type, body):
    """The parts of a multipart form: name → (file name or None, bytes)."""
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    return {part.get_param("name", header="content-disposition"): (part.get_filename(), part.get_payload(decode=True)) for part in message.iter_parts()}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, body, kind="application/json"):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        self.answer(200, {"object": "list", "data": [{"id": "embed", "object": "model", "created": 1, "owned_by": "us"}]})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.headers.get("Content-Type", "")
        self.server.asked.append((self.path, body))
        request = {name: (value if file else value.decode()) for name, (file, value) in form(kind, body).items()} if kind.startswith("multipart/") else json.loads(body)
        said = request.get("prompt") or request.get("input")
        if isinstance(said, str) and said.startswith("fail "):
            status = int(said.split()[1])
            return self.answer(status, {"error": {"message": f"as you wished: {status}", "type": "server_error", "param": None, "code": None}})
        getattr(self, "post_" + self.path.removeprefix("/v1/").replace("/", "_"), self.nothing)(request, said)

    def nothing(self, *_):
        self.answer(404, {"error": {"message": "no such path", "type": "invalid_request_error", "param": None, "code": None}})

    def post_embeddings(self, request, said):
        texts = [said] if isinstance(said, str) else said
        vectors = [[float(len(text)), 0.5] for text in texts]
        if request.get("encoding_format") == "base64":
            vectors = [base64.b64encode(struct.pack("<2f", *vector)).decode() for vector in vectors]
        self.answer(200, {"object": "list", "model": request["model"], "usage": {"prompt_tokens": 1, "total_tokens": 1},
                          "data": [{"object": "embedding", "index": i, "embedding": vector} for i, vector in enumerate(vectors)]})

    def post_images_edits(self, request, said):
        picture = request.get("image") or request.get("image[]")
        self.answer(200, {"created": 1, "data": [{"b64_json": base64.b64encode(picture + said.encode()).decode()}]})

    def post_completions(self, request, said):
        prompts = [said] if isinstance(said, str) else said
        if request.get("stream"):
            events = [{"id": "c", "object": "text_completion", "created": 1, "model": "m", "choices": [{"index": 0, "text": piece, "logprobs": None, "finish_reason": finish}]}
                      for piece, finish in (("so ", None), ("it is", None), ("", "stop"))]
            # Its end without the mark that clients may wait for.
            return self.answer(200, b"".join(b"data: " + json.dumps(event).encode() + b"\n\n" for event in events), "text/event-stream")
        self.answer(200, {"id": "c", "object": "text_completion", "created": 1, "model": "m", "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
                          "choices": [{"index": i, "text": f"{prompt}!", "logprobs": None, "finish_reason": "stop"} for i, prompt in enumerate(prompts)]})

    def post_responses(self, request, said):
        names = [tool.get("name", tool["type"]) for tool in request.get("tools", [])]
        response = {"id": "resp_1", "object": "response", "created_at": 1, "status": "completed", "error": None, "incomplete_details": None, "instructions": None, "metadata": {},
                    "model": request["model"], "parallel_tool_calls": True, "temperature": 1, "tool_choice": "auto", "tools": request.get("tools", []), "top_p": 1,
                    "output": [{"id": "fc_1", "type": "function_call", "call_id": "c", "name": names[0], "arguments": "{}", "status": "completed"}] if names else []}
        if not request.get("stream"):
            return self.answer(200, response)
        begun = {"type": "response.created", "sequence_number": 0, "response": dict(response, status="in_progress", output=[])}
        data = b"event: response.created\ndata: " + json.dumps(begun).encode() + b"\n\n"
        if said != "cut":
            data += b"event: response.completed\ndata: " + json.dumps({"type": "response.completed", "sequence_number": 1, "response": response}).encode() + b"\n\n"
        self.answer(200, data, "text/event-stream")


def start():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
