import { isRecord, list, record, records, text, texts } from "../model/json";
import type { ResourceRef } from "../model/resource-ref";
import { askedEnginesView } from "./asked-engines";
import { type ComponentFlags, readFlags } from "./component-flags";
import type { KubeObject } from "./kube-object";
import { defineView } from "./view";

export const LEVELS = ["privileged", "baseline", "restricted"] as const;
export type PodSecurityLevel = (typeof LEVELS)[number];
export const MODES = ["enforce", "audit", "warn"] as const;
export type PodSecurityMode = (typeof MODES)[number];

const PREFIX = "pod-security.kubernetes.io/";

export function labelOf(mode: PodSecurityMode, version = false): string {
  return `${PREFIX}${mode}${version ? "-version" : ""}`;
}

export function isLevel(value: string | undefined): value is PodSecurityLevel {
  return LEVELS.some((level) => level === value);
}

/** What admission does in a namespace. A level that is no level enforces restricted, and audits and warns about nothing. */
export function toLevels(labels: Readonly<Record<string, string>>): Readonly<Record<PodSecurityMode, PodSecurityLevel>> {
  const read = (mode: PodSecurityMode): PodSecurityLevel => {
    const value = labels[labelOf(mode)];
    if (value === undefined) return "privileged";
    return isLevel(value) ? value : mode === "enforce" ? "restricted" : "privileged";
  };
  const enforce = read("enforce");
  const isEnforceValid = isLevel(labels[labelOf("enforce")]);
  const warn = labels[labelOf("warn")] === undefined && isEnforceValid ? enforce : read("warn");
  return { enforce, audit: read("audit"), warn };
}

function matchesName(patterns: readonly string[], namespace: string): boolean {
  return patterns.some((pattern) =>
    new RegExp(
      `^${pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".")}$`,
    ).test(namespace),
  );
}

interface Selection {
  readonly kinds: readonly string[];
  readonly namespaces: readonly string[];
  /** True when it selects by more than kinds and namespaces. */
  readonly isNarrow: boolean;
  /** True when it is about who asks, not about what is asked for. */
  readonly isForPeople: boolean;
}

function toSelections(block: unknown): readonly Selection[] {
  const { any, all, resources } = record(block);
  const blocks = [...records(any), ...records(all), ...(isRecord(resources) ? [{ resources }] : [])];
  // All parts of `all` must hold at once: one of several tells only half.
  const isPart = records(all).length > 1;
  return blocks.map((item) => {
    const own = record(record(item).resources);
    const isNarrow = isPart || Object.keys(own).some((key) => !["kinds", "namespaces", "operations"].includes(key)) || Object.keys(record(item)).length > 1;
    return { kinds: texts(own.kinds), namespaces: texts(own.namespaces), isNarrow, isForPeople: !isRecord(record(item).resources) };
  });
}

/** The policy of Kyverno's bundle for the Pod Security Standards that keeps privileged pods out. */
const NO_PRIVILEGED = "disallow-privileged-containers";

function kyvernoEnforces(policy: KubeObject, namespace: string): boolean {
  const spec = record(policy.body.spec);
  if (spec.admission === false) return false;
  return records(spec.rules).some((rule) => {
    const validate = record(rule.validate);
    const level = text(record(validate.podSecurity).level);
    const here = [...records(validate.failureActionOverrides), ...(validate.failureAction ? [] : records(spec.validationFailureActionOverrides))];
    const override = here.find((item) => matchesName(texts(item.namespaces), namespace));
    const action = text(override?.action) ?? text(validate.failureAction) ?? text(spec.validationFailureAction) ?? "Audit";
    const isStrict = level === "baseline" || level === "restricted" || (policy.ref.name === NO_PRIVILEGED && isRecord(rule.validate));
    if (!isStrict || action.toLowerCase() !== "enforce") return false;
    const isMatched = toSelections(rule.match).some(
      (selection) =>
        !selection.isNarrow &&
        selection.kinds.some((kind) => /(^|\/)Pod$/.test(kind)) &&
        (selection.namespaces.length === 0 || matchesName(selection.namespaces, namespace)),
    );
    const isExcluded = toSelections(rule.exclude).some(
      (selection) => !selection.isForPeople && (selection.namespaces.length === 0 || matchesName(selection.namespaces, namespace)),
    );
    return isMatched && !isExcluded;
  });
}

/** The same policy as Kyverno writes it in CEL. */
function celEnforces({ ref, body }: KubeObject): boolean {
  const spec = record(body.spec);
  const constraints = record(spec.matchConstraints);
  if (ref.kind !== "ValidatingPolicy" || ref.name !== NO_PRIVILEGED || !texts(spec.validationActions).includes("Deny")) return false;
  if (record(record(spec.evaluation).admission).enabled === false || list(spec.matchConditions).length > 0) return false;
  const isNarrow = [constraints.namespaceSelector, constraints.objectSelector].some((selector) => Object.keys(record(selector)).length > 0);
  return !isNarrow && records(constraints.resourceRules).some((rule) => texts(rule.resources).includes("pods") && texts(rule.operations).includes("CREATE"));
}

function gatekeeperEnforces(constraint: KubeObject, namespace: string): boolean {
  if (constraint.ref.kind !== "K8sPSPPrivilegedContainer") return false;
  const spec = record(constraint.body.spec);
  if ((text(spec.enforcementAction) ?? "deny") !== "deny") return false;
  const match = record(spec.match);
  if (isRecord(match.labelSelector) || isRecord(match.namespaceSelector)) return false;
  const isExcluded = matchesName(texts(match.excludedNamespaces), namespace);
  return !isExcluded && (list(match.namespaces).length === 0 || matchesName(texts(match.namespaces), namespace));
}

interface PodSecurityEngine {
  readonly ref: ResourceRef;
  /** Whether the API server asks the engine; null = none of its webhooks could be looked for. */
  readonly isAsked: boolean | null;
}

/** The policy of an admission engine that keeps privileged pods out of a namespace in place of Pod Security labels. */
export const podSecurityEnginesView = defineView({
  reads: ["policyEngineObjects", "webhooks", "workloads"],
  compute: (context): ((namespace: string) => PodSecurityEngine | null) => {
    const { policyEngineObjects: objects, webhooks } = context.slices;
    const isAsked = context.view(askedEnginesView);
    const toEngine = (policy: KubeObject | undefined, engine: string): PodSecurityEngine[] =>
      policy ? [{ ref: policy.ref, isAsked: isAsked(engine) || (webhooks.length === 0 ? null : false) }] : [];
    return (namespace) => {
      const kyverno = objects.filter((o) => o.ref.kind === "ClusterPolicy" || (o.ref.kind === "Policy" && o.ref.namespace === namespace));
      const engines = [
        ...toEngine(kyverno.find((policy) => kyvernoEnforces(policy, namespace)) ?? objects.find(celEnforces), "Kyverno"),
        ...toEngine(
          objects.find((constraint) => gatekeeperEnforces(constraint, namespace)),
          "Gatekeeper",
        ),
      ];
      return engines.find((engine) => engine.isAsked) ?? engines[0] ?? null;
    };
  },
});

/** How each API server that runs as a pod was started. */
const apiServerFlagsView = defineView({
  reads: ["workloads"],
  compute: ({ slices }): readonly { readonly ref: ResourceRef; readonly flags: ComponentFlags }[] =>
    slices.workloads
      .filter((workload) => workload.ref.namespace === "kube-system" && workload.ref.name.startsWith("kube-apiserver"))
      .flatMap((workload) => workload.views().flatMap((pod) => pod.containers.map((container) => ({ ref: workload.ref, flags: readFlags(container) })))),
});

/** An API server whose defaults for unlabelled namespaces are in a file that the API does not show; null = none is known. */
export const admissionFileView = defineView({
  reads: ["workloads"],
  compute: (context): ResourceRef | null => context.view(apiServerFlagsView).find(({ flags }) => flags.get("admission-control-config-file"))?.ref ?? null,
});

/** An API server that has the plugin behind the labels switched off; null = none is known. */
export const podSecurityOffView = defineView({
  reads: ["workloads"],
  compute: (context): ResourceRef | null =>
    context.view(apiServerFlagsView).find(({ flags }) => flags.listOf("disable-admission-plugins").includes("PodSecurity"))?.ref ?? null,
});
