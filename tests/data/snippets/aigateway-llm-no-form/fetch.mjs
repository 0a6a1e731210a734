// JavaScript, Node 18 or later, without packages · a Livepeer AI gateway

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
  model: "meta-llama/Meta-Llama-3.1-8B-Instruct",
  messages: [
    {
      role: "user",
      content: "a",
    },
    {
      role: "assistant",
      content: "b",
    },
  ],
  stream: false,
  max_tokens: 256,
};
const body = JSON.stringify(input);

const response = await post("/llm", body, json);
await refused(response);
const textOf = (said) => {
  if (said.error) throw new Error(said.error.message ?? JSON.stringify(said.error));
  if (said.done) return ""; // its text is a mark
  const choices = (said.choices ?? []).map((choice) => (choice.message ?? choice.delta)?.content ?? "");
  return (said.response ?? said.chunk ?? "") + choices.join("");
};
const answer = await response.json();
if (!answer.response && !answer.choices?.length) throw new Error("The answer has no text: " + JSON.stringify(answer));
console.log(textOf(answer));
