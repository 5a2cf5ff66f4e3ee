import { controlPlaneView } from "../../inventory/nodes/control-plane";
import { componentAnswer, openPort } from "../component-answer";
import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl } from "../define";

export default defineControl({
  id: "scheduler-hardening",
  layer: "cluster",
  severity: "low",
  title: "The scheduler listens on loopback only",
  failure: "opens the port of its scheduler to the network",
  why: "The metrics and debug pages of the scheduler show what runs where. Nobody outside its node needs the port.",
  action: "Bind the scheduler to loopback",
  fix: flagsFix("Set --bind-address=127.0.0.1. What reads its metrics from elsewhere then needs a proxy on the node.", "kube-scheduler"),
  verify: flagsCommand("kube-scheduler", "--(bind-address|secure-port)"),
  lookFor: flagsLookFor("A `--bind-address` that is not loopback, or none: the default is every address. With `--secure-port=0` there is no port."),
  tips: ["S1"],
  frameworks: { cis: ["1.4.2"], nsa: ["CP"], owasp: ["K06"] },
  references: ["https://kubernetes.io/docs/reference/command-line-tools-reference/kube-scheduler/"],
  aliases: ["sched-bind-address"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  check: (_cluster, context) => componentAnswer(context.view(controlPlaneView), "kube-scheduler", openPort),
  remedy: null,
});
