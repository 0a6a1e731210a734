// The exchange of the worker's own README with npm's `ws`; prints what came, as one line of JSON. client.mjs URL PAYLOAD MODELS
import { readFileSync } from "node:fs";
import WebSocket from "ws";

const [url, payloadFile, models] = process.argv.slice(2);
const payload = readFileSync(payloadFile, "utf8");

function open() {
  const socket = new WebSocket(url);
  socket.texts = [];
  socket.on("message", (data) => socket.texts.push(data.toString()));
  return new Promise((resolve, reject) => {
    socket.on("open", () => resolve(socket));
    socket.on("error", reject);
  });
}

async function until(done) {
  for (let i = 0; i < 2000 && !done(); ++i) await new Promise((resolve) => setTimeout(resolve, 10));
  if (!done()) throw new Error("it did not come");
}

const ended = (texts) => texts.length > 0 && ["done", "failed"].includes(JSON.parse(texts.at(-1)).type);

const socket = await open();
socket.send(payload);
await until(() => ended(socket.texts));
const exchange = socket.texts.splice(0);
const unknown = JSON.parse(payload);
unknown.assistant.streams[0].provider = "foo";
socket.send(JSON.stringify(unknown));
await until(() => ended(socket.texts));
const failed = socket.texts.splice(0);
const held = { ...JSON.parse(payload), query: "hold" };
held.assistant.streams[0].provider = "vllm"; // which is patient
socket.send(JSON.stringify(held));
await until(() => socket.texts.length >= 7);
const second = await open();
second.send(JSON.stringify({ type: "listen", job_id: JSON.parse(socket.texts[0]).job_id }));
await new Promise((resolve) => {
  second.on("pong", resolve);
  second.ping();
});
await fetch(models + "/release");
await until(() => ended(second.texts));
console.log(JSON.stringify({ exchange, failed, first: socket.texts, second: second.texts }));
socket.close();
second.close();
