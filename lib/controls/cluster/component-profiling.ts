import { readGate, toSwitch } from "../../inventory/component-flags";
import { type Component, type ComponentInstance, controlPlaneView } from "../../inventory/control-plane";
import { componentAnswer, flagWeakness, type InstanceAnswer, untoldWeakness } from "../component-answer";
import { flagsCommand, flagsLookFor } from "../flags-command";
import { defineControl, type Outcome, type Weakness } from "../define";

const PROFILED = ["kube-apiserver", "kube-controller-manager", "kube-scheduler"] as const satisfies readonly Component[];
const LONGEST_REQUEST_SECONDS = 300;

/** `1h2m3s` in seconds; NaN for anything else. */
function toSeconds(duration: string): number {
  const found = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?$/.exec(duration);
  if (!found || duration === "") return Number(duration);
  return Number(found[1] ?? 0) * 3600 + Number(found[2] ?? 0) * 60 + Number(found[3] ?? 0);
}

function judge(instance: ComponentInstance): InstanceAnswer {
  const { flags, component } = instance;
  const found: Weakness[] = [];
  // A scheduler with a configuration file takes no notice of the flag.
  const isHidden = component === "kube-scheduler" && flags.get("config") !== undefined;
  if (!isHidden && toSwitch(flags.get("profiling")) !== false) found.push(flagWeakness(instance, "profiling", `${component} serves profiling data.`));
  if (readGate(flags, "AllAlpha") === true)
    found.push(flagWeakness(instance, "feature-gates", `${component} runs every alpha feature.`, { severity: "medium" }));
  const timeout = component === "kube-apiserver" ? flags.get("request-timeout") : undefined;
  const seconds = timeout ? toSeconds(timeout.value) : 60;
  if (timeout && (seconds === 0 || seconds > LONGEST_REQUEST_SECONDS))
    found.push(flagWeakness(instance, "request-timeout", "Slow requests may hold the API server for minutes.", { severity: "info" }));
  if (!isHidden) return found;
  const reason = "Whether kube-scheduler serves profiling data is in a configuration file that the API does not show.";
  return found.length === 0 ? reason : [...found, untoldWeakness(component, reason, instance)];
}

export default defineControl({
  id: "component-profiling",
  layer: "cluster",
  severity: "low",
  maxSeverity: "medium",
  title: "Control plane components serve no profiling data and run no alpha features",
  failure: "serves profiling data from its control plane, or runs alpha features or long requests there",
  why: "Profiles show the memory and timing of the most sensitive programs of the cluster, and taking one slows them down. Alpha features are neither finished nor supported.",
  action: "Turn profiling and alpha features off",
  fix: "Set --profiling=false on the API server, the controller manager and the scheduler; remove AllAlpha from --feature-gates, and set --request-timeout to 300s at most. With kubeadm these flags are in /etc/kubernetes/manifests on each control plane node.",
  verify: flagsCommand("tier=control-plane", "--(profiling|feature-gates|request-timeout)"),
  lookFor: flagsLookFor("No `--profiling=false`, `AllAlpha=true` under `--feature-gates`, or a `--request-timeout` of 0 or above 300 seconds."),
  tips: ["S1"],
  frameworks: { cis: ["1.2.15", "1.3.2", "1.4.1", "1.2.20"], nsa: ["CP"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/"],
  aliases: ["apiserver-profiling", "kcm-profiling", "sched-profiling", "apiserver-request-timeout"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  check: (_cluster, context): Outcome => {
    const plane = context.view(controlPlaneView);
    const answers = PROFILED.map((component) => ({ component, outcome: componentAnswer(plane, component, judge) }));
    if (answers.every(({ outcome }) => "state" in outcome || outcome.length === 0)) return answers.find(({ outcome }) => "state" in outcome)?.outcome ?? [];
    return answers.flatMap(({ component, outcome }) =>
      !("state" in outcome) ? outcome : outcome.state === "unknown" ? [untoldWeakness(component, outcome.reason)] : [],
    );
  },
  remedy: null,
});
