import { isRecord, type JsonRecord, list, record, records, text, texts } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import type { Operation } from "./admission-rule";
import { isEmptySelector, matchesSelector } from "../labels/label-selector";
import { matchesGlob, matchesSome } from "../values/matches-glob";
import type { PolicyNamespace } from "./policy-namespace";

/** A namespace that a policy is asked about; null labels = they are not known. */
export interface PolicyPlace extends Pick<PolicyNamespace, "name"> {
  readonly labels: PolicyNamespace["labels"] | null;
}

/** How much of what was asked about a block matches. */
export type Extent = "none" | "some" | "all";

const ORDER: readonly Extent[] = ["none", "some", "all"];

function least(extents: readonly Extent[]): Extent {
  return ORDER.find((extent) => extents.includes(extent)) ?? "none";
}

function most(extents: readonly Extent[]): Extent {
  return ORDER.findLast((extent) => extents.includes(extent)) ?? "none";
}

/** What narrows a block to some people: such a block does not speak for a whole namespace. */
const PEOPLE = ["subjects", "roles", "clusterRoles"] as const;

function isSet(value: unknown): boolean {
  if (value === undefined) return false;
  return isRecord(value) ? Object.keys(value).length > 0 : list(value).length > 0 || Boolean(text(value));
}

function isForPeople(item: JsonRecord): boolean {
  return PEOPLE.some((key) => isSet(item[key]));
}

/** Whoever asks is one of its subjects: everybody who has signed in is in this group. */
function isForEverybody(item: JsonRecord): boolean {
  const isAnyone = ({ kind, name }: JsonRecord) =>
    (kind === "Group" && matchesGlob(text(name) ?? "", "system:authenticated")) || (kind === "User" && EVERYTHING.test(text(name) ?? ""));
  return !isSet(item.roles) && !isSet(item.clusterRoles) && records(item.subjects).some(isAnyone);
}

function isForSomePeople(item: JsonRecord): boolean {
  return isForPeople(item) && !isForEverybody(item);
}

/** The role of Kubernetes by which people make pods who administer nothing, and those that everybody has who has signed in. */
export const ROLES_OF_MAKERS: ReadonlySet<string> = new Set(["edit", "system:basic-user", "system:discovery", "system:public-info-viewer"]);

/** Whoever asks may be one of its subjects in a namespace: what runs there is in these groups, or goes by the account that it has unless it is given another. */
function isForPrograms({ roles, clusterRoles, subjects }: JsonRecord, { name: place }: Pick<PolicyNamespace, "name">): boolean {
  const groups = ["system:serviceaccounts", `system:serviceaccounts:${place}`];
  const isProgram = ({ kind, name, namespace }: JsonRecord) =>
    (kind === "Group" && groups.some((group) => matchesGlob(text(name) ?? "", group))) ||
    (kind === "ServiceAccount" && namespace === place && matchesGlob(text(name) ?? "", "default"));
  return !isSet(roles) && !isSet(clusterRoles) && records(subjects).some(isProgram);
}

/** Whoever makes pods may have one of its roles. */
function isForMakers({ roles, clusterRoles, subjects }: JsonRecord): boolean {
  return !isSet(roles) && !isSet(subjects) && texts(clusterRoles).some((role) => ROLES_OF_MAKERS.has(role));
}

/** Whether resources that a block names are meant when that is done to them. */
function seesOperation({ operations }: JsonRecord, operation: Operation): boolean {
  const named = texts(operations);
  return named.length === 0 || named.includes(operation);
}

/** Whether a rule means what is changed too, and not only what is made. */
export function seesChanges(rule: JsonRecord): boolean {
  return extentOfBlock(record(rule.match), (item) => (seesOperation(record(item.resources), "UPDATE") ? "all" : "none")) !== "none";
}

/** The older way to write a block: without `any` and `all`. */
function isPlain(block: JsonRecord): boolean {
  return isForPeople(block) || isSet(block.resources);
}

/** What a block consists of: Kyverno reads the first that is there. Read once, as thousands of policies are asked about in hundreds of namespaces. */
const partsOf = rememberedOf((block: JsonRecord): { readonly items: readonly JsonRecord[]; readonly join: typeof least } => {
  const [any, all] = [records(block.any), records(block.all)];
  if (any.length > 0) return { items: any, join: most };
  return all.length > 0 ? { items: all, join: least } : { items: isPlain(block) ? [block] : [], join: most };
});

/** How much a block matches: one of `any`, all of `all`, or what it says itself. */
function extentOfBlock(block: JsonRecord, extentOf: (item: JsonRecord) => Extent): Extent {
  const { items, join } = partsOf(block);
  return join(items.map(extentOf));
}

/**
 * How many of the new pods of a namespace a block means. What it says of controllers alone says nothing of a pod that is made by itself, nor does what it
 * says of changes.
 */
function extentOfPods(block: JsonRecord, namespace: PolicyNamespace, operation: Operation, isMeant: (item: JsonRecord) => boolean = () => true): Extent {
  const extentOf = (item: JsonRecord): Extent => extentOfItem(item, ["Pod"], namespace, operation);
  return extentOfBlock(block, (item) => (seesOperation(record(item.resources), operation) && isMeant(item) ? extentOf(item) : "none"));
}

/** How many of them a rule leaves out for whoever writes them: what it leaves out for chosen people does not count. */
function extentOfSpared(rule: JsonRecord, namespace: PolicyNamespace, operation: Operation): Extent {
  return extentOfPods(record(rule.exclude), namespace, operation, (item) => !isForSomePeople(item) || isForPrograms(item, namespace));
}

/** Whether it leaves out what chosen people make. */
export function sparesPeople({ exclude }: JsonRecord): boolean {
  const { any, all } = record(exclude);
  return [...records(any), ...records(all), record(exclude)].some(isForSomePeople);
}

/** Whether a rule leaves out roles that whoever writes a pod of a namespace may have. */
export function sparesMakers(rule: JsonRecord, namespace: PolicyNamespace, operation: Operation = "CREATE"): boolean {
  return extentOfPods(record(rule.exclude), namespace, operation, isForMakers) !== "none";
}

/** Whether whoever writes a pod of a namespace may have a way out of a rule. */
export function sparesPods(rule: JsonRecord, namespace: PolicyNamespace, operation: Operation): boolean {
  return extentOfSpared(rule, namespace, operation) !== "none" || sparesMakers(rule, namespace, operation);
}

/** Whether a rule looks at every new pod of a namespace, or at every change of one, and at most roles lead its author out of it. */
export function guardsPods(rule: JsonRecord, namespace: PolicyNamespace, operation: Operation = "CREATE"): boolean {
  return extentOfPods(record(rule.match), namespace, operation) === "all" && extentOfSpared(rule, namespace, operation) === "none";
}

/** Whether a rule looks at the new pods of a namespace, or at their changes; null = at some, which labels, names or people choose. */
export function seesPodsIn(rule: JsonRecord, namespace: PolicyNamespace, operation: Operation = "CREATE"): boolean | null {
  const extent = extentOfSpared(rule, namespace, operation) === "all" ? "none" : extentOfPods(record(rule.match), namespace, operation);
  return extent === "some" ? null : extent === "all";
}

function narrows(item: JsonRecord, operation: Operation = "CREATE"): boolean {
  return isForSomePeople(item) || isNarrowed(record(item.resources)) || !seesOperation(record(item.resources), operation);
}

export const CHOSEN_BY_RULES = "conditions, labels, names or people choose what it sees";

/** Whether labels, names or people choose which objects a rule looks at, wherever it looks at some. */
export function isChoosing(rule: JsonRecord): boolean {
  return extentOfBlock(record(rule.match), (item) => (narrows(item) ? "some" : "all")) !== "all";
}

/** Whether they do so anywhere. */
export function choosesSomewhere({ match }: JsonRecord): boolean {
  const { any, all } = record(match);
  return [...records(any), ...records(all), record(match)].some((item) => narrows(item));
}

/** Whether a rule leaves out all that it matches, wherever it is asked. */
export function excludesAll(rule: JsonRecord, kinds: readonly string[], place: PolicyPlace | null): boolean {
  return extentOfMatch(record(rule.exclude), kinds, place) === "all";
}

const EVERYTHING = /^\*+$/;
const POD = { group: "", version: "v1", kind: "Pod" };
/** `?*` asks for a name of at least one character, which every object has. */
const EVERY_NAME = /^(?=.*\*)\*?\??\*?$/;

/** What tells `v1/Pod` from `Pod/exec`. */
const VERSION = /^(?:v\d+(?:(?:alpha|beta)\d+)?|\*)$/;

/** The group, version, kind and subresource of `apps/v1/Deployment`, as Kyverno reads them; no subresource = the kind itself, or all of it. */
function readKind(written: string): readonly [group: string, version: string, kind: string, part: string] {
  const above = written.split("/");
  const parts = [...above.slice(0, -1), ...(above.at(-1) ?? "").split(".")];
  const [first = "", second = "", third = "", fourth = ""] = parts;
  if (parts.length === 1) return ["*", "*", first, ""];
  if (parts.length === 4) return [first, second, third, fourth];
  if (parts.length === 3) return VERSION.test(first) ? ["*", first, second, third] : [first, second, third, ""];
  const isVersioned = VERSION.test(first) && !(first === "*" && second === second.toLowerCase());
  return isVersioned ? ["*", first, second, ""] : ["*", "*", first, second];
}

/** `v1/Pod` is `Pod`, `*` is every kind; what is not of the version of pods, or only a part of something, is no kind that pods are of. */
export function toKind(written: string): string {
  const [group, version, kind, part] = readKind(written);
  if (!matchesGlob(part, "")) return `${kind}/${part}`;
  return matchesGlob(kind, POD.kind) && !(matchesGlob(group, POD.group) && matchesGlob(version, POD.version)) ? `${group}/${version}/${kind}` : kind;
}

function extentOfKinds(kinds: readonly string[], asked: readonly string[]): Extent {
  if (kinds.length === 0 || kinds.some((kind) => EVERYTHING.test(kind))) return "all";
  const matched = asked.filter((kind) => matchesSome(kinds, kind));
  if (matched.length === 0) return asked.some((kind) => EVERYTHING.test(kind)) ? "some" : "none";
  return matched.length === asked.length ? "all" : "some";
}

/** As Kyverno reads a selector: what it asks of labels by their names and values may be globs. */
function createSelector({ matchLabels, matchExpressions }: JsonRecord): (labels: PolicyNamespace["labels"]) => boolean {
  const isGlob = ([key, value]: readonly [string, unknown]): boolean => /[*?]/.test(`${key}${text(value) ?? ""}`);
  const wanted = Object.entries(record(matchLabels));
  const globs = wanted.filter(isGlob).map(([key, value]) => [key, text(value) ?? ""] as const);
  const selector = { matchLabels: Object.fromEntries(wanted.filter((item) => !isGlob(item))), matchExpressions };
  const hasOne = ([key, value]: (typeof globs)[number], labels: PolicyNamespace["labels"]): boolean =>
    Object.entries(labels).some((label) => matchesGlob(key, label[0]) && matchesGlob(value, label[1]));
  return (labels) => matchesSelector(selector, labels) && globs.every((glob) => hasOne(glob, labels));
}

/** The namespaces that an entry is for, by their names and labels; null = all. */
const placesOf = rememberedOf(({ namespaces, namespaceSelector: selector }: JsonRecord) => {
  const names = texts(namespaces);
  const isForAll = names.length === 0 || names.some((name) => EVERY_NAME.test(name));
  return { names: isForAll ? null : names, selects: !isRecord(selector) || isEmptySelector(selector) ? null : createSelector(selector) };
});

/** How much of a place, or of all where it is null, an entry is for. */
export function extentOfPlace(entry: JsonRecord, place: PolicyPlace | null): Extent {
  const { names, selects } = placesOf(entry);
  const selected = selects === null ? "all" : place?.labels ? (selects(place.labels) ? "all" : "none") : "some";
  const named = names === null ? "all" : place === null ? "some" : matchesSome(names, place.name) ? "all" : "none";
  return least([selected, named]);
}

function isNarrowed(resources: JsonRecord): boolean {
  const names = [...texts(resources.names), ...(text(resources.name) ? [String(resources.name)] : [])];
  return (
    isSet(resources.annotations) ||
    (isRecord(resources.selector) && !isEmptySelector(resources.selector)) ||
    (names.length > 0 && !names.some((name) => EVERY_NAME.test(name)))
  );
}

/** What an entry says, wherever it is asked about. A filter that says nothing matches nothing. */
const readItem = rememberedOf((item: JsonRecord) => {
  const resources = record(item.resources);
  const extentOf = (operation: Operation): Extent => (narrows(item, operation) ? "some" : "all");
  const narrowed = { CREATE: extentOf("CREATE"), UPDATE: extentOf("UPDATE") };
  return { resources, kinds: texts(resources.kinds).map(toKind), isPlain: isPlain(item), narrowed };
});

function extentOfItem(item: JsonRecord, asked: readonly string[], place: PolicyPlace | null, operation: Operation = "CREATE"): Extent {
  const { resources, kinds, isPlain, narrowed } = readItem(item);
  return isPlain ? least([extentOfKinds(kinds, asked), extentOfPlace(resources, place), narrowed[operation]]) : "none";
}

/** How many of the new objects of some kinds a block means, in a namespace or, where it is null, anywhere. */
export function extentOfMatch(match: JsonRecord, kinds: readonly string[], place: PolicyPlace | null): Extent {
  return extentOfBlock(match, (item) => extentOfItem(item, kinds, place));
}

/** The only namespaces that a `match` can mean; null = it may be for any. */
export function placesOfMatch(match: JsonRecord): readonly string[] | null {
  const namesOf = (item: JsonRecord): readonly string[] | null => {
    const names = texts(record(item.resources).namespaces);
    return names.length > 0 && !names.some((name) => /[*?]/.test(name)) ? names : null;
  };
  const any = records(match.any).map(namesOf);
  const named = any.flatMap((names) => names ?? []);
  if (any.length > 0) return any.includes(null) ? null : named;
  return (
    records(match.all)
      .map(namesOf)
      .find((names) => names !== null) ?? null
  );
}
