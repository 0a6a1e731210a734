"""Agents of 0G serving as processes, a service that does what it is told, and a client that can sign for itself."""
import gzip
import http.client
import json
import os
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.parse
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from chain_math import address, checksum, request_digest, sign

PROVIDER_KEY = 0xAC0974BEC39A17E36BA4A6B4D238FF944BACB478CBED5EFCAE784D7BF4F2FF80
USER_KEY = 0x59C6995E998F97A5A0044966F0945389DC9E86DAE88C7A8412F4603B6B78690D
PROVIDER, USER = checksum(address(PROVIDER_KEY)), checksum(address(USER_KEY))
BIN = None  # where sluicectl is; the runner says
REFUSED = "Provider proxy: handle proxied service, "


def words(count, word="w"):
    return " ".join([word] * count)


def chat(text, **more):
    return {"messages": [{"role": "user", "content": text}], **more}


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.body[:300]!r}"


def call(url, method="GET", body=None, headers=None, timeout=30):
    """One exchange. A dict goes as JSON; a cut answer is an exception."""
    where = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname, where.port, timeout=timeout)
    head = dict(headers or {})
    if isinstance(body, (dict, list)):
        body = json.dumps(body)
    if body is not None:
        head.setdefault("Content-Type", "application/json")
    if isinstance(body, str):
        body = body.encode()
    try:
        connection.request(method, where.path + ("?" + where.query if where.query else ""), body, head)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


class Service:
    """What stands behind a provider. `plan(request)` gives (status, headers, pieces); a piece may be bytes, a number of seconds to wait, or "cut"."""

    def __init__(self, plan=None):
        self.plan = plan or (lambda request: chat_answer(words(7)))
        self.requests = []
        lab = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def setup(self):
                super().setup()
                self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                request = {"method": self.command, "path": self.path, "headers": list(self.headers.items()), "body": body}
                lab.requests.append(request)
                status, headers, pieces = lab.plan(request)
                streamed = isinstance(pieces, list)
                out = [f"HTTP/1.1 {status} X"] + [f"{k}: {v}" for k, v in headers]
                out.append("Transfer-Encoding: chunked" if streamed else f"Content-Length: {len(pieces)}")
                head = ("\r\n".join(out) + "\r\n\r\n").encode()
                try:
                    if not streamed:
                        self.wfile.write(head + pieces)
                        return
                    self.wfile.write(head)
                    for piece in pieces:
                        if callable(piece):
                            piece()
                        elif piece == "cut":
                            self.close_connection = True
                            self.connection.shutdown(socket.SHUT_RDWR)
                            return
                        elif isinstance(piece, (int, float)):
                            time.sleep(piece)
                        else:
                            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                    self.wfile.write(b"0\r\n\r\n")
                except OSError:
                    self.close_connection = True

            do_GET = do_POST = do_PUT = do_DELETE = answer

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def chat_answer(text, status=200, encoding=None):
    body = json.dumps({"id": "1", "choices": [{"message": {"role": "assistant", "content": text}}]}).encode()
    headers = [("Content-Type", "application/json")]
    if encoding:
        headers.append(("Content-Encoding", encoding))
        body = gzip.compress(body) if encoding == "gzip" else zlib.compress(body)
    return status, headers, body


def event(text=None, finish=None):
    return b"data: " + json.dumps({"choices": [{"delta": {"content": text} if text else {}, "finish_reason": finish}]}).encode() + b"\n\n"


def stream_answer(*pieces):
    return 200, [("Content-Type", "text/event-stream")], list(pieces)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Agent:
    """`ledger`: a file, or the words that name a contract on a chain."""

    def __init__(self, kind, key, ledger, port, *options):
        where = ["--ledger", ledger] if isinstance(ledger, str) else ledger
        self.arguments = [os.path.join(BIN, "sluicectl"), "zerog", kind, "--json", *where, "--port", str(port), *options]
        self.environment = {**os.environ, "SLUICE_ZEROG_KEY": f"{key:064x}"}
        self.log = tempfile.TemporaryFile()
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.arguments, env=self.environment, stdout=subprocess.PIPE, stderr=self.log)
        line = self.process.stdout.readline()
        if b'"url"' not in line:
            self.log.seek(0)
            raise RuntimeError(f"{self.arguments[2]} did not start: {line.decode()}{self.log.read().decode()}")
        self.url = json.loads(line)["url"]

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(20)
        self.process.stdout.close()


class Lab:
    """One ledger, one provider, one user; a service registered and an account filled unless told otherwise."""

    def __init__(self, plan=None, prices=(1, 2), balance=10_000_000, kind="chatbot", name="llama7b", ready=True, provider_options=(), user_options=(), lock_time=None):
        self.folder = tempfile.TemporaryDirectory(prefix="zerog")
        self.ledger = os.path.join(self.folder.name, "ledger.db")
        if lock_time is not None:
            self.ctl("ledger", "init", "--lock-time", str(lock_time), key=PROVIDER_KEY)
        self.service = Service(plan)
        self.pa_port, self.ua_port = free_port(), free_port()
        self.pa = Agent("provider", PROVIDER_KEY, self.ledger, self.pa_port, *provider_options)
        self.ua = Agent("user", USER_KEY, self.ledger, self.ua_port, *user_options)
        self.name = name
        if ready:
            self.register(name, kind, *prices)
            if balance is not None:
                self.expect(self.create(balance), 204)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.ua.stop()
        self.pa.stop()
        self.service.stop()
        self.folder.cleanup()

    def ctl(self, *words, key=USER_KEY, given=None):
        done = subprocess.run([os.path.join(BIN, "sluicectl"), "zerog", *words[:2], "--ledger", self.ledger, *words[2:]], input=given, capture_output=True,
                              env={**os.environ, "SLUICE_ZEROG_KEY": f"{key:064x}"}, check=False)
        assert done.returncode == 0, done
        return done.stdout

    @staticmethod
    def expect(answer, status, *words):
        assert answer.status == status, f"{status} was expected, not {answer}"
        for word in words:
            assert word in answer.text, f"{word!r} was expected in {answer}"
        return answer

    def registration(self, name=None, kind="chatbot", inputs=1, outputs=2, url=None):
        return {"URL": url or self.service.url, "inputPrice": inputs, "outputPrice": outputs, "Type": kind, "Name": name or self.name}

    def register(self, *arguments, **named):
        return self.expect(call(self.pa.url + "/v1/service", "POST", self.registration(*arguments, **named)), 204)

    def create(self, balance):
        return call(self.ua.url + "/v1/provider", "POST", {"provider": PROVIDER, "balance": balance})

    def charge(self, amount):
        return call(f"{self.ua.url}/v1/provider/{PROVIDER}/charge", "POST", {"balance": amount})

    def refund(self, amount):
        return call(f"{self.ua.url}/v1/provider/{PROVIDER}/refund", "POST", {"amount": amount})

    def path(self, suffix="/v1/chat/completions", name=None):
        return f"{self.ua.url}/v1/provider/{PROVIDER}/service/{name or self.name}{suffix}"

    def ask(self, text, suffix="/v1/chat/completions", headers=None, name=None, **more):
        return call(self.path(suffix, name), "POST", chat(text, **more), headers)

    def settle(self):
        return self.expect(call(self.pa.url + "/v1/settle", "POST"), 202)

    def rows(self):
        return call(self.pa.url + "/v1/request").json["items"]

    def calls(self):
        return call(self.ua.url + "/v1/request").json["items"]

    def user(self):
        return call(f"{self.pa.url}/v1/user/{USER}").json

    def account(self):
        return call(f"{self.ua.url}/v1/provider/{PROVIDER}").json

    def signed(self, body, inputs, previous, nonce, name=None, route=None, created=None, key=USER_KEY, suffix="/v1/chat/completions", change=None, signature=None):
        """A call at the provider agent that this test signs itself. `change` alters the headers after they were signed."""
        name = name or self.name
        created = int(time.time()) + 1 if created is None else created
        user = checksum(address(key))
        raw = signature or sign(key, request_digest(PROVIDER, user, name, inputs, previous, nonce, created))
        stamp = time.strftime("%Y-%m-%d %H:%M:%S +0000 UTC", time.gmtime(created))
        headers = {"Address": user, "Nonce": str(nonce), "Service-Name": name, "Token-Count": str(inputs), "Previous-Output-Token-Count": str(previous),
                   "Created-At": stamp, "Signature": "0x" + raw.hex()}
        headers.update(change or {})
        headers = {k: v for k, v in headers.items() if v is not None}
        return call(f"{self.pa.url}/v1/proxy/{route or name}{suffix}", "POST", body, headers)


def until(what, limit=20):
    """Waits for a condition; what it gave."""
    end = time.monotonic() + limit
    while True:
        found = what()
        if found:
            return found
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.02)
