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
const answer = await client.audio.speech.create({
  model: "tts-1",
  input: "The gate is open.",
  voice: "alloy",
  response_format: "wav",
});
writeFileSync("speech.wav", Buffer.from(await answer.arrayBuffer()));
console.log("speech.wav");
