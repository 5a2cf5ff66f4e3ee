import { toInteger } from "../../inventory/nodes/component-flags";
import { type ComponentInstance, controlPlaneView } from "../../inventory/nodes/control-plane";
import { componentAnswer, flagWeakness } from "../component-answer";
import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl, type Weakness } from "../define";

function judge(instance: ComponentInstance): Weakness[] {
  const { flags } = instance;
  const found: Weakness[] = [];
  if (!flags.get("tls-cert-file") || !flags.get("tls-private-key-file")) {
    const missing = flags.get("tls-cert-file") ? "tls-private-key-file" : "tls-cert-file";
    found.push(flagWeakness(instance, missing, "Without a certificate of its own the server makes a self-signed one at start."));
  }
  if (!flags.get("client-ca-file")) found.push(flagWeakness(instance, "client-ca-file", "No CA for client certificates is set."));
  const insecure = flags.get("insecure-port");
  if (insecure && toInteger(insecure) !== 0)
    found.push(flagWeakness(instance, "insecure-port", "A port without any authentication is open.", { severity: "critical" }));
  return found;
}

export default defineControl({
  id: "apiserver-tls",
  layer: "cluster",
  severity: "medium",
  maxSeverity: "critical",
  title: "The API server has a certificate of its own and a CA for its clients",
  failure: "has no certificate of its own, no CA for clients, or a port without TLS",
  why: "Every credential of the cluster passes through this connection. A self-signed certificate teaches clients to skip verification, and without a CA nobody can prove who they are by a certificate.",
  action: "Give the API server a certificate and a CA for clients",
  fix: flagsFix(
    "Set --tls-cert-file, --tls-private-key-file and --client-ca-file, and take --insecure-port away, or set it to 0 before Kubernetes 1.20: from 1.24 on the API server does not start with this flag.",
    "kube-apiserver",
  ),
  verify: flagsCommand("kube-apiserver", "--tls-(cert|private-key)-file|--client-ca-file|--insecure-port"),
  lookFor: flagsLookFor("No `--tls-cert-file`, `--tls-private-key-file` or `--client-ca-file`, or an `--insecure-port` other than 0."),
  tips: ["S1"],
  frameworks: { cis: ["1.2.24", "1.2.25"], nsa: ["EN", "CP"], mitre: ["T1557"], owasp: ["K07"] },
  references: [
    "https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/",
    "https://kubernetes.io/docs/setup/best-practices/certificates/",
  ],
  aliases: ["apiserver-client-ca", "apiserver-insecure-port"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  check: (_cluster, context) => componentAnswer(context.view(controlPlaneView), "kube-apiserver", judge),
  remedy: null,
});
