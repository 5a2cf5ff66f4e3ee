import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl } from "../define";
import { profilingAnswer } from "../profiling-answer";

export default defineControl({
  id: "controller-manager-profiling",
  layer: "cluster",
  severity: "low",
  title: "The controller manager serves no profiling data",
  failure: "serves profiling data of its controller manager",
  why: "Profiles show the memory and timing of the program that signs certificates and tokens, and taking one slows it down.",
  action: "Turn profiling of the controller manager off",
  fix: flagsFix("Set --profiling=false.", "kube-controller-manager"),
  verify: flagsCommand("kube-controller-manager", "--profiling"),
  lookFor: flagsLookFor("No `--profiling=false`."),
  tips: ["S1"],
  frameworks: { cis: ["1.3.2"], nsa: ["CP"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/"],
  aliases: ["kcm-profiling"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  check: (_cluster, context) => profilingAnswer(context, "kube-controller-manager"),
  remedy: null,
});
