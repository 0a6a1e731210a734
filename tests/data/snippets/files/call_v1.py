# requires livepeer-client (not yet published)
# Written to the version 1 specification of Gateway · BYOC, directly to an orchestrator
# Use a fresh virtual environment: the unrelated package “livepeer” would hide this one.
import base64
import json
import os
from pathlib import Path

from livepeer.client import Gateway

IMAGE_FILE = "image.png"
MASK_FILE = "it's a mask.png"
payload = {
    "filter": "edges",
    "image": base64.b64encode(Path(IMAGE_FILE).read_bytes()).decode(),
    "mask": "data:image/png;base64," + base64.b64encode(Path(MASK_FILE).read_bytes()).decode(),
    "icon": "aWNvbg==",
    "api_key": os.environ["INPUT_API_KEY"],
}

signer_auth = os.environ.get("LIVEPEER_SIGNER_AUTH")
gateway = Gateway(
    orch_url=os.environ["LIVEPEER_ORCH_URL"],
    signer_url=os.environ["LIVEPEER_SIGNER_URL"],
    signer_headers={"Authorization": signer_auth} if signer_auth else None,
)
result = gateway.run("image-filter", input=payload, timeout=60)
print(json.dumps(result, ensure_ascii=False, indent=2))
