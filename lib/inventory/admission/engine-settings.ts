import { type JsonRecord, list, parseJson, record, records, text, texts } from "../../model/json";
import { engineHomesView } from "./engine-controllers";
import { ANYBODY, listRequesters, type Requester } from "./exemplary-requests";
import { ROLES_OF_MAKERS, toKind } from "./kyverno-match";
import { isGatekeeperConfig } from "./gatekeeper-constraint";
import { matchesGlob, matchesSome } from "../values/matches-glob";
import type { Webhook } from "./security-webhook";
import { defineView } from "../view";

/** The only Config that Gatekeeper heeds. */
const HEEDED = "config";

/** The processes that a Config of Gatekeeper means when the API server asks. */
const ASKED: ReadonlySet<string> = new Set(["*", "webhook"]);

/** Pods of namespaces, as a glob, that are left out: all of them, or those that are called so. */
interface Filter {
  readonly namespace: string;
  readonly isForAll: boolean;
}

/** What is written as `[kind,namespace,name]`. */
function readFilters(filters: string): readonly Filter[] {
  return [...filters.matchAll(/\[([^[\]]*)\]/g)].flatMap(([, filter = ""]) => {
    const [kind = "", namespace = "*", name = "*"] = filter.split(",").map((part) => part.trim());
    return matchesGlob(toKind(kind), "Pod") ? [{ namespace, isForAll: /^\**$/.test(name) }] : [];
  });
}

/** What Kyverno is told by the ConfigMaps of the namespaces in which it runs; null = they were not read. */
const settingsOfKyvernoView = defineView({
  reads: ["webhooks", "workloads", "configMaps"],
  compute: (context): readonly JsonRecord[] | null => {
    const homes = context.view(engineHomesView).get("Kyverno") ?? new Set();
    if (homes.size > 0 && !context.isRead("configMaps")) return null;
    return context.slices.configMaps.flatMap(({ ref, body }) => (homes.has(ref.namespace ?? "") ? [record(body.data)] : []));
  },
});

/** What settings leave out of what an engine is asked, by who makes it. */
interface Exclusion {
  readonly isLeftOut: (requester: Requester) => boolean;
  /** Whoever makes pods may be one of those who are bound to the roles that are left out. */
  readonly meansMakers: boolean;
}

/** Texts of Kyverno's settings that are apart by commas: with a `!`, those that are judged all the same. */
function readPatterns(written: unknown): { readonly out: readonly string[]; readonly back: readonly string[] } {
  const patterns = (text(written) ?? "").split(",").map((part) => part.trim());
  const isBack = (pattern: string): boolean => pattern.startsWith("!");
  return { out: patterns.filter((pattern) => pattern !== "" && !isBack(pattern)), back: patterns.filter(isBack).map((pattern) => pattern.slice(1).trim()) };
}

/** Whom the settings of Kyverno leave out, of all that it is asked about. */
function readExclusion({ excludeUsernames, excludeGroups, excludeClusterRoles }: JsonRecord): Exclusion | null {
  const [names, groups, roles] = [excludeUsernames, excludeGroups, excludeClusterRoles].map(readPatterns);
  if (!names || !groups || !roles || [names, groups, roles].every(({ out }) => out.length === 0)) return null;
  const isAmong = (side: "out" | "back", requester: Requester): boolean =>
    matchesSome(names[side], requester.username) || requester.groups.some((group) => matchesSome(groups[side], group));
  return {
    isLeftOut: (requester) => isAmong("out", requester) && !isAmong("back", requester),
    meansMakers: [...ROLES_OF_MAKERS].some((role) => matchesSome(roles.out, role) && !matchesSome(roles.back, role)),
  };
}

const LEFT_OUT_BY_NAME = "the settings of Kyverno leave out pods by their names";
const LEFT_OUT = "the settings of Kyverno leave out some of those who make pods";
const NOT_READ = "the settings of Kyverno, which may leave the namespace out, were not read";

/**
 * Whether an engine leaves a namespace out by its own settings, whatever its webhooks and policies say: resources that Kyverno filters, those that it does
 * not judge for who asks, and namespaces that Gatekeeper exempts. A text = why nobody can tell, as part of a sentence.
 */
export const leftOutView = defineView({
  reads: ["policyEngineObjects", "webhooks", "workloads", "configMaps"],
  compute: (context): ((engine: string, namespace: string) => boolean | string) => {
    const { policyEngineObjects } = context.slices;
    const exempt = policyEngineObjects
      .filter((object) => isGatekeeperConfig(object) && object.ref.name === HEEDED)
      .flatMap(({ body }) => records(record(body.spec).match))
      .flatMap(({ processes, excludedNamespaces }) => (texts(processes).some((process) => ASKED.has(process)) ? texts(excludedNamespaces) : []));
    const settings = context.view(settingsOfKyvernoView);
    const filtered = (settings ?? []).flatMap(({ resourceFilters }) => readFilters(text(resourceFilters) ?? ""));
    const exclusions = (settings ?? []).flatMap((data) => readExclusion(data) ?? []);
    return (engine, namespace) => {
      if (engine === "Gatekeeper") return matchesSome(exempt, namespace);
      if (engine !== "Kyverno") return false;
      const here = filtered.filter((filter) => matchesGlob(filter.namespace, namespace));
      if (here.some(({ isForAll }) => isForAll) || exclusions.some(({ isLeftOut }) => isLeftOut(ANYBODY))) return true;
      if (settings === null) return NOT_READ;
      if (here.length > 0) return LEFT_OUT_BY_NAME;
      return exclusions.some(({ isLeftOut, meansMakers }) => meansMakers || listRequesters(namespace).some(isLeftOut)) && LEFT_OUT;
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
