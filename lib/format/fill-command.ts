import type { ResourceRef } from "../model/resource-ref";
import { toShellWord } from "../model/shell-word";

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
