// JavaScript, Node 18 or later or a browser · an LLM worker
// Browsers and Node 22 have WebSocket. Node 18 (Debian 12) and 20 have none: npm install ws
const Socket = globalThis.WebSocket ?? (await import("ws")).default;

const need = (name) => {
  if (!process.env[name]) throw new Error(name + " is not set");
  return process.env[name];
};
const input = {
  type: "add",
  id: "1",
  query: "And {that}?",
  assistant: {
    streams: [
      {
        provider: "vllm",
        settings: {
          model: "m",
          api_key: need("INPUT_API_KEY"),
        },
        messages: [],
      },
    ],
  },
  history: [
    {
      role: "user",
      content: "What is {{this}}?",
    },
    {
      role: "assistant",
      content: "grüße 🙂",
    },
  ],
  tell_streams: true,
};
const body = JSON.stringify(input);

const inPage = typeof document !== "undefined";
const print = (text) => (inPage ? document.body.append(text) : process.stdout.write(text));
// A page has no environment: put the address in its place there.
const worker = new Socket(inPage ? "ws://localhost:8001/ws/" : need("LLM_WORKER_URI"));
const problem = await new Promise((end) => {
  let job;
  setTimeout(() => end("The job takes too long."), 60_000).unref?.();
  worker.onopen = () => worker.send(body);
  worker.onmessage = ({ data }) => {
    const said = JSON.parse(data);
    if (said.type === "resp_add") job = said.job_id;
    else if (!job || said.job_id !== job) return; // of another job, or of a kind that this code does not know
    else if (said.type === "stream") print(said.event === "begun" && said.stream > 1 ? "\n" : said.message ?? ""); // those before the last
    else if (said.type === "running") print(said.message);
    else if (said.type === "failed") end("The job failed: " + said.message);
    else if (said.type === "done") end();
  };
  worker.onerror = ({ message }) => end("No connection: " + (message || "it was refused, or it broke"));
  worker.onclose = () => end("The worker ended the connection before the job was done.");
});
print("\n");
worker.close();
if (problem) throw new Error(problem);
