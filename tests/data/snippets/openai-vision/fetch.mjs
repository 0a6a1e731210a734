// JavaScript, Node 18 or later, without packages · any OpenAI-compatible server
import { readFileSync } from "node:fs";

const need = (name) => {
  if (!process.env[name]) throw new Error(name + " is not set");
  return process.env[name];
};
const urlFile = "url.png";
const input = {
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
};
const body = JSON.stringify(input);

const key = process.env.OPENAI_API_KEY;
const headers = {
  "Content-Type": "application/json",
  ...(key && { Authorization: "Bearer " + key }),
};
const url = need("OPENAI_BASE_URL").replace(/\/$/, "") + "/chat/completions";
const response = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(60_000) });
if (!response.ok) throw new Error("HTTP " + response.status + ": " + (await response.text()));
process.stdout.write(Buffer.from(await response.arrayBuffer()));
