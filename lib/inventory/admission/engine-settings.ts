import { record, records, text, texts } from "../../model/json";
import { engineHomesView } from "./engine-controllers";
import { isGatekeeperConfig } from "./gatekeeper-constraint";
import { matchesGlob, matchesSome } from "../values/matches-glob";
import { defineView } from "../view";

/** The processes that a Config of Gatekeeper means when the API server asks. */
const ASKED: ReadonlySet<string> = new Set(["*", "webhook"]);

/** How Kyverno's settings write pods: kind, version and subresource. */
const ALL_PODS: ReadonlySet<string> = new Set(["*", "*/*", "Pod", "Pod/*", "v1/Pod", "*/Pod"]);

/** The namespaces, as globs, of which `[kind,namespace,name]` leaves out every pod. */
function namespacesOfFilters(filters: string): readonly string[] {
  return [...filters.matchAll(/\[([^[\]]*)\]/g)].flatMap(([, filter = ""]) => {
    const [kind = "", namespace = "*", name = "*"] = filter.split(",").map((part) => part.trim());
    return ALL_PODS.has(kind) && /^\**$/.test(name) ? [namespace] : [];
  });
}

/**
 * Whether an engine leaves a namespace out by its own settings, whatever its webhooks and policies say: resources that Kyverno filters, and
 * namespaces that Gatekeeper exempts. Null = these were not read.
 */
export const leftOutView = defineView({
  reads: ["policyEngineObjects", "webhooks", "workloads", "configMaps"],
  compute: (context): ((engine: string, namespace: string) => boolean | null) => {
    const { policyEngineObjects, configMaps } = context.slices;
    const exempt = policyEngineObjects
      .filter(isGatekeeperConfig)
      .flatMap(({ body }) => records(record(body.spec).match))
      .flatMap(({ processes, excludedNamespaces }) => (texts(processes).some((process) => ASKED.has(process)) ? texts(excludedNamespaces) : []));
    const homes = context.view(engineHomesView).get("Kyverno") ?? new Set();
    const filtered = configMaps.flatMap(({ ref, body }) => {
      const filters = homes.has(ref.namespace ?? "") ? text(record(body.data).resourceFilters) : undefined;
      return filters === undefined ? [] : namespacesOfFilters(filters);
    });
    const isRead = context.isRead("configMaps") || homes.size === 0;
    return (engine, namespace) => {
      if (engine === "Gatekeeper") return matchesSome(exempt, namespace);
      if (engine !== "Kyverno") return false;
      if (filtered.some((pattern) => matchesGlob(pattern, namespace))) return true;
      return isRead ? false : null;
    };
  },
});
