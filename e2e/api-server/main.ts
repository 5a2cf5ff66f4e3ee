import { parseArgs } from "node:util";
import { BUILT_IN_RESOURCES } from "@/lib/demo/built-in-resources";
import { resourceName } from "@/lib/demo/served-resource";
import { openDiskSource } from "./disk-source";
import { startFaultServer } from "./start";

const { values } = parseArgs({
  options: { dir: { type: "string" }, refusing: { type: "boolean", default: false }, port: { type: "string", default: "0" }, token: { type: "string" } },
});
if (values.dir === undefined && !values.refusing) {
  console.error("Say which folder to serve: --dir DIR. With --refusing it serves nothing, and refuses every kind that Kubernetes has.");
  process.exit(1);
}
const server = await startFaultServer({
  source: values.dir === undefined ? [] : await openDiskSource(values.dir),
  port: Number(values.port),
  ...(values.refusing && { denied: BUILT_IN_RESOURCES.map(resourceName) }),
  ...(values.token === undefined ? {} : { token: values.token }),
});
console.log(JSON.stringify({ url: server.url, pid: process.pid }));
