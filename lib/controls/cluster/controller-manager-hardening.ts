import { readBetaGate, toInteger, toSwitch } from "../../inventory/nodes/component-flags";
import { type ComponentInstance, controlPlaneView } from "../../inventory/nodes/control-plane";
import { componentAnswer, flagWeakness, openPort } from "../component-answer";
import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl, type Weakness } from "../define";

function judge(instance: ComponentInstance): Weakness[] {
  const { flags } = instance;
  const found: Weakness[] = [];
  if (toSwitch(flags.get("use-service-account-credentials")) !== true) {
    found.push(flagWeakness(instance, "use-service-account-credentials", "All controllers share one powerful credential.", { severity: "high" }));
  }
  for (const flag of ["service-account-private-key-file", "root-ca-file"])
    if (!flags.get(flag)) found.push(flagWeakness(instance, flag, `--${flag} is not set.`));
  found.push(...openPort(instance));
  // In beta since 1.12, and still in 1.37.
  if (readBetaGate(flags, "RotateKubeletServerCertificate") === false)
    found.push(flagWeakness(instance, "feature-gates", "Serving certificates of kubelets are not rotated."));
  const kept = flags.get("terminated-pod-gc-threshold");
  if (!((toInteger(kept) ?? 0) > 0)) {
    const message = kept ? "Finished pods are never cleared away." : "How many finished pods are kept is left to the default.";
    found.push(flagWeakness(instance, "terminated-pod-gc-threshold", message, { severity: "info" }));
  }
  return found;
}

export default defineControl({
  id: "controller-manager-hardening",
  layer: "cluster",
  severity: "medium",
  maxSeverity: "high",
  title: "The controller manager separates its credentials and listens on loopback",
  failure: "runs its controller manager with weak settings",
  why: "The controller manager signs certificates and service account tokens. One credential shared by all its controllers makes the weakest of them as powerful as the strongest, and an open port shows what it does.",
  action: "Separate credentials in the controller manager",
  fix: flagsFix(
    "Set --use-service-account-credentials=true, --bind-address=127.0.0.1, --service-account-private-key-file, --root-ca-file and --terminated-pod-gc-threshold, and leave the feature gate RotateKubeletServerCertificate on. What reads its metrics from elsewhere then needs a proxy on the node.",
    "kube-controller-manager",
  ),
  verify: flagsCommand(
    "kube-controller-manager",
    "--(use-service-account-credentials|bind-address|secure-port|service-account-private-key-file|root-ca-file|feature-gates|terminated-pod-gc-threshold)",
  ),
  lookFor: flagsLookFor(
    "No `--use-service-account-credentials=true`, a `--bind-address` that is not loopback or is missing (unless `--secure-port=0` opens no port), no `--service-account-private-key-file`, `--root-ca-file` or `--terminated-pod-gc-threshold`, or `RotateKubeletServerCertificate=false` or, where it is not named, `AllBeta=false`.",
  ),
  tips: ["S1"],
  frameworks: { cis: ["1.3.1", "1.3.3", "1.3.4", "1.3.5", "1.3.6", "1.3.7"], nsa: ["CP"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/"],
  aliases: ["kcm-gc-threshold", "kcm-sa-credentials", "kcm-sa-key", "kcm-root-ca", "kcm-rotate-server-cert", "kcm-bind-address"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  check: (_cluster, context) => componentAnswer(context.view(controlPlaneView), "kube-controller-manager", judge),
  remedy: null,
});
