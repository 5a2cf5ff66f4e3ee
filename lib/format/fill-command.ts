import type { ResourceRef } from "../model/resource-ref";
import { toShellWord } from "../model/shell-word";
import { plural } from "./plural";
import { joinWords } from "./words";

/** How kubectl speaks as an identity; a group needs some member to speak. */
function toImpersonation({ kind, namespace, name }: ResourceRef): string {
  if (kind === "ServiceAccount") return `--as=${toShellWord(`system:serviceaccount:${namespace ?? "default"}:${name}`)}`;
  return kind === "Group" ? `--as=nobody --as-group=${toShellWord(name)}` : `--as=${toShellWord(name)}`;
}

/** Puts an object into a command that leaves room for one: `NAMESPACE`, `NAME`, `NODE`, `--as=USER`. What the object does not tell stays. */
export function fillCommand(command: string, ref: ResourceRef): string {
  const namespace = ref.kind === "Namespace" ? ref.name : ref.namespace;
  const isIdentity = ["ServiceAccount", "User", "Group"].includes(ref.kind);
  return command
    .replaceAll(/\bNAMESPACE\b(?!:)/g, () => (namespace === null ? "NAMESPACE" : toShellWord(namespace)))
    .replaceAll(/\bNAME\b(?!:)/g, () => toShellWord(ref.name))
    .replaceAll(/\bNODE\b(?!:)/g, () => (ref.kind === "Node" ? toShellWord(ref.name) : "NODE"))
    .replaceAll(/--as=USER\b/g, () => (isIdentity ? toImpersonation(ref) : "--as=USER"));
}

const PLACES = ["NAMESPACE", "NAME", "NODE", "POD", "SECRET", "USER", "HOST", "API-SERVER"];

/** What the words in capitals of a command stand for; null = it can be run as it is. */
export function roomSentence(command: string): string | null {
  const places = PLACES.filter((place) => new RegExp(`(?<![\\w-])${place}\\b(?![:-])`).test(command));
  if (places.length === 0) return null;
  const identity = places.includes("USER") ? " A service account is system:serviceaccount:NAMESPACE:NAME." : "";
  return `${joinWords(places)} ${plural(places.length, "stands for a name", "stand for names")} of yours; the page of a finding fills in what it knows.${identity}`;
}
