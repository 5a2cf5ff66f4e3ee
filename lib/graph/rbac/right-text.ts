import { toShellWord } from "../../model/shell-word";
import type { HeldRight } from "./held-right";
import type { Grant } from "./principal";

const ALL = "every resource";
const CORE = "the core API group";
const EVERYWHERE = "in the whole cluster";

function andList(words: readonly string[]): string {
  const unique = [...new Set(words)];
  return unique.length < 2 ? unique.join("") : `${unique.slice(0, -1).join(", ")} and ${unique.at(-1)}`;
}

function firstOf(list: string): string {
  return list.split(/, | and /)[0] ?? "";
}

/** `*` in `resources` reaches only as far as the API groups of the rule. */
function describeAll(apiGroups: readonly string[]): string {
  return apiGroups.includes("*") ? ALL : `${ALL} of ${andList(apiGroups.map((group) => group || CORE))}`;
}

/** `get and list on secrets called a, b in namespace payments`. */
export function describeRights(rights: readonly HeldRight[], grant: Pick<Grant, "rule" | "namespace">): string {
  const verbs = andList(rights.map((right) => right.ask.verb));
  const resources = grant.rule.resources.includes("*") ? describeAll(grant.rule.apiGroups) : andList(rights.map((right) => right.ask.resource));
  const names = rights.every((right) => right.isNamed) ? ` called ${grant.rule.resourceNames.join(", ")}` : "";
  return `${verbs} on ${resources}${names} ${grant.namespace === null ? EVERYWHERE : `in namespace ${grant.namespace}`}`;
}

/** `'*.apps'`: what kubectl takes for every resource of a group. */
function toAllWord(groups: string): string {
  const group = firstOf(groups);
  if (group === "") return "'*.*'";
  return group === CORE ? "'*'" : toShellWord(`*.${group}`);
}

/**
 * The question that the API server answers with yes, for the first right in a sentence of `describeRights`, put as `--as=USER`;
 * null when the sentence has none.
 */
export function toAskCommand(sentence: string): string | null {
  const [, verbs, what, place] = / allows (\S.*?) on (.+) (in the whole cluster|in namespace \S+)\.$/.exec(sentence) ?? [];
  if (verbs === undefined || what === undefined || place === undefined) return null;
  const [resources = "", names] = what.split(" called ");
  const [resource = "", subresource] = firstOf(resources).split("/");
  const all = resources.startsWith(ALL);
  const type = all ? toAllWord(resources.slice(`${ALL} of `.length)) : names === undefined ? resource : toShellWord(`${resource}/${firstOf(names)}`);
  const scope = place === EVERYWHERE ? "-A" : `-n ${toShellWord(place.slice("in namespace ".length))}`;
  return `kubectl auth can-i ${firstOf(verbs)} ${type}${all || subresource === undefined ? "" : ` --subresource=${subresource}`} ${scope} --as=USER`;
}
