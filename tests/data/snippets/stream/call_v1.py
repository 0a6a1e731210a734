# requires livepeer-client (not yet published)
# Written to the version 1 specification of Gateway · BYOC, directly to an orchestrator
# Use a fresh virtual environment: the unrelated package “livepeer” would hide this one.
import os

from livepeer.client import Gateway

payload = {
    "model": "docs",
    "stream": True,
    "messages": [
        {
            "role": "user",
            "content": "What's a ticket?",
        },
    ],
}

signer_auth = os.environ.get("LIVEPEER_SIGNER_AUTH")
gateway = Gateway(
    orch_url=os.environ["LIVEPEER_ORCH_URL"],
    signer_url=os.environ["LIVEPEER_SIGNER_URL"],
    signer_headers={"Authorization": signer_auth} if signer_auth else None,
)
with gateway.stream("docs-chat", input=payload) as events:
    for event in events:
        print(event.data, flush=True)
