import { parseArgs } from "node:util";
import { openDiskSource } from "./disk-source";
import { startFaultServer } from "./start";

const { values } = parseArgs({
  options: { dir: { type: "string" }, port: { type: "string", default: "0" }, token: { type: "string" } },
});
if (values.dir === undefined) {
  console.error("Say which folder to serve: --dir DIR");
  process.exit(1);
}
const source = await openDiskSource(values.dir);
const server = await startFaultServer({ source, port: Number(values.port), ...(values.token === undefined ? {} : { token: values.token }) });
console.log(JSON.stringify({ url: server.url, pid: process.pid }));
