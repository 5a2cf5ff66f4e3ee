import { controlPlaneView } from "../../inventory/control-plane";
import { componentAnswer, flagWeakness } from "../component-answer";
import { FLAGS_LOOK_FOR, flagsCommand } from "../flags-command";
import { defineControl } from "../define";

const WANTED: Readonly<Record<string, string>> = {
  AlwaysPullImages: "A pod may use an image that another tenant pulled with a credential of their own",
  EventRateLimit: "One client can flood the API server with events",
  DenyServiceExternalIPs: "A Service may claim any address with externalIPs",
};

export default defineControl({
  id: "apiserver-recommended-admission",
  layer: "cluster",
  severity: "low",
  title: "The API server runs the recommended admission plugins",
  failure: "runs without a recommended admission plugin",
  why: "These plugins close small doors that roles cannot: images borrowed from a neighbour, floods of events, Services that claim the addresses of others.",
  action: "Turn the recommended admission plugins on",
  fix: "Add AlwaysPullImages, EventRateLimit and DenyServiceExternalIPs to --enable-admission-plugins. EventRateLimit needs a configuration file.",
  verify: flagsCommand("component=kube-apiserver", "--enable-admission-plugins"),
  lookFor: FLAGS_LOOK_FOR,
  tips: ["S1", "S5"],
  frameworks: { cis: ["1.2.3", "1.2.9", "1.2.11"], nsa: ["CP"], mitre: ["T1557", "T1499"], owasp: ["K04"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/"],
  aliases: ["apiserver-deny-external-ips", "apiserver-event-rate-limit", "apiserver-always-pull-images"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  check: (_cluster, context) =>
    componentAnswer(context.view(controlPlaneView), "kube-apiserver", (instance) => {
      const enabled = instance.flags.listOf("enable-admission-plugins");
      return Object.entries(WANTED)
        .filter(([plugin]) => !enabled.includes(plugin))
        .map(([plugin, effect]) => flagWeakness(instance, "enable-admission-plugins", `${plugin} is off. ${effect}.`));
    }),
  remedy: null,
});
