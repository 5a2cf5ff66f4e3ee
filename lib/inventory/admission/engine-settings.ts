import type { ResourceRef } from "../../model/resource-ref";
import { type JsonRecord, list, parseJson, record, records, text, texts } from "../../model/json";
import { engineControllersView, engineHomesView } from "./engine-controllers";
import { ANYBODY, listRequesters, type Requester } from "./exemplary-requests";
import { ROLES_OF_MAKERS, toKind } from "./kyverno-match";
import { isGatekeeperConfig } from "./gatekeeper-constraint";
import { matchesGlob, matchesSome } from "../values/matches-glob";
import type { Webhook } from "./security-webhook";
import { defineView } from "../view";
import type { Workload } from "../workloads/workload";

/** The only Config that Gatekeeper heeds. */
const HEEDED = "config";

/** The processes that a Config of Gatekeeper means when the API server asks. */
const ASKED: ReadonlySet<string> = new Set(["*", "webhook"]);

/** Pods of namespaces, as a glob, that are left out: all of them, those that are called so, or those that have no name yet. */
interface Filter {
  readonly namespace: string;
  readonly means: "all" | "named" | "unnamed";
}

/**
 * What is written as `[kind,namespace,name]`. Kyverno takes blanks for parts of names, which have none. No name is that of pods that are yet to get one, as
 * webhooks that change them see those which controllers make: there it verifies images. What is validated has its name.
 */
function readFilters(filters: string): readonly Filter[] {
  return [...filters.matchAll(/\[([^[\]]*)\]/g)].flatMap(([, filter = ""]): Filter[] => {
    const [kind = "", namespace = "", name = "", ...others] = filter.split(",");
    return others.length === 0 && matchesGlob(toKind(kind), "Pod")
      ? [{ namespace, means: name === "" ? "unnamed" : /^\*+$/.test(name) ? "all" : "named" }]
      : [];
  });
}

/** Which of the ConfigMaps beside it Kyverno reads where nothing names another. */
const DEFAULT_CONFIG = "kyverno";

/** The names of those that its controllers are told to read; null = that is told elsewhere, or no controller is known: it may be any. */
function namesOfConfigs(controllers: readonly Workload[]): ReadonlySet<string> | null {
  const named = controllers.flatMap((workload) => {
    const own = (workload.views()[0]?.containers ?? []).flatMap(({ spec }) => records(spec.env).filter(({ name }) => name === "INIT_CONFIG"));
    return own.length === 0 ? [DEFAULT_CONFIG] : own.map(({ value }) => text(value) || null);
  });
  const known = named.flatMap((name) => name ?? []);
  return known.length === 0 || known.length < named.length ? null : new Set(known);
}

/** What Kyverno is told by its ConfigMaps in the namespaces in which it runs; null = they were not read. */
const settingsOfKyvernoView = defineView({
  reads: ["webhooks", "workloads", "configMaps"],
  compute: (context): readonly JsonRecord[] | null => {
    const homes = context.view(engineHomesView).get("Kyverno") ?? new Set();
    if (homes.size > 0 && !context.isRead("configMaps")) return null;
    const names = namesOfConfigs(context.view(engineControllersView).get("Kyverno") ?? []);
    const isOwn = ({ namespace, name }: ResourceRef): boolean => homes.has(namespace ?? "") && names?.has(name) !== false;
    return context.slices.configMaps.flatMap(({ ref, body }) => (isOwn(ref) ? [record(body.data)] : []));
  },
});

/** What settings leave out of what an engine is asked, by who makes it. */
interface Exclusion {
  readonly isLeftOut: (requester: Requester) => boolean;
  /** Whoever makes pods in a namespace may be one of those who are bound to the roles that are left out. */
  readonly meansMakersIn: (namespace: string) => boolean;
}

/** Texts of Kyverno's settings that are apart by commas: with a `!`, those that are judged all the same. */
function readPatterns(written: unknown): { readonly out: readonly string[]; readonly back: readonly string[] } {
  const patterns = (text(written) ?? "").split(",").map((part) => part.trim());
  const isBack = (pattern: string): boolean => pattern.startsWith("!");
  return { out: patterns.filter((pattern) => pattern !== "" && !isBack(pattern)), back: patterns.filter(isBack).map((pattern) => pattern.slice(1).trim()) };
}

/** Whether a pattern for `namespace:role` means whatever role there is in a namespace. */
function meansEveryRole(pattern: string, namespace: string): boolean {
  const [place = "", role = ""] = pattern.split(":");
  return /^\*+$/.test(pattern) || (/^\*+$/.test(role) && matchesGlob(place, namespace));
}

/** Whom the settings of Kyverno leave out, of all that it is asked about. */
function readExclusion({ excludeUsernames, excludeGroups, excludeClusterRoles, excludeRoles }: JsonRecord): Exclusion | null {
  const [names, groups, clusterRoles, roles] = [
    readPatterns(excludeUsernames),
    readPatterns(excludeGroups),
    readPatterns(excludeClusterRoles),
    readPatterns(excludeRoles),
  ];
  if ([names, groups, clusterRoles, roles].every(({ out }) => out.length === 0)) return null;
  const isAmong = (side: "out" | "back", requester: Requester): boolean =>
    matchesSome(names[side], requester.username) || requester.groups.some((group) => matchesSome(groups[side], group));
  return {
    isLeftOut: (requester) => isAmong("out", requester) && !isAmong("back", requester),
    meansMakersIn: (namespace) =>
      [...ROLES_OF_MAKERS].some((role) => matchesSome(clusterRoles.out, role) && !matchesSome(clusterRoles.back, role)) ||
      roles.out.some((role) => meansEveryRole(role, namespace)),
  };
}

const LEFT_OUT_BY_NAME = "the settings of Kyverno leave out pods by their names";
const LEFT_OUT = "the settings of Kyverno leave out some of those who make pods";
const NOT_READ = "the settings of Kyverno, which may leave the namespace out, were not read";

/** What an engine is asked about pods: what they say, or who has signed their images. */
export type Asked = "objects" | "images";

/**
 * Whether an engine leaves a namespace out by its own settings, whatever its webhooks and policies say: resources that Kyverno filters, those that it does
 * not judge for who asks, and namespaces that Gatekeeper exempts. A text = why nobody can tell, as part of a sentence.
 */
export const leftOutView = defineView({
  reads: ["policyEngineObjects", "webhooks", "workloads", "configMaps"],
  compute: (context): ((engine: string, namespace: string, asked: Asked) => boolean | string) => {
    const { policyEngineObjects } = context.slices;
    const exempt = policyEngineObjects
      .filter((object) => isGatekeeperConfig(object) && object.ref.name === HEEDED)
      .flatMap(({ body }) => records(record(body.spec).match))
      .flatMap(({ processes, excludedNamespaces }) => (texts(processes).some((process) => ASKED.has(process)) ? texts(excludedNamespaces) : []));
    const settings = context.view(settingsOfKyvernoView);
    const filtered = (settings ?? []).flatMap(({ resourceFilters }) => readFilters(text(resourceFilters) ?? ""));
    const exclusions = (settings ?? []).flatMap((data) => readExclusion(data) ?? []);
    return (engine, namespace, asked) => {
      if (engine === "Gatekeeper") return matchesSome(exempt, namespace);
      if (engine !== "Kyverno") return false;
      const here = filtered.filter((filter) => matchesGlob(filter.namespace, namespace) && (asked === "images" || filter.means !== "unnamed"));
      if (here.some(({ means }) => means === "all") || exclusions.some(({ isLeftOut }) => isLeftOut(ANYBODY))) return true;
      if (settings === null) return NOT_READ;
      if (here.length > 0) return LEFT_OUT_BY_NAME;
      return exclusions.some(({ isLeftOut, meansMakersIn }) => meansMakersIn(namespace) || listRequesters(namespace).some(isLeftOut)) && LEFT_OUT;
    };
  },
});

/** What the webhooks that Kyverno has yet to write will choose, by its settings: older releases read the first of a list. */
export const webhooksToComeView = defineView({
  reads: ["webhooks", "workloads", "configMaps"],
  compute: (context): ((engine: string) => readonly Pick<Webhook, "spec">[]) => {
    const hooks = (context.view(settingsOfKyvernoView) ?? []).flatMap(({ webhooks, matchConditions }) => {
      // Other settings beside these choose nothing.
      if (webhooks === undefined && matchConditions === undefined) return [];
      const chosen = parseJson(text(webhooks) ?? "");
      return { spec: { ...record(list(chosen)[0] ?? chosen), matchConditions: parseJson(text(matchConditions) ?? "") } };
    });
    return (engine) => (engine === "Kyverno" ? hooks : []);
  },
});
