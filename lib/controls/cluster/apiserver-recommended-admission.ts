import { controlPlaneView } from "../../inventory/nodes/control-plane";
import { componentAnswer, flagWeakness } from "../component-answer";
import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl } from "../define";

const WANTED: Readonly<Record<string, string>> = {
  AlwaysPullImages:
    "A pod may use an image that another tenant pulled with a credential of their own, unless its kubelet checks that, as it does by default from 1.35 on",
  EventRateLimit: "One client can flood the API server with events",
  DenyServiceExternalIPs: "A Service may claim any address with externalIPs",
};

export default defineControl({
  id: "apiserver-recommended-admission",
  layer: "cluster",
  severity: "low",
  title: "The API server runs AlwaysPullImages, EventRateLimit and DenyServiceExternalIPs",
  failure: "runs without AlwaysPullImages, EventRateLimit or DenyServiceExternalIPs",
  why: "Roles cannot prevent what these admission plugins do: a pod that uses an image which another tenant pulled, a flood of events, a Service that claims the address of somebody else.",
  action: "Turn the recommended admission plugins on",
  fix: flagsFix(
    "Add AlwaysPullImages, EventRateLimit and DenyServiceExternalIPs to --enable-admission-plugins. EventRateLimit needs a file of limits, named by --admission-control-config-file. With AlwaysPullImages no pod starts while its registry is away, and each needs the credentials for its images.",
    "kube-apiserver",
  ),
  verify: flagsCommand("kube-apiserver", "--enable-admission-plugins"),
  lookFor: flagsLookFor("One of AlwaysPullImages, EventRateLimit and DenyServiceExternalIPs is not under `--enable-admission-plugins`."),
  tips: ["S1", "S5"],
  frameworks: { cis: ["1.2.3", "1.2.9", "1.2.11"], nsa: ["CP"], mitre: ["T1557", "T1499"], owasp: ["K04"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/"],
  aliases: ["apiserver-deny-external-ips", "apiserver-event-rate-limit", "apiserver-always-pull-images"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  check: (_cluster, context) =>
    componentAnswer(context.view(controlPlaneView), "kube-apiserver", (instance) => {
      const enabled = instance.flags.listOf("enable-admission-plugins");
      return Object.entries(WANTED)
        .filter(([plugin]) => !enabled.includes(plugin))
        .map(([plugin, effect]) => flagWeakness(instance, "enable-admission-plugins", `${plugin} is off. ${effect}.`, {}, plugin));
    }),
  remedy: null,
});
