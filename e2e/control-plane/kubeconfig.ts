import { readFileSync, writeFileSync } from "node:fs";

interface SignIn {
  /** A bearer token; left out = nobody signs in. */
  readonly token?: string;
  /** PEM of the authority; left out = the server is plain HTTP. */
  readonly caFile?: string | undefined;
  /** Of the context. */
  readonly name?: string;
}

/** Writes a kubeconfig with one context, and returns its path. JSON is YAML. */
export function writeKubeconfig(file: string, url: string, { token, caFile, name = "concentric-e2e" }: SignIn = {}): string {
  const authority = caFile === undefined ? {} : { "certificate-authority-data": readFileSync(caFile).toString("base64") };
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server: url, ...authority } }],
    users: [{ name, user: token === undefined ? {} : { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  };
  writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  return file;
}
