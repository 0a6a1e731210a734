# requests 2.20 or later (Python 3.8 or later) · a user agent of 0G serving, which signs and pays
# pip install requests
import os
import sys

import requests

url = os.environ["ZEROG_USER_AGENT_URL"].rstrip("/") + "/v1/provider/0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266/service/a%20b%2Fc%27d/v1/chat/completions"
payload = {
    "messages": [],
    "seed": 9007199254740993,
}
try:
    response = requests.post(url, json=payload, timeout=(10, 60), allow_redirects=False)
    if response.status_code != 200:
        sys.exit(f"HTTP {response.status_code}: {response.text}")
    for choice in response.json()["choices"]:
        print(choice["message"]["content"])
except requests.RequestException as error:
    sys.exit(f"The user agent: {error}")
