# websockets 10 or later (Python 3.8 or later) · an LLM worker
# pip install websockets
import asyncio
import base64
import json
import os
import sys
from pathlib import Path

import websockets

QUERY_FILE = "query.bin"
ADD = {
    "type": "add",
    "id": "1",
    "query": base64.b64encode(Path(QUERY_FILE).read_bytes()).decode(),
    "assistant": {
        "streams": [],
    },
    "history": [],
}


async def call():
    """Prints the answer as it comes; gives what went wrong, or nothing."""
    async with websockets.connect(os.environ["LLM_WORKER_URI"], max_size=None) as worker:
        await worker.send(json.dumps(ADD))
        job = None
        async for text in worker:
            said = json.loads(text)
            kind = said.get("type")
            if kind == "resp_add" and said.get("id") == ADD["id"]:
                job = said["job_id"]
            elif job is None or said.get("job_id") != job:
                continue  # of another job, or of a kind that this code does not know
            elif kind == "running":
                print(said["message"], end="", flush=True)
            elif kind == "failed":
                return f"\nThe job failed: {said['message']}"
            elif kind == "done":
                print()
                return None
    return "\nThe worker ended the connection before the job was done."


try:
    problem = asyncio.run(asyncio.wait_for(call(), 60))
except asyncio.TimeoutError:
    problem = "\nThe job takes too long."
except (OSError, websockets.WebSocketException) as error:
    problem = f"\nThe worker: {error}"
sys.exit(problem)
