// JavaScript, Node 18 or later, without packages · a Livepeer AI gateway
import { writeFileSync } from "node:fs";

const need = (name) => {
  if (!process.env[name]) throw new Error(name + " is not set");
  return process.env[name];
};
const gateway = need("LIVEPEER_AI_GATEWAY_URL").replace(/\/$/, "");
const key = process.env.LIVEPEER_AI_GATEWAY_KEY;
const authorization = key ? { Authorization: "Bearer " + key } : {};
const signal = AbortSignal.timeout(60_000);
const post = (path, body, headers = {}) =>
  fetch(gateway + path, { method: "POST", headers: { ...authorization, ...headers }, body, signal });
const json = { "Content-Type": "application/json" };
const refused = async (answer) => {
  if (!answer.ok) throw new Error("HTTP " + answer.status + ": " + (await answer.text()));
};

// As text: JavaScript would change a number or a key of it.
const body = "{\"prompt\":\"A gate|It's open\",\"guidance_scale\":7.50,\"num_images_per_prompt\":2,\"loras\":\"{\\\"a/b\\\":1.0}\",\"model_id\":\"stabilityai/sdxl-turbo\"}";

const response = await post("/text-to-image", body, json);
await refused(response);
const answer = await response.json();
const origin = new URL(gateway).origin;
const save = async (address, name) => {
  const url = new URL(address, origin);
  // Nobody else sees the key.
  const file = await fetch(url, { headers: url.origin === origin ? authorization : {}, signal });
  await refused(file);
  writeFileSync(name, Buffer.from(await file.arrayBuffer()));
  console.log(name);
};
for (const [index, made] of answer.images.entries()) await save(made.url, `image-${index + 1}.png`);
