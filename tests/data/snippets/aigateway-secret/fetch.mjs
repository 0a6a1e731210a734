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

const input = {
  text: "a",
  api_key: need("INPUT_API_KEY"),
  model_id: "parler-tts/parler-tts-large-v1",
};
const body = JSON.stringify(input);

const response = await post("/text-to-speech", body, json);
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
await save(answer.audio.url, "speech.wav");
