import { type ComponentInstance, controlPlaneView } from "../../inventory/nodes/control-plane";
import { componentAnswer, flagWeakness } from "../component-answer";
import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl, type Weakness } from "../define";

/** On by default; switching one off takes a guard away. */
const NEVER_OFF = [
  "ServiceAccount",
  "NamespaceLifecycle",
  "PodSecurity",
  "LimitRanger",
  "ResourceQuota",
  "CertificateSubjectRestriction",
  "CertificateApproval",
  "CertificateSigning",
  "ClusterTrustBundleAttest",
  "ValidatingAdmissionWebhook",
  "MutatingAdmissionWebhook",
  "ValidatingAdmissionPolicy",
  "MutatingAdmissionPolicy",
];

function judge(instance: ComponentInstance): Weakness[] {
  const enabled = instance.flags.listOf("enable-admission-plugins");
  const disabled = instance.flags.listOf("disable-admission-plugins");
  const found = NEVER_OFF.filter((plugin) => disabled.includes(plugin)).map((plugin) =>
    flagWeakness(instance, "disable-admission-plugins", `The plugin ${plugin} is switched off.`, {}, plugin),
  );
  if (enabled.includes("AlwaysAdmit"))
    found.push(flagWeakness(instance, "enable-admission-plugins", "AlwaysAdmit admits every object.", { severity: "critical" }, "AlwaysAdmit"));
  if (!enabled.includes("NodeRestriction") || disabled.includes("NodeRestriction")) {
    found.push(flagWeakness(instance, "enable-admission-plugins", "NodeRestriction, which is off by default, is not switched on.", {}, "NodeRestriction"));
  }
  return found;
}

export default defineControl({
  id: "apiserver-required-admission",
  layer: "cluster",
  severity: "high",
  maxSeverity: "critical",
  title: "The API server runs NodeRestriction and its default admission plugins",
  failure: "runs without NodeRestriction or a default admission plugin, or with AlwaysAdmit",
  why: "NodeRestriction confines a stolen kubelet credential to its own node; PodSecurity, ServiceAccount and the other default plugins keep tenants inside their namespaces. Roles alone can do neither.",
  action: "Run NodeRestriction and the default admission plugins",
  fix: flagsFix(
    "Add NodeRestriction to --enable-admission-plugins, remove AlwaysAdmit from it, and remove default plugins from --disable-admission-plugins.",
    "kube-apiserver",
  ),
  verify: flagsCommand("kube-apiserver", "--(enable|disable)-admission-plugins"),
  lookFor: flagsLookFor(
    "`NodeRestriction` not under `--enable-admission-plugins`, `AlwaysAdmit` there, or a default plugin such as PodSecurity or ServiceAccount under `--disable-admission-plugins`.",
  ),
  tips: ["S1", "S4"],
  frameworks: { cis: ["1.2.10", "1.2.12", "1.2.13", "1.2.14"], nsa: ["PE", "CP"], mitre: ["T1078"], owasp: ["K04"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/"],
  aliases: [
    "apiserver-always-admit",
    "apiserver-serviceaccount-plugin",
    "apiserver-namespace-lifecycle",
    "apiserver-node-restriction",
    "apiserver-pod-security",
  ],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  check: (_cluster, context) => componentAnswer(context.view(controlPlaneView), "kube-apiserver", judge),
  remedy: null,
});
