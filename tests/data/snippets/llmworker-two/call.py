# websockets 10 or later (Python 3.8 or later) · an LLM worker
# pip install websockets
import asyncio
import json
import os
import sys

import websockets

ADD = {
    "type": "add",
    "id": "1",
    "query": "And {that}?",
    "assistant": {
        "id": "a1",
        "meta": {
            "description": "Two steps.",
        },
        "streams": [
            {
                "provider": "vllm",
                "settings": {
                    "model": "org/model",
                    "temperature": 0.20,
                },
                "messages": [
                    {
                        "role": "system",
                        "content": "It's {{brief}}.\n$HOME \"so\" </script>",
                    },
                    {
                        "insert": "history",
                    },
                    {
                        "role": "user",
                        "content": "{query}",
                    },
                ],
            },
            {
                "provider": "local",
                "settings": {
                    "model": "m",
                },
                "messages": [
                    {
                        "role": "user",
                        "content": "{previous_stream_output}",
                    },
                ],
            },
        ],
    },
    "history": [
        {
            "role": "user",
            "content": "What is {{this}}?",
        },
        {
            "role": "assistant",
            "content": "grüße 🙂",
        },
    ],
    "tell_streams": True,
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
            elif kind == "stream":  # of those before the last, each on lines of its own
                begins = said["event"] == "begun" and said["stream"] > 1
                print("\n" if begins else said.get("message", ""), end="", flush=True)
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
