/**
 * Whoever read the log may be gone (`npm start | head`, a closed terminal): a line that nobody takes must not become an error that is logged in
 * turn, for ever and on a whole core.
 */
export function ignoreLostOutput() {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
}
