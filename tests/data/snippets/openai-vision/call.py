# openai 1.40 or later (Python 3.8 or later) · any OpenAI-compatible server
# pip install "openai>=1.40"
import base64
import os
import sys
from pathlib import Path

from openai import OpenAI, OpenAIError

URL_FILE = "url.png"
client = OpenAI(
    base_url=os.environ["OPENAI_BASE_URL"],
    api_key=os.environ.get("OPENAI_API_KEY") or "none",  # any word where the server wants no key
    max_retries=0,  # a call is sent once: it may have to be paid
    timeout=60,
)
try:
    answer = client.chat.completions.create(
        model="gpt-4o",
        messages=[
            {
                "role": "user",
                "content": [
                    {
                        "type": "text",
                        "text": "What is this?",
                    },
                    {
                        "type": "image_url",
                        "image_url": {
                            "url": "data:image/png;base64," + base64.b64encode(Path(URL_FILE).read_bytes()).decode(),
                        },
                    },
                ],
            },
        ],
    )
    for choice in answer.choices:
        print(choice.message.content)
except OpenAIError as error:
    sys.exit(f"openai: {error}")
