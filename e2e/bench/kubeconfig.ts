import { writeFileSync } from "node:fs";

/** Writes a kubeconfig (YAML is a superset of JSON) that points at one server. */
export function writeKubeconfig(file: string, server: string): void {
  writeFileSync(
    file,
    JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      "current-context": "bench",
      clusters: [{ name: "bench", cluster: { server } }],
      users: [{ name: "bench", user: {} }],
      contexts: [{ name: "bench", context: { cluster: "bench", user: "bench" } }],
    }),
  );
}
