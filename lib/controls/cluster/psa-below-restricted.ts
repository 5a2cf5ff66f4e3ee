import { labelOf, labelPath, type PodSecurityMode, podSecurityOffView, toLevels } from "../../inventory/admission/pod-security-labels";
import { restrictedReadinessView } from "../../pod-security/restricted-readiness";
import { defineControl, notApplicable, unknown, weakness } from "../define";
import { set } from "../remedies/ops";
import { unpinLevels } from "../remedies/unpin-levels";

const path = (mode: PodSecurityMode) => labelPath(labelOf(mode));

export default defineControl({
  id: "psa-below-restricted",
  layer: "cluster",
  severity: "low",
  title: "Namespaces enforce the strictest Pod Security level that their workloads meet",
  failure: "enforces Pod Security baseline, where restricted is in reach or its warnings are off",
  why: "Baseline keeps pods off the node, but lets them run as root, keep capabilities and gain privileges. Where everything already meets restricted, enforcing it costs nothing and keeps the next deployment from falling back.",
  action: "Enforce the strictest Pod Security level in reach",
  fix: "Label the namespace `pod-security.kubernetes.io/enforce: restricted` when all its workloads meet it; otherwise set `warn` and `audit` to restricted, which show what is left to change.",
  verify:
    "kubectl get namespace NAMESPACE --show-labels; kubectl label --dry-run=server --overwrite namespace NAMESPACE pod-security.kubernetes.io/enforce=restricted",
  lookFor:
    "No warning in the dry run, which changes nothing but needs the right to update the namespace: all its pods meet restricted. Else the warning names those that do not, and `warn` and `audit` should be restricted.",
  tips: ["S4"],
  frameworks: { nsa: ["PE"], owasp: ["K04"] },
  references: ["https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-namespace-labels/"],
  subject: "namespace",
  reads: ["workloads"],
  extraReads: ["nodes"],
  wholeCluster: "fail",
  check: (namespace, context) => {
    if (namespace.scope === "platform") return notApplicable("The namespace belongs to the platform.");
    const levels = toLevels(namespace.labels);
    if (levels.enforce === "privileged" || context.view(podSecurityOffView) !== null)
      return notApplicable("It enforces nothing yet; psa-enforce-missing says so.");
    if (levels.enforce === "restricted") return [];
    const { workloads, refused, doubt } = context.view(restrictedReadinessView)(namespace.ref.name);
    const isMet = workloads > 0 && refused.length === 0;
    if (isMet && doubt === null) {
      return [
        weakness(
          path("enforce"),
          "baseline",
          `${workloads === 1 ? "The one workload of the namespace meets" : `${workloads === 2 ? "Both" : `All ${workloads}`} workloads of the namespace meet`} restricted already.`,
          { hint: "enforce" },
        ),
      ];
    }
    const silent = (["audit", "warn"] as const).filter((mode) => levels[mode] !== "restricted");
    if (isMet && silent.length === 0) return unknown(`Its workloads meet restricted as far as is known: ${doubt}`);
    return silent.map((mode) =>
      weakness(
        path(mode),
        namespace.labels[labelOf(mode)],
        `Nothing says what restricted would refuse: ${mode} is ${namespace.labels[labelOf(mode)] === undefined ? "not set" : levels[mode]}.`,
        { hint: mode },
      ),
    );
  },
  remedy: (namespace, weaknesses) => {
    const isReady = weaknesses.some((w) => w.hint === "enforce");
    const modes = isReady ? (["enforce", "audit", "warn"] as const) : (["audit", "warn"] as const);
    return { ops: [...modes.map((mode) => set(path(mode), "restricted")), ...unpinLevels(namespace.labels, modes)], risk: isReady ? "may-break" : "none" };
  },
});
