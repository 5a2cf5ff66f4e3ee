import { readGate } from "../../inventory/nodes/component-flags";
import { controlPlaneView } from "../../inventory/nodes/control-plane";
import { componentAnswer, flagWeakness } from "../component-answer";
import { flagsCommand, flagsLookFor } from "../flags-command";
import { defineControl, type Outcome } from "../define";

export default defineControl({
  id: "component-alpha-features",
  layer: "cluster",
  severity: "medium",
  title: "Control plane components do not run every alpha feature",
  failure: "runs every alpha feature in its control plane",
  why: "Alpha features are neither finished nor supported: a flaw in one may never be fixed, and nobody knows which are on.",
  action: "Turn alpha features off",
  fix: "Remove AllAlpha from --feature-gates of the API server, the controller manager and the scheduler, and name the few features that you need. An object that only an alpha API serves is out of reach after that: move it first. With kubeadm these flags are in /etc/kubernetes/manifests on each control plane node; a component restarts as soon as its file there is saved.",
  verify: flagsCommand("kube-apiserver|kube-controller-manager|kube-scheduler", "--feature-gates"),
  lookFor: flagsLookFor("`AllAlpha=true` under `--feature-gates`."),
  tips: ["S1"],
  frameworks: { nsa: ["CP"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  check: (_cluster, context): Outcome => {
    const plane = context.view(controlPlaneView);
    const answers = (["kube-apiserver", "kube-controller-manager", "kube-scheduler"] as const).map((component) =>
      componentAnswer(plane, component, (instance) =>
        readGate(instance.flags, "AllAlpha") === true ? [flagWeakness(instance, "feature-gates", `${component} runs every alpha feature.`)] : [],
      ),
    );
    const found = answers.flatMap((answer) => ("state" in answer ? [] : answer));
    return found.length > 0 ? found : (answers.find((answer) => "state" in answer) ?? []);
  },
  remedy: null,
});
