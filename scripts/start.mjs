// Starts Concentric: builds when the sources changed, then runs the server in this process.
import { existsSync, readFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { ignoreLostOutput } from "./lost-output.mjs";
import { runToEnd } from "./run-to-end.mjs";
import { sourceStamp } from "./source-stamp.mjs";
import { explainUnreadable } from "./unreadable-request.mjs";

const root = path.resolve(import.meta.dirname, "..");
const standalone = path.join(root, ".next", "standalone");
const stampFile = path.join(standalone, "build-stamp");

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function isFree(port, host) {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", (error) => resolve(error.code));
    probe.listen({ port, host }, () => probe.close(() => resolve(true)));
  });
}

const port = Number(process.env.PORT?.trim() || 3000);
if (!Number.isInteger(port) || port < 1 || port > 65_535) fail(`PORT is "${process.env.PORT}"; it must be a number from 1 to 65535.`);
const host = process.env.HOST?.trim() || "127.0.0.1";
if (!["127.0.0.1", "localhost", "::1"].includes(host)) {
  fail(
    `HOST is ${host}, but Concentric has no sign-in yet, so it listens on this machine only: leave HOST out, or set it to 127.0.0.1, and use an SSH tunnel or kubectl port-forward to reach it from elsewhere.`,
  );
}
const free = await isFree(port, host);
if (free === "EADDRINUSE") fail(`Port ${port} on ${host} is taken by another program: stop it, or choose another with PORT=3001 npm start.`);
if (free !== true) fail(`Port ${port} on ${host} cannot be used (${free}): choose another with PORT=3001 npm start.`);

if (!existsSync(stampFile) || readFileSync(stampFile, "utf8") !== sourceStamp()) {
  process.stdout.write("Building Concentric; this takes a minute or, on a busy machine, several, and is done again only when its sources change.\n");
  const status = await runToEnd("npm", ["run", "--silent", "build"], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) fail("The build failed; the lines above say why.");
}

Object.assign(process.env, {
  NODE_ENV: "production",
  NEXT_MANUAL_SIG_HANDLE: "true",
  NEXT_TELEMETRY_DISABLED: "1",
  CONCENTRIC_HOME: root,
  HOSTNAME: host,
  HOST: host,
  PORT: String(port),
  ...(process.argv.includes("--demo") && { CONCENTRIC_DEMO: "1" }),
});
ignoreLostOutput();
explainUnreadable();
await import(path.join(standalone, "server.js"));
