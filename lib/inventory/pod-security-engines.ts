import { isRecord, type JsonRecord, list, record, records, text, texts } from "../model/json";
import type { ResourceRef } from "../model/resource-ref";
import { askedEnginesView } from "./asked-engines";
import { whyConstraintOnlyReports } from "./gatekeeper-action";
import type { KubeObject } from "./kube-object";
import { isConditional } from "./kyverno-conditions";
import { type Exemption, kyvernoExemptionsView, voidedBy } from "./kyverno-exceptions";
import { overrideIn, type PolicyNamespace, seesCreation } from "./kyverno-match";
import { isEmptySelector } from "./label-selector";
import { matchesSome } from "./matches-glob";
import { defineView } from "./view";

interface Selection {
  readonly kinds: readonly string[];
  readonly namespaces: readonly string[];
  /** True when it selects by more than kinds and namespaces. */
  readonly isNarrow: boolean;
  /** True when it is about who asks, not about what is asked for. */
  readonly isForPeople: boolean;
  /** True when it means what is made, not only what is changed or deleted. */
  readonly seesCreation: boolean;
}

function toSelections(block: unknown): readonly Selection[] {
  const { any, all, resources } = record(block);
  const blocks = [...records(any), ...records(all), ...(isRecord(resources) ? [{ resources }] : [])];
  // All parts of `all` must hold at once: one of several tells only half.
  const isPart = records(all).length > 1;
  return blocks.map((item) => {
    const own = record(record(item).resources);
    const isNarrow = isPart || Object.keys(own).some((key) => !["kinds", "namespaces", "operations"].includes(key)) || Object.keys(record(item)).length > 1;
    return {
      kinds: texts(own.kinds),
      namespaces: texts(own.namespaces),
      isNarrow,
      isForPeople: !isRecord(record(item).resources),
      seesCreation: seesCreation(own),
    };
  });
}

/** The policy of Kyverno's bundle for the Pod Security Standards that keeps privileged pods out. */
const NO_PRIVILEGED = "disallow-privileged-containers";

/** The control of the Pod Security Standards that forbids them, as an exclusion names it. */
const PRIVILEGED_CONTROL = "Privileged Containers";

/** The rules of a policy that keep privileged pods out of a namespace. */
function strictRules(policy: KubeObject, place: PolicyNamespace): readonly JsonRecord[] {
  const namespace = place.name;
  const spec = record(policy.body.spec);
  if (spec.admission === false) return [];
  return records(spec.rules).filter((rule) => {
    const validate = record(rule.validate);
    const { level, exclude } = record(validate.podSecurity);
    const here = [...records(validate.failureActionOverrides), ...(validate.failureAction ? [] : records(spec.validationFailureActionOverrides))];
    const action = overrideIn(here, place) ?? text(validate.failureAction) ?? text(spec.validationFailureAction) ?? "Audit";
    const isWhole = records(exclude).every(({ controlName }) => controlName !== PRIVILEGED_CONTROL);
    const isStrict = ((level === "baseline" || level === "restricted") && isWhole) || (policy.ref.name === NO_PRIVILEGED && isRecord(rule.validate));
    if (!isStrict || action.toLowerCase() !== "enforce" || isConditional(rule, spec)) return false;
    const isMatched = toSelections(rule.match).some(
      (selection) =>
        !selection.isNarrow &&
        selection.seesCreation &&
        selection.kinds.some((kind) => /(^|\/)Pod$/.test(kind)) &&
        (selection.namespaces.length === 0 || matchesSome(selection.namespaces, namespace)),
    );
    const isExcluded = toSelections(rule.exclude).some(
      (selection) => !selection.isForPeople && selection.seesCreation && (selection.namespaces.length === 0 || matchesSome(selection.namespaces, namespace)),
    );
    return isMatched && !isExcluded;
  });
}

/** The same policy as Kyverno writes it in CEL. */
function celEnforces({ ref, body }: KubeObject, namespace: string): boolean {
  const spec = record(body.spec);
  const constraints = record(spec.matchConstraints);
  const actions = texts(spec.validationActions);
  const isHere = ref.kind === "ValidatingPolicy" || (ref.kind === "NamespacedValidatingPolicy" && ref.namespace === namespace);
  // Without an action it denies.
  if (!isHere || ref.name !== NO_PRIVILEGED || (actions.length > 0 && !actions.includes("Deny"))) return false;
  if (
    record(record(spec.evaluation).admission).enabled === false ||
    [spec.matchConditions, constraints.excludeResourceRules].some((part) => list(part).length > 0)
  )
    return false;
  const isNarrow = [constraints.namespaceSelector, constraints.objectSelector].some((selector) => Object.keys(record(selector)).length > 0);
  return !isNarrow && records(constraints.resourceRules).some((rule) => texts(rule.resources).includes("pods") && texts(rule.operations).includes("CREATE"));
}

function seesPods({ apiGroups, kinds }: JsonRecord): boolean {
  const covers = (values: readonly string[], wanted: string) => values.length === 0 || values.includes("*") || values.includes(wanted);
  return covers(texts(apiGroups), "") && covers(texts(kinds), "Pod");
}

function gatekeeperEnforces(constraint: KubeObject, namespace: string): boolean {
  if (constraint.ref.kind !== "K8sPSPPrivilegedContainer" || whyConstraintOnlyReports(constraint) !== null) return false;
  const { match: given, parameters } = record(constraint.body.spec);
  const match = record(given);
  // One that is for chosen objects, or only for what others generate, is no guard of the namespace, nor one that every image is exempt from.
  const isChosen = [match.labelSelector, match.namespaceSelector].some((selector) => isRecord(selector) && !isEmptySelector(selector));
  if (isChosen || text(match.name) !== undefined) return false;
  if (match.source === "Generated" || match.scope === "Cluster" || texts(record(parameters).exemptImages).includes("*")) return false;
  if (list(match.kinds).length > 0 && !records(match.kinds).some(seesPods)) return false;
  const isExcluded = matchesSome(texts(match.excludedNamespaces), namespace);
  return !isExcluded && (list(match.namespaces).length === 0 || matchesSome(texts(match.namespaces), namespace));
}

interface PodSecurityEngine {
  readonly ref: ResourceRef;
  /** Whether the API server asks the engine; null = nobody can tell, because its webhooks were not read. */
  readonly isAsked: boolean | null;
  /** What is excepted from the policy in this namespace; null = nothing. */
  readonly exemption: Exemption | null;
}

/** The best first: what surely enforces, what may, what does not. */
function rank({ isAsked, exemption }: PodSecurityEngine): number {
  if (isAsked === false || voidedBy(exemption) !== null) return 2;
  return isAsked && exemption === null ? 0 : 1;
}

/** The policy of an admission engine that keeps privileged pods out of a namespace in place of Pod Security labels. */
export const podSecurityEnginesView = defineView({
  reads: ["policyEngineObjects", "webhooks", "workloads"],
  compute: (context): ((namespace: PolicyNamespace) => PodSecurityEngine | null) => {
    const { policyEngineObjects: objects } = context.slices;
    const isAsked = context.view(askedEnginesView);
    const findExemption = context.view(kyvernoExemptionsView);
    const isWhole = context.isRead("webhooks");
    const toEngine = (engine: string, { ref }: KubeObject, exemption: Exemption | null): PodSecurityEngine => ({
      ref,
      isAsked: isAsked(engine) || (isWhole ? false : null),
      exemption,
    });
    return (place) => {
      const engines = objects.flatMap((policy): PodSecurityEngine[] => {
        const { kind, namespace } = policy.ref;
        const isRules = kind === "ClusterPolicy" || (kind === "Policy" && namespace === place.name);
        const rules = (isRules ? strictRules(policy, place) : []).map((rule) => ({ name: text(rule.name) ?? "", kinds: ["Pod"] }));
        if (rules.length > 0 || celEnforces(policy, place.name)) return [toEngine("Kyverno", policy, findExemption({ policy, rules, place }))];
        return gatekeeperEnforces(policy, place.name) ? [toEngine("Gatekeeper", policy, null)] : [];
      });
      return engines.toSorted((a, b) => rank(a) - rank(b))[0] ?? null;
    };
  },
});
