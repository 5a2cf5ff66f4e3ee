import { type ComponentInstance, controlPlaneView } from "../../inventory/control-plane";
import { componentAnswer, flagWeakness } from "../component-answer";
import { FLAGS_LOOK_FOR, flagsCommand } from "../flags-command";
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
  "ValidatingAdmissionWebhook",
  "MutatingAdmissionWebhook",
  "ValidatingAdmissionPolicy",
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
    found.push(flagWeakness(instance, "enable-admission-plugins", "NodeRestriction, which is off by default, is not switched on."));
  }
  return found;
}

export default defineControl({
  id: "apiserver-required-admission",
  layer: "cluster",
  severity: "high",
  maxSeverity: "critical",
  title: "The API server runs the admission plugins that every cluster needs",
  failure: "runs without an admission plugin that every cluster needs",
  why: "NodeRestriction keeps a stolen kubelet credential to its own node; PodSecurity, ServiceAccount and the others keep tenants inside their namespaces. Without them roles alone cannot.",
  action: "Turn the admission plugins on that every cluster needs",
  fix: "Set --enable-admission-plugins=NodeRestriction and remove the default plugins from --disable-admission-plugins.",
  verify: flagsCommand("component=kube-apiserver", "--(enable|disable)-admission-plugins"),
  lookFor: FLAGS_LOOK_FOR,
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
  check: (_cluster, context) => componentAnswer(context.view(controlPlaneView), "kube-apiserver", judge),
  remedy: null,
});
