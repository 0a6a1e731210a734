// openai 4 or later, Node 18 or later · any OpenAI-compatible server
// npm install openai
import { readFileSync } from "node:fs";
import OpenAI from "openai";

const need = (name) => {
  if (!process.env[name]) throw new Error(name + " is not set");
  return process.env[name];
};
const urlFile = "url.png";
const client = new OpenAI({
  baseURL: need("OPENAI_BASE_URL"),
  apiKey: process.env.OPENAI_API_KEY || "none", // any word where the server wants no key
  maxRetries: 0, // a call is sent once: it may have to be paid
  timeout: 60_000,
});
const answer = await client.chat.completions.create({
  model: "gpt-4o",
  messages: [
    {
      role: "user",
      content: [
        {
          type: "text",
          text: "What is this?",
        },
        {
          type: "image_url",
          image_url: {
            url: "data:image/png;base64," + readFileSync(urlFile).toString("base64"),
          },
        },
      ],
    },
  ],
});
for (const choice of answer.choices) console.log(choice.message.content);
