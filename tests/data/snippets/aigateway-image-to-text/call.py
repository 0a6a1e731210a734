# Python 3.8 or later, without packages · a Livepeer AI gateway
import json
import os
import sys
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from urllib.parse import urlsplit

IMAGE_FILE = "image.png"
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


data, kind = form([
    ("name=\"image\"; filename=\"image.png\"\r\nContent-Type: image/png", Path(IMAGE_FILE).read_bytes()),
    ("name=\"model_id\"", "Salesforce/blip-image-captioning-large".encode()),
])
try:
    with opened(GATEWAY + "/image-to-text", data, {"Content-Type": kind}) as response:
        answer = json.load(response)
    print(answer["text"])
except urllib.error.HTTPError as error:
    sys.exit(f"HTTP {error.code}: {error.read().decode(errors='replace')}")
except OSError as error:
    sys.exit(str(error))
except (AttributeError, KeyError, TypeError, ValueError) as error:
    sys.exit(f"The gateway's answer is none: {error!r}")
