import { hiddenDefaultsView, labelOf, labelPath, podSecurityOffView, toLevels } from "../../inventory/admission/pod-security-labels";
import { opaqueEngineView } from "../../inventory/admission/policy-enforcement";
import { platformGuardView } from "../../inventory/admission/platform-guard";
import { placeOf } from "../../inventory/admission/policy-namespace";
import { restrictedReadinessView } from "../../pod-security/restricted-readiness";
import { joinWords } from "../../model/join-words";
import { nodeGuardsView } from "../admission/node-guards";
import { defineControl, notApplicable, unknown, weakness } from "../define";
import { set } from "../remedies/ops";
import { unpinLevels } from "../remedies/unpin-levels";

const PATH = labelPath(labelOf("enforce"));

const MOST_NAMED = 3;

/** The first minor version whose API server acts on the labels unless it is told not to. */
const ACTS_FROM_MINOR = 23;

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
  extraReads: ["webhooks", "configMaps", "services", "nodes", "endpointSlices", "companions", "customResourceDefinitions", "securityContextConstraints"],
  wholeCluster: "fail",
  check: (namespace, context) => {
    if (namespace.scope === "platform") return notApplicable("The namespace belongs to the platform.");
    const isOff = context.view(podSecurityOffView) !== null;
    const isOld = context.kubeVersion?.major === 1 && context.kubeVersion.minor < ACTS_FROM_MINOR;
    if (!isOff && !isOld && toLevels(namespace.labels).enforce !== "privileged") return [];
    const label = namespace.labels[labelOf("enforce")];
    const platform = context.view(platformGuardView);
    if (platform?.isForEverybody) return { state: "pass", notes: [weakness(PATH, label, platform.does, { object: platform.object })] };
    const place = placeOf(namespace);
    const guard = context.view(nodeGuardsView)(place);
    const { named, policies } = guard;
    const isOne = policies.length === 1;
    if (guard.refuses === true) {
      const spared = guard.asksWho ? " Who makes a pod has a say: whom a policy leaves out by name may make any." : "";
      const added = guard.seesAdded ? "" : " Containers that are added to a running pod are not seen.";
      const message = `${named} ${isOne ? "refuses" : "refuse"} pods here that take over a node.${spared}${added}`;
      return { state: "pass", notes: policies.map((object) => weakness(PATH, label, message, { object })) };
    }
    if (guard.refuses !== false) return unknown(guard.refuses);
    const opaque = context.view(opaqueEngineView)([place]);
    if (opaque?.isForAll) return unknown(`${opaque.engine} is asked about new pods here; what it refuses is not read.`);
    if (platform) return unknown(`${platform.does} Who may make privileged ones is not read.`);
    if (isOld) return unknown("Before Kubernetes 1.23 the label does nothing by itself; PodSecurityPolicies, which may guard there, are not read.");
    const hidden = label === undefined ? context.view(hiddenDefaultsView) : null;
    if (hidden) return unknown(hidden);
    if (isOff) return [weakness(PATH, label, "The API server has the plugin PodSecurity switched off: labels do nothing.")];
    const message =
      label === undefined ? "No level is enforced; the built-in default is privileged." : "The enforced level is privileged, which allows everything.";
    const other = guard.idle === null ? "" : ` ${guard.idle}`;
    const partly = policies.length > 0 ? ` ${named} ${isOne ? "lets" : "let"} through pods with ${joinWords(guard.letsThrough, MOST_NAMED)}.` : "";
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
