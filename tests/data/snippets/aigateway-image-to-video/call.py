# Python 3.8 or later, without packages · a Livepeer AI gateway
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from urllib.parse import urljoin, urlsplit

IMAGE_FILE = "my photo;1.png"
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
    ("name=\"fps\"", "6".encode()),
    ("name=\"model_id\"", "stabilityai/stable-video-diffusion-img2vid-xt-1-1".encode()),
])
try:
    with opened(GATEWAY + "/image-to-video", data, {"Content-Type": kind, "Prefer": "respond-async"}) as response:
        answer = json.load(response)
    job = answer.get("request_id")
    until = time.monotonic() + 60
    while job and "result" not in answer:
        if time.monotonic() > until:
            sys.exit("The job takes too long.")
        time.sleep(1)
        with opened(GATEWAY + "/image-to-video/result", json.dumps({"request_id": job}).encode(), {"Content-Type": "application/json"}) as response:
            answer = json.load(response)
    answer = answer.get("result", answer)
    if answer.get("error"):
        sys.exit(f"The gateway: {answer['error']}")
    for number, made in enumerate(answer["images"], 1):
        url = urljoin(ORIGIN, made["url"])
        if not url.startswith(("http://", "https://", "data:")):
            sys.exit("The gateway names no file.")
        with opened(url) as file:
            Path(f"video-{number}.mp4").write_bytes(file.read())
        print(f"video-{number}.mp4")
except urllib.error.HTTPError as error:
    sys.exit(f"HTTP {error.code}: {error.read().decode(errors='replace')}")
except OSError as error:
    sys.exit(str(error))
except (AttributeError, KeyError, TypeError, ValueError) as error:
    sys.exit(f"The gateway's answer is none: {error!r}")
