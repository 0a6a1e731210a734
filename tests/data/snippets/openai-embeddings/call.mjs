// openai 4 or later, Node 18 or later · any OpenAI-compatible server
// npm install openai
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
const answer = await client.embeddings.create({
  model: "text-embedding-3-small",
  input: [
    "a",
    "b",
  ],
  encoding_format: "float",
});
for (const item of answer.data) console.log(JSON.stringify(item.embedding));
