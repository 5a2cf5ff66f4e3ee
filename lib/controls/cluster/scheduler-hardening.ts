import { controlPlaneView } from "../../inventory/control-plane";
import { componentAnswer, flagWeakness } from "../component-answer";
import { defineControl } from "../define";

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

export default defineControl({
  id: "scheduler-hardening",
  layer: "cluster",
  severity: "low",
  title: "The scheduler listens on loopback only",
  failure: "opens the port of its scheduler to the network",
  why: "Metrics and debug pages of the scheduler tell what runs where. Nobody outside its node needs the port.",
  fix: "Set --bind-address=127.0.0.1.",
  verify: "kubectl -n kube-system get pods -l component=kube-scheduler -o yaml | grep -E -- '--bind-address'",
  tips: ["S1"],
  frameworks: { cis: ["1.4.2"], nsa: ["CP"], owasp: ["K06"] },
  references: ["https://kubernetes.io/docs/reference/command-line-tools-reference/kube-scheduler/"],
  aliases: ["sched-bind-address"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  check: (_cluster, context) =>
    componentAnswer(context.view(controlPlaneView), "kube-scheduler", (instance) => {
      const address = instance.flags.get("bind-address")?.value;
      return address !== undefined && LOOPBACK.has(address) ? [] : [flagWeakness(instance, "bind-address", "Its port is open on every address of the node.")];
    }),
  remedy: null,
});
