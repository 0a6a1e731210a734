// Writes serving.json and network.json anew after a change of Serving.sol or Network.sol: the contracts' code, the compiler, and the digest of
// what was compiled.
"use strict";
const crypto = require("crypto");
const fs = require("fs");
const path = require("path");
const solc = require("solc");

function compile(name, contracts) {
  const source = fs.readFileSync(path.join(__dirname, name + ".sol"));
  const settings = { optimizer: { enabled: true, runs: 200 }, evmVersion: "paris", outputSelection: { "*": { "*": ["evm.bytecode.object"] } } };
  const output = JSON.parse(solc.compile(JSON.stringify({ language: "Solidity", sources: { [name + ".sol"]: { content: source.toString() } }, settings })));
  const messages = (output.errors || []).map((one) => one.formattedMessage);
  if (messages.length) {
    console.error(messages.join("\n"));
    process.exit(1);
  }
  const result = { compiler: solc.version(), source: crypto.createHash("sha256").update(source).digest("hex"), bytecode: {} };
  for (const contract of contracts) result.bytecode[contract] = "0x" + output.contracts[name + ".sol"][contract].evm.bytecode.object;
  fs.writeFileSync(path.join(__dirname, name.toLowerCase() + ".json"), JSON.stringify(result, null, 2) + "\n");
}

compile("Serving", ["Serving"]);
compile("Network", ["InferenceServing", "LedgerManager"]);
