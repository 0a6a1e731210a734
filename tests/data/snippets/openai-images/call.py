# openai 1.40 or later (Python 3.8 or later) · any OpenAI-compatible server
# pip install "openai>=1.40"
import base64
import os
import sys
from pathlib import Path

from openai import OpenAI, OpenAIError

client = OpenAI(
    base_url=os.environ["OPENAI_BASE_URL"],
    api_key=os.environ.get("OPENAI_API_KEY") or "none",  # any word where the server wants no key
    max_retries=0,  # a call is sent once: it may have to be paid
    timeout=60,
)
try:
    answer = client.images.generate(
        model="dall-e-3",
        prompt="A gate",
        size="1024x1024",
        n=2,
    )
    for number, image in enumerate(answer.data, 1):
        if image.b64_json:
            Path(f"image-{number}.png").write_bytes(base64.b64decode(image.b64_json))
        print(image.url or f"image-{number}.png")
except OpenAIError as error:
    sys.exit(f"openai: {error}")
