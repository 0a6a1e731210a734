# requests 2.20 or later (Python 3.8 or later) · a user agent of 0G serving, which signs and pays
# pip install requests
import json
import os
import sys

import requests

url = os.environ["ZEROG_USER_AGENT_URL"].rstrip("/") + "/v1/provider/0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266/service/llama7b/v1/chat/completions"
payload = {
    "messages": [
        {
            "role": "user",
            "content": "It's \"fine\", isn't it?\n</script> $HOME `id` \\ Grüße",
        },
    ],
    "temperature": 0.50,
    "stream": True,
}
try:
    response = requests.post(url, json=payload, timeout=(10, None), allow_redirects=False, stream=True)
    if response.status_code != 200:
        sys.exit(f"HTTP {response.status_code}: {response.text}")
    for line in response.iter_lines():
        if not line.startswith(b"data:"):
            continue
        data = line[5:].strip()
        if data == b"[DONE]":
            break
        chunk = json.loads(data)
        if chunk.get("error"):
            sys.exit(f"The service: {chunk['error']}")
        for choice in chunk.get("choices") or []:
            print((choice.get("delta") or {}).get("content") or "", end="", flush=True)
    print()
except requests.RequestException as error:
    sys.exit(f"The user agent: {error}")
