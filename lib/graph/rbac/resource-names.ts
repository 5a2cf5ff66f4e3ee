import type { KindCoverage } from "../../model/coverage";
import type { PolicyRule } from "./principal";

/** How people name the resources of a cluster. */
export interface ResourceNames {
  /** API groups by plural, those that serve it or that rules name it in; more than one where nothing tells which is meant. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Plural by kind in lower case, and by the short names of kubectl. */
  readonly plurals: ReadonlyMap<string, string>;
}

/** Short names of kubectl, for kinds that Kubernetes itself serves. */
const SHORT: Readonly<Record<string, string>> = {
  cj: "cronjobs",
  cm: "configmaps",
  crd: "customresourcedefinitions",
  crds: "customresourcedefinitions",
  csr: "certificatesigningrequests",
  deploy: "deployments",
  ds: "daemonsets",
  ep: "endpoints",
  ev: "events",
  hpa: "horizontalpodautoscalers",
  ing: "ingresses",
  limits: "limitranges",
  netpol: "networkpolicies",
  no: "nodes",
  ns: "namespaces",
  pc: "priorityclasses",
  pdb: "poddisruptionbudgets",
  po: "pods",
  pv: "persistentvolumes",
  pvc: "persistentvolumeclaims",
  quota: "resourcequotas",
  rc: "replicationcontrollers",
  rs: "replicasets",
  sa: "serviceaccounts",
  sc: "storageclasses",
  sts: "statefulsets",
  svc: "services",
};

/** Whom one impersonates are no objects; whatever a cluster serves under these names is something else. */
const NO_OBJECTS: Readonly<Record<string, readonly string[]>> = { users: [""], groups: [""] };

/** From what a snapshot read, and from every rule in it: those name resources that no scan lists. */
export function toResourceNames(coverage: readonly KindCoverage[], rules: Iterable<PolicyRule>): ResourceNames {
  const groups = new Map<string, Set<string>>();
  for (const rule of rules)
    for (const written of rule.resources) {
      const name = written.split("/")[0] ?? "";
      if (name === "" || name === "*") continue;
      const known = groups.get(name) ?? new Set();
      for (const group of rule.apiGroups) if (group !== "*") known.add(group);
      groups.set(name, known);
    }
  const served = new Map<string, string>();
  for (const { resource, group } of coverage) if (!served.has(resource) || group === "") served.set(resource, group);
  const all = new Map<string, readonly string[]>([...groups].map(([name, known]) => [name, known.has("") ? [""] : [...known].sort()]));
  for (const [name, group] of served) all.set(name, [group]);
  for (const [name, own] of Object.entries(NO_OBJECTS)) all.set(name, own);
  const kinds = coverage.map(({ kind, resource }) => [kind.toLowerCase(), resource] as const);
  return { groups: all, plurals: new Map([...Object.entries(SHORT), ...kinds]) };
}

/** The plural that a name means; the name itself where nothing is known of it. */
export function toPlural(name: string, { groups, plurals }: ResourceNames): string {
  const lower = name.toLowerCase();
  if (groups.has(lower)) return lower;
  const regular = [`${lower}s`, `${lower}es`, `${lower.replace(/y$/, "ie")}s`].find((plural) => groups.has(plural));
  return plurals.get(lower) ?? regular ?? lower;
}
