import { controlPlaneView } from "../../inventory/nodes/control-plane";
import { componentAnswer, flagWeakness } from "../component-answer";
import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl } from "../define";

const FLAGS = ["token-auth-file", "basic-auth-file"] as const;

export default defineControl({
  id: "apiserver-static-credentials",
  layer: "cluster",
  severity: "high",
  title: "The API server uses no static tokens or passwords",
  failure: "accepts static tokens or passwords from a file",
  why: "Tokens in a file lie in plain text on every control plane node, never expire, and can only be revoked by restarting the API server.",
  action: "Remove static tokens from the API server",
  fix: flagsFix(
    "Remove --token-auth-file and --basic-auth-file once their users have OIDC identities, certificates or service accounts: who still signs in by the file is locked out.",
    "kube-apiserver",
  ),
  verify: flagsCommand("kube-apiserver", "--token-auth-file|--basic-auth-file"),
  lookFor: flagsLookFor("`--token-auth-file` or `--basic-auth-file`."),
  tips: ["S1"],
  frameworks: { cis: ["1.2.2"], nsa: ["AU", "CP"], mitre: ["T1078"], owasp: ["K09"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file"],
  aliases: ["apiserver-token-auth-file"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  check: (_cluster, context) =>
    componentAnswer(context.view(controlPlaneView), "kube-apiserver", (instance) =>
      FLAGS.filter((flag) => instance.flags.get(flag)).map((flag) => flagWeakness(instance, flag, `--${flag} is set.`)),
    ),
  remedy: null,
});
