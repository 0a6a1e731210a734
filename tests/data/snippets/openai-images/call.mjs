// openai 4 or later, Node 18 or later · any OpenAI-compatible server
// npm install openai
import { writeFileSync } from "node:fs";
import OpenAI from "openai";

const need = (name) => {
  if (!process.env[name]) throw new Error(name + " is not set");
  return process.env[name];
};
const client = new OpenAI({
  baseURL: need("OPENAI_BASE_URL"),
  apiKey: process.env.OPENAI_API_KEY || "none", // any word where the server wants no key
  maxRetries: 0, // a call is sent once: it may have to be paid
  timeout: 60_000,
});
const answer = await client.images.generate({
  model: "dall-e-3",
  prompt: "A gate",
  size: "1024x1024",
  n: 2,
});
answer.data.forEach((image, index) => {
  const file = `image-${index + 1}.png`;
  if (image.b64_json) writeFileSync(file, Buffer.from(image.b64_json, "base64"));
  console.log(image.url ?? file);
});
