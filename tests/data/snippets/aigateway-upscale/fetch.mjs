// JavaScript, Node 18 or later, without packages · a Livepeer AI gateway
import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

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

const form = (parts) => {
  const boundary = randomUUID();
  const pieces = parts.flatMap(([head, value]) => [`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`, value, "\r\n"]);
  const bytes = [...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece));
  return [Buffer.concat(bytes), { "Content-Type": "multipart/form-data; boundary=" + boundary }];
};
const imageFile = "image.png";
const [body, type] = form([
  ["name=\"image\"; filename=\"image.png\"\r\nContent-Type: image/png", readFileSync(imageFile)],
  ["name=\"prompt\"", "a"],
  ["name=\"model_id\"", "stabilityai/stable-diffusion-x4-upscaler"],
]);
const response = await post("/upscale", body, type);
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
