# requests 2.20 or later (Python 3.8 or later) · a user agent of 0G serving, which signs and pays
# pip install requests
import base64
import json
import os
import sys
from pathlib import Path

import requests

DATA_FILE = "data.bin"
url = os.environ["ZEROG_USER_AGENT_URL"].rstrip("/") + "/v1/provider/0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266/service/files"
payload = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "zgs_uploadSegment",
    "params": [
        {
            "root": "0x12",
            "data": base64.b64encode(Path(DATA_FILE).read_bytes()).decode(),
        },
    ],
}
try:
    response = requests.post(url, json=payload, timeout=(10, 60), allow_redirects=False)
    if response.status_code != 200:
        sys.exit(f"HTTP {response.status_code}: {response.text}")
    print(json.dumps(response.json(), indent=2, ensure_ascii=False))
except requests.RequestException as error:
    sys.exit(f"The user agent: {error}")
