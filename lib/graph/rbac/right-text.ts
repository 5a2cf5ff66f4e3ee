import { joinWords } from "../../model/join-words";
import { toShellWord } from "../../model/shell-word";
import type { HeldRight } from "./held-right";
import type { Grant } from "./principal";

const ALL = "every resource";
const CORE = "the core API group";
/** A rule may name thousands; all of them are in its JSON. */
const MOST_NAMES = 10;
const EVERYWHERE = "in the whole cluster";

function andList(words: readonly string[]): string {
  return joinWords([...new Set(words)]);
}

function firstOf(list: string): string {
  return list.split(/, | and /)[0] ?? "";
}

/** `*` in `resources` reaches only as far as the API groups of the rule. */
function describeAll(apiGroups: readonly string[]): string {
  return apiGroups.includes("*") ? ALL : `${ALL} of ${andList(apiGroups.map((group) => group || CORE))}`;
}

/** Of an API that is part of Kubernetes. */
function isBuiltIn(group: string): boolean {
  return !group.includes(".") || group.endsWith(".k8s.io");
}

/**
 * Where a rule names every API group, what it allows of another API goes by its full name, whether or not that API is installed: `services` of
 * Knative are no Services. Where the same name of Kubernetes is told, that is enough.
 */
function namesOf(rights: readonly HeldRight[], apiGroups: readonly string[]): readonly string[] {
  if (!apiGroups.includes("*")) return rights.map(({ ask }) => ask.resource);
  const told = new Set(rights.flatMap(({ ask }) => (isBuiltIn(ask.group) ? ask.resource : [])));
  return rights.flatMap(({ ask: { resource, group } }) => {
    if (isBuiltIn(group)) return resource;
    return told.has(resource) ? [] : resource.replace(/^[^/]+/, (plural) => `${plural}.${group}`);
  });
}

/** `get and list on secrets called a and b in namespace payments`. */
export function describeRights(rights: readonly HeldRight[], grant: Pick<Grant, "rule" | "namespace">): string {
  const verbs = andList(rights.map((right) => right.ask.verb));
  const resources = grant.rule.resources.includes("*") ? describeAll(grant.rule.apiGroups) : andList(namesOf(rights, grant.rule.apiGroups));
  const names = rights.every((right) => right.isNamed) ? ` called ${joinWords(grant.rule.resourceNames, MOST_NAMES)}` : "";
  return `${verbs} on ${resources}${names} ${grant.namespace === null ? EVERYWHERE : `in namespace ${grant.namespace}`}`;
}

/** The only API group that a rule names, in its JSON, which may be cut; undefined = the core group, or several. */
function onlyGroup(rule: string | null): string | undefined {
  const group = /"apiGroups":\["([^"]*)"\]/.exec(rule ?? "")?.[1];
  return group === "" || group === "*" ? undefined : group;
}

/** What only authorisation knows: kubectl finds no such kind at the server, and asks for it without its group, which is another question. */
const NO_KINDS = /^(?:signers|uids|userextras)(?:\/|$)/;
const AUTHENTICATION = "authentication.k8s.io";

/** The rows among all rights that hold a text. */
function toListCommand(namespace: string | null, row: string): string {
  return `kubectl auth can-i --list${namespace === null ? "" : ` ${namespace}`} --as=USER | grep -F ${toShellWord(row)}`;
}

/** Bindings, roles and kinds may be called anything: what a shell or kubectl would read as something else is no right. */
const TOLD = / allows ([a-z*][\w*:-]*(?:(?:, | and )[a-z*][\w*:-]*)*) on ([\w*/].*) (in the whole cluster|in namespace \S+)\.$/;

/**
 * What shows the first right in a sentence of `describeRights`, put as `--as=USER`: a question that the API server answers with yes, or, for
 * every resource of a group, which kubectl cannot ask for, its row among all rights. `rule` is the JSON of the rule. Null when the sentence has none.
 */
export function toAskCommand(sentence: string, rule: string | null): string | null {
  const [, verbs, what, place] = TOLD.exec(sentence) ?? [];
  if (verbs === undefined || what === undefined || place === undefined) return null;
  const namespace = place === EVERYWHERE ? null : `-n ${toShellWord(place.slice("in namespace ".length))}`;
  const verb = toShellWord(firstOf(verbs));
  if (what.startsWith(ALL)) {
    const group = firstOf(what.slice(`${ALL} of `.length));
    if (group !== "" && group !== CORE) return toListCommand(namespace, `*.${group}`);
    // Asked for `*`, the server looks at the core group alone.
    if (group === "" && verb === "'*'") return toListCommand(namespace, "*.*");
    return `kubectl auth can-i ${verb} '*' ${namespace ?? "-A"} --as=USER`;
  }
  const [resources = "", names] = what.split(" called ");
  const asked = firstOf(resources);
  const [plural = "", subresource] = asked.split("/");
  const group = onlyGroup(rule);
  if (group === AUTHENTICATION || NO_KINDS.test(asked)) return toListCommand(namespace, `${asked}.${group ?? ""}`);
  const type = group === undefined ? plural : `${plural}.${group}`;
  const named = toShellWord(names === undefined ? type : `${type}/${firstOf(names)}`);
  const below = subresource === undefined ? "" : ` --subresource=${toShellWord(subresource)}`;
  return `kubectl auth can-i ${verb} ${named}${below} ${namespace ?? "-A"} --as=USER`;
}
