import { voidedBy } from "../../inventory/admission/kyverno-exceptions";
import { podSecurityEnginesView } from "../../inventory/admission/pod-security-engines";
import { admissionFileView, labelOf, labelPath, podSecurityOffView, toLevels } from "../../inventory/admission/pod-security-labels";
import { platformGuardView } from "../../inventory/admission/platform-guard";
import { toPolicyNamespace } from "../../inventory/admission/policy-namespace";
import { restrictedReadinessView } from "../../pod-security/restricted-readiness";
import { joinWords } from "../../model/join-words";
import type { ResourceRef } from "../../model/resource-ref";
import { takeoverGuardsView } from "../admission/pod-guards";
import { defineControl, notApplicable, unknown, weakness } from "../define";
import { set } from "../remedies/ops";
import { unpinLevels } from "../remedies/unpin-levels";

const PATH = labelPath(labelOf("enforce"));

const MOST_NAMED = 3;

/** The first minor version whose API server acts on the labels unless it is told not to. */
const ACTS_FROM_MINOR = 23;

/** `ValidatingAdmissionPolicy a and b and ValidatingPolicy c`. */
function nameByKind(policies: readonly ResourceRef[]): string {
  const namesOf = (own: readonly ResourceRef[]): readonly string[] => own.map(({ name }) => name);
  return [...Map.groupBy(policies, ({ kind }) => kind)].map(([kind, own]) => `${kind} ${joinWords(namesOf(own), MOST_NAMED)}`).join(" and ");
}

export default defineControl({
  id: "psa-enforce-missing",
  layer: "cluster",
  severity: "high",
  title: "Namespaces refuse privileged pods by Pod Security",
  failure: "admits privileged pods",
  why: "Anyone who may create a pod here can create one that is root on its node: privileged, in the host's namespaces, or with the host's files mounted.",
  action: "Enforce Pod Security on namespaces",
  fix: "Label the namespace `pod-security.kubernetes.io/enforce: baseline`, or `restricted` where its workloads already meet it. Label it `warn` and `audit` first to see what would be refused. Running pods are left alone, but a pod that does not meet the level cannot be created again.",
  verify: "kubectl get namespaces -L pod-security.kubernetes.io/enforce",
  lookFor: "Nothing, or privileged, under ENFORCE: Pod Security refuses nothing there.",
  tips: ["S4"],
  frameworks: { cis: ["5.2.1"], nsa: ["PE"], mitre: ["T1610", "T1611"], owasp: ["K04"] },
  references: ["https://kubernetes.io/docs/concepts/security/pod-security-admission/"],
  subject: "namespace",
  reads: ["policyEngineObjects", "admissionPolicies", "workloads", "namespaces"],
  extraReads: ["webhooks", "configMaps", "nodes", "customResourceDefinitions"],
  wholeCluster: "fail",
  check: (namespace, context) => {
    if (namespace.scope === "platform") return notApplicable("The namespace belongs to the platform.");
    const isOff = context.view(podSecurityOffView) !== null;
    const isOld = context.kubeVersion?.major === 1 && context.kubeVersion.minor < ACTS_FROM_MINOR;
    if (!isOff && !isOld && toLevels(namespace.labels).enforce !== "privileged") return [];
    const label = namespace.labels[labelOf("enforce")];
    const platform = context.view(platformGuardView);
    if (platform?.isForEverybody) return { state: "pass", notes: [weakness(PATH, label, platform.does, { object: platform.object })] };
    const place = toPolicyNamespace(namespace.ref.name, namespace.labels);
    const native = context.view(takeoverGuardsView)(place);
    const named = nameByKind(native.policies);
    const spared = native.asksWho ? " Who makes a pod has a say: whom a policy leaves out by name may make any." : "";
    const added = native.seesAdded ? "" : " Containers that are added to a running pod are not seen.";
    if (native.refuses === true)
      return {
        state: "pass",
        notes: native.policies.map((object) =>
          weakness(PATH, label, `${named} ${native.policies.length === 1 ? "refuses" : "refuse"} pods here that take over a node.${spared}${added}`, {
            object,
          }),
        ),
      };
    const engine = context.view(podSecurityEnginesView)(place);
    const policy = engine && `${engine.ref.kind} ${engine.ref.name}`;
    const idle =
      engine && (engine.isAsked === false ? "no webhook of its engine asks it here, or its engine leaves the namespace out" : voidedBy(engine.exemption));
    if (engine && idle === null) {
      if (engine.exemption) return unknown(`${policy} would enforce Pod Security, but ${engine.exemption.because}.`);
      if (engine.isAsked === true) return { state: "pass", notes: [weakness(PATH, label, `${policy} enforces Pod Security here.`, { object: engine.ref })] };
      return unknown(`${policy} would enforce Pod Security, but ${engine.isAsked}.`);
    }
    if (typeof native.refuses === "string") return unknown(`${named} may refuse pods here that take over a node, but ${native.refuses}.`);
    if (platform) return unknown(`${platform.does} Who may make privileged ones is not read.`);
    if (isOld) return unknown("Before Kubernetes 1.23 the label does nothing by itself; PodSecurityPolicies, which may guard there, are not read.");
    const hidden = label === undefined && !isOff ? context.view(admissionFileView) : null;
    if (hidden) return unknown("The API server reads its defaults for unlabelled namespaces from a file that the API does not show.");
    if (isOff) return [weakness(PATH, label, "The API server has the plugin PodSecurity switched off: labels do nothing.")];
    const message =
      label === undefined ? "No level is enforced; the built-in default is privileged." : "The enforced level is privileged, which allows everything.";
    const other = policy ? ` ${policy} does nothing here: ${idle}.` : "";
    const partly =
      native.policies.length > 0
        ? ` ${named} ${native.policies.length === 1 ? "lets" : "let"} through pods with ${joinWords(native.letsThrough, MOST_NAMED)}.`
        : "";
    return [weakness(PATH, label, `${message}${other}${partly}`)];
  },
  remedy: (namespace, _weaknesses, context) => {
    if (context.view(podSecurityOffView)) return null;
    const { workloads, refused, doubt } = context.view(restrictedReadinessView)(namespace.ref.name);
    const level = workloads > 0 && refused.length === 0 && doubt === null ? "restricted" : "baseline";
    const others = (["warn", "audit"] as const).filter((mode) => namespace.labels[labelOf(mode)] !== "restricted");
    const ops = [
      set(PATH, level),
      ...others.map((mode) => set(labelPath(labelOf(mode)), "restricted")),
      ...unpinLevels(namespace.labels, ["enforce", ...others]),
    ];
    return { ops, risk: "may-break", note: `New pods that break ${level} are refused. The pss-${level} findings of this namespace say which.` };
  },
});
