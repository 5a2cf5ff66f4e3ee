import "server-only";
import { readFileSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { CORE_SCHEMA, load } from "js-yaml";
import { isRecord, record, records, text, texts } from "@/lib/model/json";

/** What a kubeconfig says of a user and the client library does not read. */
export interface UserExtras {
  /** Absolute path of a file whose token goes before the one that is written in the kubeconfig; null = none. */
  readonly tokenFile: string | null;
  /** Of whom is impersonated, besides the name: `Impersonate-Group`, `-Uid`, `-Extra-KEY`. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  /** Of the credential plugin, its command as it is started from anywhere; null = none. */
  readonly exec: Readonly<Record<string, unknown>> | null;
}

export const NO_EXTRAS: UserExtras = { tokenFile: null, headers: {}, exec: null };

/** A command with a folder is one beside the kubeconfig; a bare name is looked for on the PATH. */
function toExec(exec: unknown, folder: string): UserExtras["exec"] {
  if (!isRecord(exec)) return null;
  const command = text(exec.command);
  return command?.includes("/") && !isAbsolute(command) ? { ...exec, command: resolve(folder, command) } : exec;
}

function toHeaders(user: Readonly<Record<string, unknown>>): Record<string, string | string[]> {
  const [groups, uid] = [texts(user["as-groups"]), text(user["as-uid"])];
  const extra = Object.entries(record(user["as-user-extra"])).map(([key, values]) => [`Impersonate-Extra-${encodeURIComponent(key)}`, [...texts(values)]]);
  return { ...(groups.length > 0 && { "Impersonate-Group": [...groups] }), ...(uid && { "Impersonate-Uid": uid }), ...Object.fromEntries(extra) };
}

/** By the name of the user, of the text of a kubeconfig in `folder`. */
export function readUserExtras(body: string, folder: string): ReadonlyMap<string, UserExtras> {
  const found = new Map<string, UserExtras>();
  for (const entry of records(record(load(body, { schema: CORE_SCHEMA })).users)) {
    const [name, user] = [text(entry.name), entry.user];
    if (!name || !isRecord(user)) continue;
    const file = text(user.tokenFile);
    found.set(name, { tokenFile: file ? resolve(folder, file) : null, headers: toHeaders(user), exec: toExec(user.exec, folder) });
  }
  return found;
}

/** The extension of a cluster that its credential plugin is given. */
const FOR_PLUGIN = "client.authentication.k8s.io/exec";

/** By the name of the cluster, what a credential plugin is to know of it beside its address. */
export function readPluginConfigs(body: string): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  for (const { name, cluster } of records(record(load(body, { schema: CORE_SCHEMA })).clusters)) {
    const own = records(record(cluster).extensions).find((each) => each.name === FOR_PLUGIN);
    if (typeof name === "string" && own) found.set(name, own.extension);
  }
  return found;
}

/** The token of a file, without the line end after it. Throws what reading throws, and where the file is empty: nobody means to ask as nobody. */
export function readTokenFile(file: string): string {
  const token = readFileSync(file, "utf8").trim();
  if (token === "") throw new Error(`the token file ${file} is empty`);
  return token;
}
