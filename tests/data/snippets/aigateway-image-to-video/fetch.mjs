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
const imageFile = "my photo;1.png";
const [body, type] = form([
  ["name=\"image\"; filename=\"image.png\"\r\nContent-Type: image/png", readFileSync(imageFile)],
  ["name=\"fps\"", "6"],
  ["name=\"model_id\"", "stabilityai/stable-video-diffusion-img2vid-xt-1-1"],
]);
const response = await post("/image-to-video", body, { ...type, Prefer: "respond-async" });
await refused(response);
let answer = await response.json();
const id = answer.request_id;
while (id && !answer.result) {
  await new Promise((over) => setTimeout(over, 1000));
  const asked = await post("/image-to-video/result", JSON.stringify({ request_id: id }), json);
  await refused(asked);
  answer = await asked.json();
}
answer = answer.result ?? answer;
if (answer.error) throw new Error(answer.error.message ?? JSON.stringify(answer.error));
const origin = new URL(gateway).origin;
const save = async (address, name) => {
  const url = new URL(address, origin);
  // Nobody else sees the key.
  const file = await fetch(url, { headers: url.origin === origin ? authorization : {}, signal });
  await refused(file);
  writeFileSync(name, Buffer.from(await file.arrayBuffer()));
  console.log(name);
};
for (const [index, made] of answer.images.entries()) await save(made.url, `video-${index + 1}.mp4`);
