// The same from the `openai` package of npm.
import OpenAI, { toFile } from "openai";

const client = new OpenAI({ maxRetries: 2, timeout: 20000 });
const tool = { type: "function", name: "look", parameters: { type: "object", properties: {} }, strict: false };

async function failure(call) {
  try {
    await call();
  } catch (error) {
    return [error.constructor.name, error.status ?? null, error.message];
  }
  return null;
}

async function all(stream, take) {
  const found = [];
  for await (const one of await stream) found.push(take(one));
  return found;
}

const found = { failures: {} };
found.embeddings = (await client.embeddings.create({ model: "embed", input: ["a", "abc"] })).data.map((one) => Array.from(one.embedding));
const picture = await toFile(Buffer.from("a picture"), "in.png", { type: "image/png" });
const edited = await client.images.edit({ model: "draw", image: picture, prompt: " brighter" });
found.edited = Buffer.from(edited.data[0].b64_json, "base64").toString();
found.completions = (await client.completions.create({ model: "m", prompt: ["a", "b"] })).choices.map((choice) => choice.text);
found.streamed = (await all(client.completions.create({ model: "m", prompt: "a", stream: true }), (chunk) => chunk.choices[0].text)).join("");
if (client.responses) {
  found.tool = (await client.responses.create({ model: "m", input: "Hi", tools: [tool] })).output[0].name;
  found.response_events = await all(client.responses.create({ model: "m", input: "Hi", tools: [tool], stream: true }), (event) => event.type);
  found.cut = await failure(() => all(client.responses.create({ model: "m", input: "cut", stream: true }), () => 0));
  found.failures.response = await failure(() => client.responses.create({ model: "m", input: "fail 500" }));
}
found.models = (await client.models.list()).data.map((one) => one.id);
found.failures.embeddings = await failure(() => client.embeddings.create({ model: "embed", input: "fail 500" }));
found.failures.edit = await failure(() => client.images.edit({ model: "draw", image: picture, prompt: "fail 503" }));
found.failures.haste = await failure(() => client.embeddings.create({ model: "embed", input: "fail 429" }));
console.log(JSON.stringify(found));
