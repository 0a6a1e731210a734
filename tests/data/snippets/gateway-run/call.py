# Python 3.8 or later, without packages · BYOC, through a gateway that signs and pays
# (livepeer-gateway 1.0, the published package, reaches orchestrators only.)
import base64
import json
import os
import sys
import urllib.error
import urllib.request
import uuid

payload = {
    "text": "it's a fine day, isn't it?\n</script>\u2028",
    "max_keywords": 5,
    "ratio": 0.25,
    "detailed": True,
    "language": None,
    "tags": [
        "a",
        "b",
    ],
    "options": {
        "order": [
            "z",
            "a",
        ],
        "b": 1,
        "a": 2,
    },
}
job = {
    "request": "{}",
    "parameters": "{\"orchestrators\":{\"include\":[\"it's.example\"]}}",
    "capability": "text-analysis",
    "timeout_seconds": 60,
}
job["id"] = str(uuid.uuid4())

request = urllib.request.Request(
    os.environ["LIVEPEER_GATEWAY_URL"].rstrip("/") + "/process/request/text-analysis",
    data=json.dumps(payload).encode(),
    headers={"Content-Type": "application/json", "Livepeer": base64.b64encode(json.dumps(job).encode()).decode()},
)
try:
    with urllib.request.urlopen(request, timeout=70) as response:
        answer = response.read()
except urllib.error.HTTPError as error:
    sys.exit(f"HTTP {error.code}: {error.read().decode(errors='replace')}")
if not answer:
    sys.exit("No orchestrator took the job.")
sys.stdout.buffer.write(answer)
