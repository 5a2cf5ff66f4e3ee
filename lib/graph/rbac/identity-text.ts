import { parseAccountUser } from "./identity";
import type { Identity } from "./principal";

/** Reads what toIdentityText writes, and user names of service accounts; null for anything else. */
export function parseIdentityText(written: string): Identity | null {
  const account = parseAccountUser(written.replace(/^User\//, ""));
  if (account) return { kind: "ServiceAccount", ...account };
  const slash = written.indexOf("/");
  const [kind, rest] = [written.slice(0, slash), written.slice(slash + 1)];
  if (slash < 0 || rest === "") return null;
  if (kind === "User" || kind === "Group") return { kind, namespace: null, name: rest };
  const [namespace, name, ...more] = rest.split("/");
  return kind === "ServiceAccount" && namespace && name && more.length === 0 ? { kind, namespace, name } : null;
}
