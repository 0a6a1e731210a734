// JavaScript, Node 18 or later, without packages · a Livepeer AI gateway
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";

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
  ["name=\"api_key\"", need("INPUT_API_KEY")],
  ["name=\"model_id\"", "Salesforce/blip-image-captioning-large"],
]);
const response = await post("/image-to-text", body, type);
await refused(response);
const answer = await response.json();
console.log(answer.text);
