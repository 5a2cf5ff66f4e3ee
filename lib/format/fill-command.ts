import { apiGroup, isNode, type ResourceRef } from "../model/resource-ref";
import { toShellWord } from "../model/shell-word";
import { plural } from "./plural";
import { joinWords } from "../model/join-words";

/** How kubectl speaks as an identity; a group needs some member to speak. */
function toImpersonation({ kind, namespace, name }: ResourceRef): string {
  if (kind === "ServiceAccount") return `--as=${toShellWord(`system:serviceaccount:${namespace ?? "default"}:${name}`)}`;
  return kind === "Group" ? `--as=nobody --as-group=${toShellWord(name)}` : `--as=${toShellWord(name)}`;
}

/** Kinds of which kubectl finds a pod by itself. */
const WITH_PODS = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job"];
/** Operators have kinds of these names, too. */
const GROUPS = ["", "apps", "batch"];

/** A pod of a workload, as `kubectl exec` takes it. */
function toPod(ref: ResourceRef): string {
  const { kind, name } = ref;
  if (kind === "Pod" || kind === "StaticPod") return toShellWord(name);
  return WITH_PODS.includes(kind) && GROUPS.includes(apiGroup(ref)) ? toShellWord(`${kind.toLowerCase()}/${name}`) : "POD";
}

/** Where a command leaves room; headings of columns, as in `NAME:.metadata.name`, are none. */
const ROOM = /--as=USER\b|\b(?:NAMESPACE|NAME|NODE|POD)\b(?!:[.])/g;

/**
 * Puts an object into a command that leaves room for one: `NAMESPACE`, `NAME`, `NODE`, `POD`, `--as=USER`. What the object does not tell stays. All in one
 * pass: a name may hold such a word, and what is put into it there would stand outside of its quotes.
 */
export function fillCommand(command: string, ref: ResourceRef): string {
  const namespace = ref.kind === "Namespace" ? ref.name : ref.namespace;
  const isIdentity = ["ServiceAccount", "User", "Group"].includes(ref.kind);
  return command.replaceAll(ROOM, (room) => {
    if (room === "NAMESPACE") return namespace === null ? room : toShellWord(namespace);
    if (room === "NAME") return toShellWord(ref.name);
    if (room === "NODE") return isNode(ref) ? toShellWord(ref.name) : room;
    if (room === "POD") return toPod(ref);
    return isIdentity ? toImpersonation(ref) : room;
  });
}

const PLACES = ["NAMESPACE", "NAME", "NODE", "POD", "USER", "HOST"];
const TOOLS = ["jq", "openssl", "curl"];

/** What the words in capitals of a command stand for; null = it can be run as it is. */
function roomSentence(command: string): string | null {
  const places = PLACES.filter((place) => new RegExp(`(?<![\\w-])${place}\\b(?!:[.])(?!-)`).test(command));
  if (places.length === 0) return null;
  const identity = places.includes("USER")
    ? " A service account is system:serviceaccount:NAMESPACE:NAME. “no” answers for this right only: the page of a finding asks about the one that was found."
    : "";
  return `${joinWords(places)} ${plural(places.length, "is a placeholder", "are placeholders")}; the page of a finding fills in what it knows.${identity}`;
}

/** What a command needs besides kubectl; null = nothing. */
function toolSentence(command: string): string | null {
  const tools = TOOLS.filter((tool) => new RegExp(`(?:^|[|;] )${tool} `).test(command));
  return tools.length === 0 ? null : `Requires ${joinWords(tools)}.`;
}

const NO_PODS = "A CronJob between runs, or a workload scaled to zero, has no pods to show.";

/** What to know before a command is run; null = nothing. */
export function commandNote(command: string): string | null {
  return (
    [toolSentence(command), roomSentence(command), command.startsWith("kubectl get pods ") ? NO_PODS : null]
      .filter((sentence) => sentence !== null)
      .join(" ") || null
  );
}
