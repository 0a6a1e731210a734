# Python 3.8 or later, without packages · a Livepeer AI gateway
# Not sent, because a gateway's /llm takes no such thing: stop.
import json
import os
import sys
import urllib.error
import urllib.request
import uuid
from urllib.parse import urlsplit

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
        ("name=\"prompt\"", "It's \"fine\", isn't it?\n</script> $HOME".encode()),
        ("name=\"model_id\"", "org/model".encode()),
        ("name=\"system_msg\"", "Be brief.".encode()),
        ("name=\"temperature\"", "0.5".encode()),
        ("name=\"max_tokens\"", "12".encode()),
        ("name=\"stream\"", "true".encode()),
    ])
else:
    payload = {
        "model": "org/model",
        "messages": [
            {
                "role": "system",
                "content": "Be brief.",
            },
            {
                "role": "user",
                "content": "It's \"fine\", isn't it?\n</script> $HOME",
            },
        ],
        "stream": True,
        "max_tokens": 12,
        "temperature": 0.5,
    }
    data, kind = json.dumps(payload).encode(), "application/json"
try:
    with opened(GATEWAY + "/llm", data, {"Content-Type": kind}) as response:
        finished = response.headers.get_content_type() == "application/json"  # it does not stream
        if finished:
            print(text_of(json.load(response)))
        for line in response:
            data = line[5:].strip() if line.startswith(b"data:") else b""
            if data == b"[DONE]":
                finished = True
            elif data:
                event = json.loads(data)
                print(text_of(event), end="", flush=True)
                finished = event.get("done") or any(one.get("finish_reason") for one in event.get("choices") or [])
            if finished:
                break
    print()
    if not finished:
        sys.exit("The answer broke off.")
except urllib.error.HTTPError as error:
    sys.exit(f"HTTP {error.code}: {error.read().decode(errors='replace')}")
except OSError as error:
    sys.exit(str(error))
except (AttributeError, KeyError, TypeError, ValueError) as error:
    sys.exit(f"The gateway's answer is none: {error!r}")
