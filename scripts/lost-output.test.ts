import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { expect, it } from "vitest";

const GUARD = path.join(import.meta.dirname, "lost-output.mjs");

/** Logs every error that nobody caught, as the server does, and answers by its exit code with how many there were (at most 100). */
const SERVER = `
  import { ignoreLostOutput } from ${JSON.stringify(GUARD)};
  ignoreLostOutput();
  let errors = 0;
  process.on("uncaughtException", (error) => {
    if ((errors += 1) < 100) console.error(error);
  });
  process.stdin.once("data", () => {
    setInterval(() => {
      console.log("a line that nobody reads");
      console.error("another");
    }, 20);
    setTimeout(() => process.exit(errors), 500);
  });
  console.log("ready");
`;

it("goes on quietly when nobody reads the log any more", async () => {
  const server = spawn(process.execPath, ["--input-type=module", "--eval", SERVER]);
  await once(server.stdout, "data");
  server.stdout.destroy();
  server.stderr.destroy();
  server.stdin.write("go\n");
  const [code] = (await once(server, "exit")) as [number | null];
  expect(code).toBe(0);
});
