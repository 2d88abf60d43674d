// How long an edit takes to reach the browser: node preview.mjs PROGRAM SITE [--hugo PROGRAM SITE] [--edits N]
//
// SITE is a project with content/phuong-00000/2005-2010/review.md, as ../shared/bench/corpus.py makes it. Puts a word into the body
// of that report, N times, and measures from the close of the file to the event in the stream of news, and what each
// program says of its own rebuild. Hugo's event is the message of its live reload. Prints medians in milliseconds.

import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

const REPORT = "content/phuong-00000/2005-2010/review.md";
const PAGE = "phuong-00000/2005-2010/review";

const words = process.argv.slice(2);
const option = (name, count) => {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words.splice(at, count + 1).slice(1);
};
const hugo = option("--hugo", 2);
const edits = Number(option("--edits", 1)?.[0] ?? 9);
const [program, site] = words;
if (site === undefined) {
  console.error("usage: node preview.mjs PROGRAM SITE [--hugo PROGRAM SITE] [--edits N]");
  process.exit(2);
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const median = (all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)];
const shown = (all) => `${median(all).toFixed(0)} (${Math.min(...all).toFixed(0)}–${Math.max(...all).toFixed(0)})`;

/** Puts a word into the body; gives the time at which the file was closed. */
function edit(root, number) {
  const file = join(root, REPORT);
  const text = readFileSync(file, "utf8");
  const at = text.indexOf("\n## ") + 4;
  const descriptor = openSync(file, "w");
  writeSync(descriptor, `${text.slice(0, at)}Sửa${number} ${text.slice(at)}`);
  closeSync(descriptor);
  return performance.now();
}

/** Starts a program and collects what it says; `ready` is told when it has said `sign`. */
function start(command, args, sign) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  const told = { text: "" };
  const ready = new Promise((done) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (part) => {
        told.text += part;
        if (sign.test(told.text)) done();
      });
    }
  });
  return { child, told, ready };
}

async function measure(name, { child, told, ready }, listen, root, said) {
  await ready;
  await pause(3000);
  const heard = await listen();
  const latencies = [];
  // The first edit warms up: it may meet the stream's greeting.
  for (let number = -1; number < edits; number += 1) {
    const news = heard();
    const closed = edit(root, number);
    const latency = (await news) - closed;
    if (number >= 0) latencies.push(latency);
    await pause(1500);
  }
  const own = [...told.text.matchAll(said)].map((match) => Number(match[1].replace(",", "."))).slice(-edits);
  child.kill("SIGINT");
  return console.log(`${name}: close to event ${shown(latencies)} ms; own rebuild ${own.length > 0 ? shown(own) : "?"}`);
}

/** Reads the stream of news of the page; each call of what it gives waits for the next message. */
async function news(port) {
  const html = await (await fetch(`http://127.0.0.1:${port}/${PAGE}.html`)).text();
  const [, script] = /src="(\/_nhiemky\/preview\.js[^"]*)"/.exec(html);
  const made = new URL(script.replaceAll("&amp;", "&"), "http://x").searchParams;
  const query = new URLSearchParams({ page: `/${PAGE}.html`, since: made.get("since"), session: made.get("session"), have: made.get("have") });
  const answer = await fetch(`http://127.0.0.1:${port}/_nhiemky/events?${query}`);
  const reader = answer.body.getReader();
  let tell = () => {};
  // The stream breaks off when the program is stopped.
  (async () => {
    for (;;) {
      const { done, value } = await reader.read().catch(() => ({ done: true }));
      if (done) return;
      if (new TextDecoder().decode(value).includes("data:")) tell(performance.now());
    }
  })();
  return () => new Promise((done) => { tell = done; });
}

/** Hugo's live reload speaks WebSocket. */
async function liveReload(port) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/livereload`);
  await new Promise((done) => { socket.onopen = done; });
  socket.send(JSON.stringify({ command: "hello", protocols: ["http://livereload.com/protocols/official-7"] }));
  let tell = () => {};
  socket.onmessage = ({ data }) => { if (String(data).includes('"reload"')) tell(performance.now()); };
  return () => new Promise((done) => { tell = done; });
}

const ours = start(program, ["serve", "--root", site, "--port", "4950", "--lang", "en"], /Updated/);
await measure("nhiemky", ours, () => news(4950), site, /Updated .*· (\d+) ms/g);
if (hugo !== undefined) {
  const theirs = start(hugo[0], ["server", "-s", hugo[1], "--port", "4951", "--renderToMemory"], /Press Ctrl\+C/);
  await measure("hugo server", theirs, () => liveReload(4951), hugo[1], /Total in (\d+) ms/g);
}
process.exit(0);
