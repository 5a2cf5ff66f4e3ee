import { isRecord, type JsonRecord, list, record, records, text, texts } from "../model/json";
import { isEmptySelector, matchesSelector } from "./label-selector";
import { matchesSome } from "./matches-glob";

/** A namespace as policies see it. */
export interface PolicyNamespace {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

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

/** What narrows a block to some objects or some people: such a block does not speak for a whole namespace. */
const NARROW = ["selector", "names", "name", "annotations"] as const;
const PEOPLE = ["subjects", "roles", "clusterRoles"] as const;

function isSet(value: unknown): boolean {
  return isRecord(value) ? Object.keys(value).length > 0 : list(value).length > 0 || Boolean(text(value));
}

function isForPeople(item: JsonRecord): boolean {
  return PEOPLE.some((key) => isSet(item[key]));
}

function matchesResource(resources: JsonRecord, namespace: PolicyNamespace): boolean {
  const names = texts(resources.namespaces);
  if (names.length > 0 && !matchesSome(names, namespace.name)) return false;
  return !isRecord(resources.namespaceSelector) || matchesSelector(resources.namespaceSelector, namespace.labels);
}

/** Whether resources that a block names are meant when they are made. */
export function seesCreation({ operations }: JsonRecord): boolean {
  const named = texts(operations);
  return named.length === 0 || named.includes("CREATE");
}

/** The action that overrides of a policy's own one give it in a namespace: the first that means the namespace; undefined = none does. */
export function overrideIn(overrides: readonly JsonRecord[], namespace: PolicyNamespace): string | undefined {
  const meansSome = ({ namespaces, namespaceSelector }: JsonRecord) => isSet(namespaces) || isRecord(namespaceSelector);
  return text(overrides.find((item) => meansSome(item) && matchesResource(item, namespace))?.action);
}

/** Whether a block of `match` means every pod of a namespace, whoever makes it. */
export function meansAll(item: JsonRecord, namespace: PolicyNamespace): boolean {
  const resources = record(item.resources);
  return !isForPeople(item) && !NARROW.some((key) => isSet(resources[key])) && seesCreation(resources) && matchesResource(resources, namespace);
}

/** Whether a block of `exclude` lets authors of a namespace out: one for chosen people does not. */
export function letsOut(item: JsonRecord, namespace: PolicyNamespace): boolean {
  return isRecord(item.resources) && !isForPeople(item) && seesCreation(item.resources) && matchesResource(item.resources, namespace);
}

/** One of `any`, all of `all`, or the block itself. */
export function matchesBlock(block: JsonRecord, test: (item: JsonRecord) => boolean): boolean {
  const all = records(block.all);
  return records(block.any).some(test) || (all.length > 0 && all.every(test)) || (isRecord(block.resources) && test(block));
}

const EVERYTHING = /^\*+$/;
/** `?*` asks for a name of at least one character, which every object has. */
const EVERY_NAME = /^(?=.*\*)\*?\??\*?$/;

/** `v1/Pod` is `Pod`; `*` is every kind. */
export function toKind(kind: string): string {
  return kind.split("/").at(-1) ?? kind;
}

function extentOfKinds(written: readonly string[], asked: readonly string[]): Extent {
  const kinds = written.map(toKind);
  if (kinds.length === 0 || kinds.some((kind) => EVERYTHING.test(kind))) return "all";
  const matched = asked.filter((kind) => matchesSome(kinds, kind));
  if (matched.length === 0) return asked.some((kind) => EVERYTHING.test(kind)) ? "some" : "none";
  return matched.length === asked.length ? "all" : "some";
}

function extentOfPlace({ namespaces, namespaceSelector: selector }: JsonRecord, place: PolicyPlace | null): Extent {
  const names = texts(namespaces);
  const isForAll = names.length === 0 || names.some((name) => EVERY_NAME.test(name));
  const selects =
    !isRecord(selector) || isEmptySelector(selector) ? "all" : place?.labels ? (matchesSelector(selector, place.labels) ? "all" : "none") : "some";
  const named = isForAll ? "all" : place === null ? "some" : matchesSome(names, place.name) ? "all" : "none";
  return least([selects, named]);
}

function isNarrowed(resources: JsonRecord): boolean {
  const names = [...texts(resources.names), ...(text(resources.name) ? [String(resources.name)] : [])];
  return (
    isSet(resources.annotations) ||
    (isRecord(resources.selector) && !isEmptySelector(resources.selector)) ||
    (names.length > 0 && !names.some((name) => EVERY_NAME.test(name))) ||
    !seesCreation(resources)
  );
}

function extentOfItem(item: JsonRecord, kinds: readonly string[], place: PolicyPlace | null): Extent {
  const resources = record(item.resources);
  // A filter that says nothing matches nothing.
  if (!isForPeople(item) && !isSet(resources)) return "none";
  return least([extentOfKinds(texts(resources.kinds), kinds), extentOfPlace(resources, place), isForPeople(item) || isNarrowed(resources) ? "some" : "all"]);
}

/**
 * How many of the new objects of some kinds the `match` of a PolicyException means, in a namespace or, where it is null, anywhere.
 * Of `any` and `all` Kyverno reads the first that is there.
 */
export function extentOfMatch(match: JsonRecord, kinds: readonly string[], place: PolicyPlace | null): Extent {
  const any = records(match.any).map((item) => extentOfItem(item, kinds, place));
  if (any.length > 0) return most(any);
  return least(records(match.all).map((item) => extentOfItem(item, kinds, place)));
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
