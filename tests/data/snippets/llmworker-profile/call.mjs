// JavaScript, Node 18 or later or a browser · a worker over the profile: sluicectl worker serve --profile mine --port 8001
// Browsers and Node 22 have WebSocket. Node 18 (Debian 12) and 20 have none: npm install ws
const Socket = globalThis.WebSocket ?? (await import("ws")).default;

const need = (name) => {
  if (!process.env[name]) throw new Error(name + " is not set");
  return process.env[name];
};
const input = {
  type: "add",
  id: "1",
  query: "q",
  assistant: {
    streams: [
      {
        provider: "local",
        settings: {
          model: "docs-chat",
        },
        messages: [
          {
            role: "user",
            content: "{query}",
          },
        ],
      },
    ],
  },
  history: [],
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
