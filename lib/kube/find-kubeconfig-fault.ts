import "server-only";
import { CORE_SCHEMA, load } from "js-yaml";
import { dig, isRecord } from "@/lib/model/json";

type Type = "a text" | "true or false" | "a list" | "a list of texts" | "an object";

const TEXTS = (names: readonly string[]): readonly (readonly [string, Type])[] => names.map((name) => [name, "a text"] as const);

/** What each field of an entry is, by its path; those that nothing here reads are left alone. */
const FIELDS: Readonly<Record<string, readonly (readonly [path: string, type: Type])[]>> = {
  clusters: [
    ...TEXTS(["name"]),
    ["cluster", "an object"],
    ...TEXTS(["server", "certificate-authority", "certificate-authority-data", "tls-server-name", "proxy-url"].map((name) => `cluster.${name}`)),
    ["cluster.insecure-skip-tls-verify", "true or false"],
  ],
  users: [
    ...TEXTS(["name"]),
    ["user", "an object"],
    ...TEXTS(
      ["token", "tokenFile", "username", "password", "client-certificate", "client-certificate-data", "client-key", "client-key-data", "as", "as-uid"].map(
        (name) => `user.${name}`,
      ),
    ),
    ["user.as-groups", "a list of texts"],
    ["user.as-user-extra", "an object"],
    ["user.exec", "an object"],
    ...TEXTS(["user.exec.command", "user.exec.apiVersion"]),
    ["user.exec.args", "a list of texts"],
    ["user.exec.env", "a list"],
    ["user.auth-provider", "an object"],
    ...TEXTS(["user.auth-provider.name"]),
    ["user.auth-provider.config", "an object"],
  ],
  contexts: [...TEXTS(["name"]), ["context", "an object"], ...TEXTS(["context.cluster", "context.user", "context.namespace"])],
};

function isOf(type: Type, value: unknown): boolean {
  if (type === "a text") return typeof value === "string";
  if (type === "true or false") return typeof value === "boolean";
  if (type === "an object") return isRecord(value);
  return Array.isArray(value) && (type === "a list" || value.every((item) => typeof item === "string"));
}

/** The first thing in a kubeconfig that has another type than kubectl takes, in a few words that say nothing of its value; null for none. Throws what the parser throws. */
export function findKubeconfigFault(body: string): string | null {
  const whole = load(body, { schema: CORE_SCHEMA });
  if (!isRecord(whole)) return null;
  const say = (path: string, type: Type, value: unknown): string | null =>
    value === undefined || value === null || isOf(type, value) ? null : `${path} must be ${type}`;
  const own = say("current-context", "a text", whole["current-context"]);
  if (own !== null) return own;
  for (const [section, fields] of Object.entries(FIELDS)) {
    const entries = whole[section] ?? [];
    if (!Array.isArray(entries)) return say(section, "a list", entries);
    for (const [index, entry] of entries.entries()) {
      const place = `${section}[${index}]`;
      if (!isRecord(entry)) return say(place, "an object", entry) ?? `${place} must be an object`;
      for (const [path, type] of fields) {
        const fault = say(`${place}.${path}`, type, dig(entry, ...path.split(".")));
        if (fault !== null) return fault;
      }
    }
  }
  return null;
}
