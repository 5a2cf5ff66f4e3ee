import { readFileSync, writeFileSync } from "node:fs";

/** Writes a kubeconfig with one context and a bearer token. JSON is YAML. Without `caFile` the server is plain HTTP. */
export function writeKubeconfig(file: string, url: string, token: string, caFile?: string, name = "concentric-e2e"): string {
  const authority = caFile === undefined ? {} : { "certificate-authority-data": readFileSync(caFile).toString("base64") };
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server: url, ...authority } }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  };
  writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  return file;
}
