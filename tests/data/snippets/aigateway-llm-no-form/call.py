# Python 3.8 or later, without packages · a Livepeer AI gateway
import json
import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit

GATEWAY = os.environ["LIVEPEER_AI_GATEWAY_URL"].rstrip("/")
KEY = os.environ.get("LIVEPEER_AI_GATEWAY_KEY")
ORIGIN = "{0.scheme}://{0.netloc}/".format(urlsplit(GATEWAY))


def opened(url, data=None, headers={}):
    request = urllib.request.Request(url, data=data, headers=headers)
    if KEY and url.startswith(ORIGIN):  # nobody else sees the key
        request.add_unredirected_header("Authorization", "Bearer " + KEY)
    return urllib.request.urlopen(request, timeout=60)


def text_of(said):
    if said.get("error"):
        sys.exit(f"The gateway: {said['error']}")
    if said.get("done"):  # its text is a mark
        return ""
    text = said.get("response") or said.get("chunk") or ""
    for choice in said.get("choices") or []:
        text += (choice.get("message") or choice.get("delta") or {}).get("content") or ""
    return text


payload = {
    "model": "meta-llama/Meta-Llama-3.1-8B-Instruct",
    "messages": [
        {
            "role": "user",
            "content": "a",
        },
        {
            "role": "assistant",
            "content": "b",
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
