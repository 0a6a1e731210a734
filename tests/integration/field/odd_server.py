"""An HTTP/1.1 server on loopback whose answers stand in a table; a BYOC gateway and a BYOC worker at once.

As a gateway the capability in the `Livepeer` header picks the answer, as a worker the first segment of the path does. Whatever else is
asked for is 404, as on nodes that list nothing. The form of an answer, all members optional:
  status    200, or "503 Service Unavailable"
  type      content type; "" sends none
  headers   {"Name": "value"}
  body      text, or {"hex": …}, {"base64": …}, {"repeat": "A", "times": 9, "before": "", "after": ""}, {"json": any}, {"deltas": ["a", …]}
            (OpenAI chunks as event stream), or a list of those; without it the request's body comes back
  chunks    the same list, sent piece by piece as a chunked answer; "bytewise": each byte for itself
  pack      "gzip", "deflate", "raw-deflate": the body is packed so
  charset   what texts are encoded in; default UTF-8
  cut       the connection ends before the answer does
  silent    nothing is ever answered; "stall": after what is given, nothing more comes
  schema    as a worker: the input schema that it registers with; "verbs": ["run"]
"""
import base64
import gzip
import json
import socket
import ssl
import threading
import time
import urllib.request
import zlib


def packed(data, how):
    if how == "gzip":
        return gzip.compress(data)
    if how == "deflate":
        return zlib.compress(data)
    if how == "raw-deflate":
        packer = zlib.compressobj(wbits=-15)
        return packer.compress(data) + packer.flush()
    return data


def bytes_of(part, charset="utf-8"):
    if isinstance(part, list):
        return b"".join(bytes_of(one, charset) for one in part)
    if isinstance(part, str):
        return part.encode(charset, "surrogatepass" if charset.startswith("utf") else "strict")
    if "hex" in part:
        return bytes.fromhex(part["hex"])
    if "base64" in part:
        return base64.b64decode(part["base64"])
    if "repeat" in part:
        return (part.get("before", "") + part["repeat"] * part["times"] + part.get("after", "")).encode(charset)
    if "deltas" in part:
        return b"".join(b"data: " + json.dumps({"choices": [{"index": 0, "delta": {"content": text}}]}, ensure_ascii=False).encode() + b"\n\n"
                        for text in part["deltas"])
    return json.dumps(part["json"]).encode(charset)


class OddServer:
    def __init__(self, answers):
        self.answers = answers
        self.calls = []  # names of what was asked for, in order
        self.open = 0
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=50)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def register(self, orchestrator, secret, names=None):
        anyone = ssl.create_default_context()
        anyone.check_hostname = False
        anyone.verify_mode = ssl.CERT_NONE
        for name in names or self.answers:
            answer = self.answers[name]
            words = {"name": name, "description": "An odd answer.", "url": f"{self.url}/{name}", "capacity": 4, "price_per_unit": 1000,
                     "price_scaling": 1, "currency": "wei", "path": "answer", "verbs": answer.get("verbs", ["run", "stream"])}
            if "schema" in answer:
                words["input_schema"] = answer["schema"]
            request = urllib.request.Request(orchestrator + "/capability/register", json.dumps(words).encode(), {"Authorization": secret})
            urllib.request.urlopen(request, context=anyone).read()

    def _accept(self):
        while True:
            threading.Thread(target=self._serve, args=(self._listener.accept()[0],), daemon=True).start()

    def _serve(self, link):
        self.open += 1
        try:
            self._answer(link)
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            self.open -= 1
            try:
                link.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            link.close()

    def _answer(self, link):
        held = b""
        while b"\r\n\r\n" not in held:
            data = link.recv(65536)
            if not data:
                return
            held += data
        head, body = held.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        while len(body) < int(fields.get("content-length", 0)):
            body += link.recv(65536)
        path = lines[0].split(" ")[1]
        name = json.loads(base64.b64decode(fields["livepeer"])).get("capability", "") if "livepeer" in fields else path.split("/")[1]
        self.calls.append(name)
        if name not in self.answers:
            link.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 19\r\n\r\n404 page not found\n")
            return
        self._send(link, self.answers[name], body)

    def _send(self, link, answer, request):
        if answer.get("silent"):
            self._hold(link)
            return
        charset, pack = answer.get("charset", "utf-8"), answer.get("pack")
        status = str(answer.get("status", "200 OK"))
        head = f"HTTP/1.1 {status}{'' if ' ' in status else ' Odd'}\r\n"
        kind = answer.get("type", "text/event-stream" if "chunks" in answer else "application/json")
        fields = {**({"Content-Type": kind} if kind else {}), **answer.get("headers", {})}
        if pack:
            fields.setdefault("Content-Encoding", pack.replace("raw-", ""))
        head += "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        if "chunks" not in answer:
            body = packed(bytes_of(answer["body"], charset) if "body" in answer else request, pack)
            length = len(body) + (100 if answer.get("cut") or answer.get("stall") else 0)
            link.sendall(head.encode("latin-1") + f"Content-Length: {length}\r\n\r\n".encode() + body)
            if answer.get("stall"):
                self._hold(link)
            return
        link.sendall(head.encode("latin-1") + b"Transfer-Encoding: chunked\r\n\r\n")
        pieces = [bytes_of(part, charset) for part in answer["chunks"]]
        if pack:
            pieces = [packed(b"".join(pieces), pack)]
        if answer.get("bytewise"):
            pieces = [bytes([byte]) for byte in b"".join(pieces)]
        for piece in pieces:
            link.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
            time.sleep(0.001 if answer.get("bytewise") else 0.01)  # so that they travel apart
        if answer.get("stall"):
            self._hold(link)
        elif not answer.get("cut"):
            link.sendall(b"0\r\n\r\n")

    @staticmethod
    def _hold(link):
        """Until the other side goes away."""
        while link.recv(65536):
            pass
