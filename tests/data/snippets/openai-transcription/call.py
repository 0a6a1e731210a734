# openai 1.40 or later (Python 3.8 or later) · any OpenAI-compatible server
# pip install "openai>=1.40"
import os
import sys
from pathlib import Path

from openai import OpenAI, OpenAIError

FILE = "file.wav"
client = OpenAI(
    base_url=os.environ["OPENAI_BASE_URL"],
    api_key=os.environ.get("OPENAI_API_KEY") or "none",  # any word where the server wants no key
    max_retries=0,  # a call is sent once: it may have to be paid
    timeout=60,
)
try:
    answer = client.audio.transcriptions.create(
        model="whisper-1",
        file=Path(FILE),
        language="en",
        temperature=0.0,
        timestamp_granularities=[
            "word",
            "segment",
        ],
    )
    print(answer if isinstance(answer, str) else answer.text)
except OpenAIError as error:
    sys.exit(f"openai: {error}")
