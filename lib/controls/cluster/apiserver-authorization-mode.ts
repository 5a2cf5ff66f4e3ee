import { controlPlaneView } from "../../inventory/nodes/control-plane";
import { componentAnswer, flagWeakness } from "../component-answer";
import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl } from "../define";

export default defineControl({
  id: "apiserver-authorization-mode",
  layer: "cluster",
  severity: "critical",
  title: "The API server authorises requests with Node and RBAC",
  failure: "authorises requests by a weak mode",
  why: "The authorisation mode decides whether roles mean anything at all. With AlwaysAllow every account that can sign in is an administrator; without Node, kubelets need wide rights with which each of them reads every Secret.",
  action: "Authorise with Node and RBAC",
  fix: flagsFix(
    "Set --authorization-mode=Node,RBAC. First bind roles to everybody who works with the cluster: anyone without one is then refused.",
    "kube-apiserver",
  ),
  verify: flagsCommand("kube-apiserver", "--authorization"),
  lookFor: flagsLookFor(
    "`AlwaysAllow` or `ABAC` among the modes, `Node` or `RBAC` not among them, or neither a mode nor `--authorization-config`: the default is AlwaysAllow.",
  ),
  tips: ["S1", "S3"],
  frameworks: { cis: ["1.2.6", "1.2.7", "1.2.8"], nsa: ["RB", "CP"], mitre: ["T1078"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/authorization/"],
  aliases: ["apiserver-authz-always-allow", "apiserver-authz-node", "apiserver-authz-rbac"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  check: (_cluster, context) =>
    componentAnswer(context.view(controlPlaneView), "kube-apiserver", (instance) => {
      const { flags } = instance;
      const bad = (mode: string, message: string, severity: "critical" | "high" | "medium") =>
        flagWeakness(instance, "authorization-mode", message, { severity }, mode);
      const modes = flags.listOf("authorization-mode");
      if (modes.length === 0 && flags.get("authorization-config")) return "The modes are in an authorisation configuration, a file that the API does not show.";
      const found = ["Node", "RBAC"].filter((mode) => !modes.includes(mode)).map((mode) => bad(mode, `${mode} is not among the modes.`, "high"));
      if (modes.length === 0) found.unshift(bad("AlwaysAllow", "No mode is set, and the default is AlwaysAllow.", "critical"));
      if (modes.includes("AlwaysAllow")) found.unshift(bad("AlwaysAllow", "AlwaysAllow admits every request.", "critical"));
      if (modes.includes("ABAC")) found.push(bad("ABAC", "ABAC grants rights from a file that no role shows.", "medium"));
      return found;
    }),
  remedy: null,
});
