import { spawn } from "node:child_process";
import { constants } from "node:os";

/** Not the end of a terminal: nohup has what is started by it ignore that, and a listener would not. */
const ENDING = ["SIGINT", "SIGTERM"];

/**
 * Runs a command and resolves with its exit status. Whoever ends this process ends the command with it, and so what both were writing: `spawnSync` hears of
 * no signal, and would leave it running.
 */
export function runToEnd(command, args, options) {
  const child = spawn(command, args, options);
  let ended = null;
  const end = (signal) => {
    ended = signal;
    child.kill(signal);
  };
  for (const signal of ENDING) process.on(signal, end);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (status) => {
      for (const signal of ENDING) process.off(signal, end);
      if (ended !== null) process.exit(128 + constants.signals[ended]);
      resolve(status ?? 1);
    });
  });
}
