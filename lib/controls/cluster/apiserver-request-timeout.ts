import { controlPlaneView } from "../../inventory/nodes/control-plane";
import { parseDuration } from "../../inventory/values/go-duration";
import { componentAnswer, flagWeakness } from "../component-answer";
import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl } from "../define";

const LONGEST_SECONDS = 300;

export default defineControl({
  id: "apiserver-request-timeout",
  layer: "cluster",
  severity: "info",
  title: "Requests to the API server end in time",
  failure: "lets slow requests hold its API server",
  why: "Requests that nobody ends fill the API server up: a few clients that answer slowly are enough to keep everybody else out.",
  action: "Shorten the request timeout of the API server",
  fix: flagsFix("Set --request-timeout to 300s at most, or remove it: the default is a minute.", "kube-apiserver"),
  verify: flagsCommand("kube-apiserver", "--request-timeout"),
  lookFor: flagsLookFor("A `--request-timeout` of 0 or above 300 seconds."),
  tips: ["S1"],
  frameworks: { cis: ["1.2.20"], nsa: ["CP"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  check: (_cluster, context) =>
    componentAnswer(context.view(controlPlaneView), "kube-apiserver", (instance) => {
      const timeout = instance.flags.get("request-timeout");
      if (!timeout) return [];
      const seconds = parseDuration(timeout.value);
      if (seconds === undefined || seconds < 0) return `The API server does not start with --request-timeout=${timeout.value}: it is no length of time.`;
      if (seconds !== 0 && seconds <= LONGEST_SECONDS) return [];
      return [flagWeakness(instance, "request-timeout", "Slow requests may hold the API server for minutes.")];
    }),
  remedy: null,
});
