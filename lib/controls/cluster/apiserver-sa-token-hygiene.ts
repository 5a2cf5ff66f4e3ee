import { toSwitch } from "../../inventory/nodes/component-flags";
import { type ComponentInstance, controlPlaneView } from "../../inventory/nodes/control-plane";
import { parseDuration } from "../../inventory/values/go-duration";
import { componentAnswer, flagWeakness } from "../component-answer";
import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl, type Weakness } from "../define";

function judge(instance: ComponentInstance): Weakness[] {
  const { flags } = instance;
  const found: Weakness[] = [];
  if (toSwitch(flags.get("service-account-lookup")) === false) {
    found.push(flagWeakness(instance, "service-account-lookup", "Tokens of deleted service accounts stay valid.", { severity: "high" }));
  }
  // An external signer brings the keys itself: the API server refuses both flags together.
  if (!flags.get("service-account-key-file") && !flags.get("service-account-signing-endpoint"))
    found.push(flagWeakness(instance, "service-account-key-file", "Tokens are verified with the TLS key of the server.", { severity: "medium" }));
  if (toSwitch(flags.get("service-account-extend-token-expiration")) !== false) {
    found.push(flagWeakness(instance, "service-account-extend-token-expiration", "Tokens in pods stay valid for a year instead of an hour."));
  }
  const longest = flags.get("service-account-max-token-expiration");
  // 0 is no limit. An external signer sets one itself.
  if (!flags.get("service-account-signing-endpoint") && (!longest || parseDuration(longest.value) === 0)) {
    found.push(flagWeakness(instance, "service-account-max-token-expiration", "Nothing limits how long a requested token may live.", { severity: "info" }));
  }
  return found;
}

export default defineControl({
  id: "apiserver-sa-token-hygiene",
  layer: "cluster",
  severity: "low",
  maxSeverity: "high",
  title: "Service account tokens are short-lived and checked",
  failure: "accepts service account tokens for too long, or without checking them",
  why: "A token that leaves its pod, in a log or a support bundle, works until it expires. By default that is a year instead of an hour, for the sake of old clients.",
  action: "Shorten the life of service account tokens",
  fix: flagsFix(
    "Set --service-account-extend-token-expiration=false, --service-account-max-token-expiration (an hour at least, or the API server does not start) and --service-account-key-file, and leave --service-account-lookup on. Clients that never read their token again are refused after an hour: the metric serviceaccount_stale_tokens_total counts them before.",
    "kube-apiserver",
  ),
  verify: flagsCommand("kube-apiserver", "--service-account"),
  lookFor: flagsLookFor(
    "`--service-account-extend-token-expiration` is not false, `--service-account-lookup` is false, `--service-account-max-token-expiration` is missing or 0, or neither `--service-account-key-file` nor `--service-account-signing-endpoint` is there.",
  ),
  tips: ["S1", "S3"],
  frameworks: { cis: ["1.2.21", "1.2.22", "1.2.30"], nsa: ["SA"], mitre: ["T1528"], owasp: ["K09"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/"],
  aliases: ["apiserver-sa-lookup", "apiserver-sa-key-file", "apiserver-sa-token-extension"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  check: (_cluster, context) => componentAnswer(context.view(controlPlaneView), "kube-apiserver", judge),
  remedy: null,
});
