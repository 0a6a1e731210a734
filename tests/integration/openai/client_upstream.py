"""What the `openai` package from the Python registry finds at a server that has an OpenAI-compatible one behind it. Prints what it found as JSON."""
import base64
import json

import openai

client = openai.OpenAI(max_retries=2, timeout=20)
TOOL = {"type": "function", "name": "look", "parameters": {"type": "object", "properties": {}}, "strict": False}


def failure(call):
    try:
        call()
    except openai.APIStatusError as error:
        return [type(error).__name__, error.status_code, error.message]
    except openai.APIError as error:
        return [type(error).__name__, None, error.message]
    return None


def read_all(stream):
    for _ in stream:
        pass


found = {
    "embeddings": [one.embedding for one in client.embeddings.create(model="embed", input=["a", "abc"]).data],
    "edited": base64.b64decode(client.images.edit(model="draw", image=("in.png", b"a picture", "image/png"), prompt=" brighter").data[0].b64_json).decode(),
    "completions": [choice.text for choice in client.completions.create(model="m", prompt=["a", "b"]).choices],
    "streamed": "".join(chunk.choices[0].text for chunk in client.completions.create(model="m", prompt="a", stream=True)),
    "tool": client.responses.create(model="m", input="Hi", tools=[TOOL]).output[0].name,
    "response_events": [event.type for event in client.responses.create(model="m", input="Hi", tools=[TOOL], stream=True)],
    "cut": failure(lambda: read_all(client.responses.create(model="m", input="cut", stream=True))),
    "models": [model.id for model in client.models.list()],
    "failures": {
        "embeddings": failure(lambda: client.embeddings.create(model="embed", input="fail 500")),
        "edit": failure(lambda: client.images.edit(model="draw", image=("in.png", b"p", "image/png"), prompt="fail 503")),
        "response": failure(lambda: client.responses.create(model="m", input="fail 500")),
        "haste": failure(lambda: client.embeddings.create(model="embed", input="fail 429")),
    },
}
print(json.dumps(found))
