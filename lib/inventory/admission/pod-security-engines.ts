import { type JsonRecord, list, record, records, text, texts } from "../../model/json";
import type { ResourceRef } from "../../model/resource-ref";
import { judgedInView } from "./asked-engines";
import { constraintChooses, constraintMeansPods, constraintSeesNamespace, whyConstraintOnlyReports } from "./gatekeeper-constraint";
import type { KubeObject } from "../kube-object";
import { isForNamespace } from "./kyverno-cel";
import { appliesToAll } from "./kyverno-conditions";
import { type Exemption, kyvernoExemptionsView, voidedBy } from "./kyverno-exceptions";
import { refusesIn, sparesPeople } from "./kyverno-match";
import { whyNotReady } from "./kyverno-status";
import type { PolicyNamespace } from "./policy-namespace";
import { defineView } from "../view";

/** A way to take over a node, by the check of Pod Security that forbids it, or the namespace of the host that it takes. */
type Way = "privileged" | "hostNetwork" | "hostPID" | "hostIPC" | "hostPathVolumes";

/** The controls of the Pod Security Standards that keep them out, as an exclusion names them. */
const OF_CONTROLS: readonly (readonly [control: string, ways: readonly Way[]])[] = [
  ["Privileged Containers", ["privileged"]],
  ["Host Namespaces", ["hostNetwork", "hostPID", "hostIPC"]],
  ["HostPath Volumes", ["hostPathVolumes"]],
];

/** The ways that a rule of Kyverno keeps out of a namespace by holding it to a level. */
function waysOfRule(policy: KubeObject, rule: JsonRecord, place: PolicyNamespace): readonly Way[] {
  const spec = record(policy.body.spec);
  const validate = record(rule.validate);
  const { level, exclude } = record(validate.podSecurity);
  const isHeld = (level === "baseline" || level === "restricted") && refusesIn(validate, spec, place);
  if (!isHeld || appliesToAll(rule, spec, place) !== true) return [];
  const excluded = records(exclude).map(({ controlName }) => controlName);
  return OF_CONTROLS.flatMap(([control, ways]) => (excluded.includes(control) ? [] : ways));
}

/** Of Gatekeeper's library, and of the initiatives of Azure Policy: what constraints keep out, and why their parameters may let some of it in, as part of a sentence. */
const OF_GATEKEEPER: readonly {
  readonly kind: RegExp;
  readonly ways: readonly Way[];
  readonly isOff?: (parameters: JsonRecord) => boolean;
  readonly doubtOf?: (parameters: JsonRecord) => string | null;
}[] = [
  {
    kind: /^K8s(?:PSPPrivilegedContainer|Azure(?:V\d+)?NoPrivilege)$/,
    ways: ["privileged"],
    doubtOf: ({ exemptImages, excludedImages, excludedContainers }) => {
      const [image] = [exemptImages, excludedImages].flatMap(texts);
      const [container] = texts(excludedContainers);
      const left = image !== undefined ? `images (${image})` : container !== undefined ? `containers (${container})` : null;
      return left && `it leaves out ${left} that whoever writes a pod can name`;
    },
  },
  { kind: /^K8s(?:PSP|Azure(?:V\d+)?Block)HostNamespace$/, ways: ["hostPID", "hostIPC"] },
  {
    kind: /^K8s(?:PSP|Azure(?:V\d+)?)HostNetworkingPorts$/,
    ways: ["hostNetwork"],
    isOff: ({ hostNetwork, allowHostNetwork }) => hostNetwork === true || allowHostNetwork === true,
  },
  {
    kind: /^K8s(?:PSP|Azure(?:V\d+)?)HostFilesystem$/,
    ways: ["hostPathVolumes"],
    doubtOf: ({ allowedHostPaths }) =>
      [...list(allowedHostPaths), ...list(record(allowedHostPaths).paths)].length > 0 ? "it allows some paths of the host" : null,
  },
  { kind: /^K8sPSPVolumeTypes$/, ways: ["hostPathVolumes"], isOff: ({ volumes }) => texts(volumes).includes("hostPath") },
];

/** A policy of an admission engine that keeps ways to take over a node out of a namespace. */
export interface PodSecurityEngine {
  readonly ref: ResourceRef;
  readonly ways: ReadonlySet<string>;
  /** It leaves out what chosen people make. */
  readonly asksWho: boolean;
  /** Why it does not here, as part of a sentence; null = it does, or may. */
  readonly idleBecause: string | null;
  /** A text = why nobody can tell, as part of a sentence. */
  readonly refuses: boolean | string;
}

const NOT_ASKED = "no webhook of its engine asks it here, or its engine leaves the namespace out";

/** The policies of admission engines that do so in place of Pod Security labels; what can be tried is tried instead. */
export const podSecurityEnginesView = defineView({
  reads: ["policyEngineObjects", "webhooks", "workloads", "configMaps"],
  compute: (context): ((namespace: PolicyNamespace) => readonly PodSecurityEngine[]) => {
    const { policyEngineObjects: objects } = context.slices;
    const isJudgedIn = context.view(judgedInView);
    const findExemption = context.view(kyvernoExemptionsView);
    return (place) => {
      const toEngine = (engine: string, policy: KubeObject, ways: readonly Way[], exemption: Exemption | null, doubt: string | null): PodSecurityEngine => {
        const isAsked = isJudgedIn(engine, policy, place);
        const idleBecause = isAsked === false ? NOT_ASKED : voidedBy(exemption);
        const asksWho = engine === "Kyverno" && records(record(policy.body.spec).rules).some(sparesPeople);
        return { ref: policy.ref, ways: new Set(ways), asksWho, idleBecause, refuses: idleBecause === null && (exemption?.because ?? doubt ?? isAsked) };
      };
      const fromRules = (policy: KubeObject): readonly PodSecurityEngine[] => {
        const spec = record(policy.body.spec);
        if (!isForNamespace(policy, place) || spec.admission === false || whyNotReady(policy) !== null) return [];
        const rules = records(spec.rules).map((rule) => ({ name: text(rule.name) ?? "", kinds: ["Pod"], ways: waysOfRule(policy, rule, place) }));
        const strict = rules.filter(({ ways }) => ways.length > 0);
        const ways = strict.flatMap((rule) => rule.ways);
        return strict.length === 0 ? [] : [toEngine("Kyverno", policy, ways, findExemption({ policy, rules: strict, place }), null)];
      };
      const fromConstraint = (constraint: KubeObject): readonly PodSecurityEngine[] => {
        const known = OF_GATEKEEPER.find(({ kind }) => kind.test(constraint.ref.kind));
        if (!known || whyConstraintOnlyReports(constraint) !== null || !constraintMeansPods(constraint) || constraintChooses(constraint)) return [];
        const parameters = record(record(constraint.body.spec).parameters);
        if (known.isOff?.(parameters)) return [];
        const doubt = known.doubtOf?.(parameters) ?? null;
        return constraintSeesNamespace(constraint, place) ? [toEngine("Gatekeeper", constraint, known.ways, null, doubt)] : [];
      };
      return objects.flatMap((policy) => (policy.ref.kind === "ClusterPolicy" || policy.ref.kind === "Policy" ? fromRules(policy) : fromConstraint(policy)));
    };
  },
});
