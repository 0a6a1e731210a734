# Python 3.8 or later, without packages · a Livepeer AI gateway
import json
import os
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urljoin, urlsplit

GATEWAY = os.environ["LIVEPEER_AI_GATEWAY_URL"].rstrip("/")
KEY = os.environ.get("LIVEPEER_AI_GATEWAY_KEY")
ORIGIN = "{0.scheme}://{0.netloc}/".format(urlsplit(GATEWAY))


def opened(url, data=None, headers={}):
    request = urllib.request.Request(url, data=data, headers=headers)
    if KEY and url.startswith(ORIGIN):  # nobody else sees the key
        request.add_unredirected_header("Authorization", "Bearer " + KEY)
    return urllib.request.urlopen(request, timeout=60)


payload = {
    "prompt": "A gate|It's open",
    "guidance_scale": 7.50,
    "num_images_per_prompt": 2,
    "loras": "{\"a/b\":1.0}",
    "model_id": "stabilityai/sdxl-turbo",
}
data, kind = json.dumps(payload).encode(), "application/json"
try:
    with opened(GATEWAY + "/text-to-image", data, {"Content-Type": kind}) as response:
        answer = json.load(response)
    for number, made in enumerate(answer["images"], 1):
        url = urljoin(ORIGIN, made["url"])
        if not url.startswith(("http://", "https://", "data:")):
            sys.exit("The gateway names no file.")
        with opened(url) as file:
            Path(f"image-{number}.png").write_bytes(file.read())
        print(f"image-{number}.png")
except urllib.error.HTTPError as error:
    sys.exit(f"HTTP {error.code}: {error.read().decode(errors='replace')}")
except OSError as error:
    sys.exit(str(error))
except (AttributeError, KeyError, TypeError, ValueError) as error:
    sys.exit(f"The gateway's answer is none: {error!r}")
