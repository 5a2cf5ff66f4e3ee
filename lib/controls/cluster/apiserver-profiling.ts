import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl } from "../define";
import { profilingAnswer } from "../profiling-answer";

export default defineControl({
  id: "apiserver-profiling",
  layer: "cluster",
  severity: "low",
  title: "The API server serves no profiling data",
  failure: "serves profiling data of its API server",
  why: "Profiles show the memory and timing of the program that holds every credential of the cluster, and taking one slows it down.",
  action: "Turn profiling of the API server off",
  fix: flagsFix("Set --profiling=false.", "kube-apiserver"),
  verify: flagsCommand("kube-apiserver", "--profiling"),
  lookFor: flagsLookFor("No `--profiling=false`."),
  tips: ["S1"],
  frameworks: { cis: ["1.2.15"], nsa: ["CP"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  check: (_cluster, context) => profilingAnswer(context, "kube-apiserver"),
  remedy: null,
});
