# Python 3.8 or later, without packages · a Livepeer AI gateway
import base64
import json
import os
import sys
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from urllib.parse import urlsplit

CONTENT_FILE = "content.bin"
PROMPT_FILE = "prompt.bin"
GATEWAY = os.environ["LIVEPEER_AI_GATEWAY_URL"].rstrip("/")
KEY = os.environ.get("LIVEPEER_AI_GATEWAY_KEY")
ORIGIN = "{0.scheme}://{0.netloc}/".format(urlsplit(GATEWAY))


def opened(url, data=None, headers={}):
    request = urllib.request.Request(url, data=data, headers=headers)
    if KEY and url.startswith(ORIGIN):  # nobody else sees the key
        request.add_unredirected_header("Authorization", "Bearer " + KEY)
    return urllib.request.urlopen(request, timeout=60)


def form(parts):
    boundary = uuid.uuid4().hex
    data = b""
    for head, value in parts:
        data += f"--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + value + b"\r\n"
    return data + f"--{boundary}--\r\n".encode(), "multipart/form-data; boundary=" + boundary


def text_of(said):
    if said.get("error"):
        sys.exit(f"The gateway: {said['error']}")
    if said.get("done"):  # its text is a mark
        return ""
    text = said.get("response") or said.get("chunk") or ""
    for choice in said.get("choices") or []:
        text += (choice.get("message") or choice.get("delta") or {}).get("content") or ""
    return text


def takes_form():
    """As gateways up to 0.8.2 do. They refuse this before anything is done or paid."""
    try:
        with opened(GATEWAY + "/llm", b"{}", {"Content-Type": "application/json"}):
            return False
    except urllib.error.HTTPError as error:
        return error.code == 400 and b"multipart/form-data" in error.read()
    except OSError as error:
        sys.exit(str(error))


if takes_form():
    data, kind = form([
        ("name=\"prompt\"", (base64.b64encode(Path(PROMPT_FILE).read_bytes()).decode()).encode()),
        ("name=\"model_id\"", "meta-llama/Meta-Llama-3.1-8B-Instruct".encode()),
        ("name=\"max_tokens\"", "256".encode()),
        ("name=\"stream\"", "false".encode()),
    ])
else:
    payload = {
        "model": "meta-llama/Meta-Llama-3.1-8B-Instruct",
        "messages": [
            {
                "role": "user",
                "content": base64.b64encode(Path(CONTENT_FILE).read_bytes()).decode(),
            },
        ],
        "stream": False,
        "max_tokens": 256,
    }
    data, kind = json.dumps(payload).encode(), "application/json"
try:
    with opened(GATEWAY + "/llm", data, {"Content-Type": kind}) as response:
        answer = json.load(response)
    if not answer.get("response") and not answer.get("choices"):
        sys.exit(f"The answer has no text: {answer}")
    print(text_of(answer))
except urllib.error.HTTPError as error:
    sys.exit(f"HTTP {error.code}: {error.read().decode(errors='replace')}")
except OSError as error:
    sys.exit(str(error))
except (AttributeError, KeyError, TypeError, ValueError) as error:
    sys.exit(f"The gateway's answer is none: {error!r}")
