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
const answer = await client.chat.completions.create({
  model: "meta-llama/Llama-3.1-8B-Instruct",
  messages: [
    {
      role: "system",
      content: "Be brief.",
    },
    {
      role: "user",
      content: "It's \"fine\", isn't it?\n<\/script>",
    },
  ],
  temperature: 0.5,
  top_k: 40,
});
for (const choice of answer.choices) console.log(choice.message.content);
