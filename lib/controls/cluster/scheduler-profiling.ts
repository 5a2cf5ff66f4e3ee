import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl } from "../define";
import { profilingAnswer } from "../profiling-answer";

export default defineControl({
  id: "scheduler-profiling",
  layer: "cluster",
  severity: "low",
  title: "The scheduler serves no profiling data",
  failure: "serves profiling data of its scheduler",
  why: "Profiles show the memory and timing of the program that places every pod, and taking one slows it down.",
  action: "Turn profiling of the scheduler off",
  fix: flagsFix("Set --profiling=false, or `enableProfiling: false` in the file that --config names.", "kube-scheduler"),
  verify: flagsCommand("kube-scheduler", "--(config|profiling)"),
  lookFor: flagsLookFor("No `--profiling=false`. With `--config` that file decides: its `enableProfiling` is to be false."),
  tips: ["S1"],
  frameworks: { cis: ["1.4.1"], nsa: ["CP"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/command-line-tools-reference/kube-scheduler/"],
  aliases: ["sched-profiling"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  check: (_cluster, context) => profilingAnswer(context, "kube-scheduler"),
  remedy: null,
});
