import { type ComponentInstance, controlPlaneView } from "../../inventory/control-plane";
import { componentAnswer, flagWeakness, openWeakness } from "../component-answer";
import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl, type Weakness } from "../define";

/** Those that the API server calls insecure, and the CBC suites: without ECDHE, who gets the key later reads recorded traffic. */
const WEAK_SUITE = /^TLS_RSA_|3DES|RC4|_CBC_|NULL|EXPORT|_MD5/;

function judge(instance: ComponentInstance): Weakness[] {
  const { flags } = instance;
  const found: Weakness[] = [];
  if (!flags.get("tls-cert-file") || !flags.get("tls-private-key-file")) {
    const missing = flags.get("tls-cert-file") ? "tls-private-key-file" : "tls-cert-file";
    found.push(flagWeakness(instance, missing, "Without a certificate of its own the server makes a self-signed one at start."));
  }
  if (!flags.get("client-ca-file")) found.push(flagWeakness(instance, "client-ca-file", "No CA for client certificates is set."));
  const lowest = flags.get("tls-min-version")?.value;
  if (lowest === "VersionTLS10" || lowest === "VersionTLS11")
    found.push(flagWeakness(instance, "tls-min-version", "Versions of TLS that are broken are accepted."));
  const suites = flags.listOf("tls-cipher-suites");
  if (suites.length === 0 && lowest !== "VersionTLS13") {
    const message = "No suites are listed, so those that the API server was built with are offered: look whether they suit you.";
    found.push(openWeakness(instance, "tls-cipher-suites", message));
  }
  const weak = suites.filter((suite) => WEAK_SUITE.test(suite));
  if (weak.length > 0) found.push(flagWeakness(instance, "tls-cipher-suites", `Weak cipher suites are accepted: ${weak.join(", ")}.`, { severity: "low" }));
  const insecure = flags.get("insecure-port");
  if (insecure && insecure.value !== "0")
    found.push(flagWeakness(instance, "insecure-port", "A port without any authentication is open.", { severity: "critical" }));
  return found;
}

export default defineControl({
  id: "apiserver-tls",
  layer: "cluster",
  severity: "medium",
  maxSeverity: "critical",
  title: "The API server has a certificate of its own and accepts strong TLS only",
  failure: "has weak TLS settings",
  why: "Every credential of the cluster passes through this connection. A self-signed certificate teaches clients to skip verification; old versions can be decrypted.",
  action: "Give the API server sound TLS settings",
  fix: flagsFix(
    "Set --tls-cert-file, --tls-private-key-file and --client-ca-file, leave --tls-min-version at VersionTLS12 or higher, and list only strong suites in --tls-cipher-suites.",
    "kube-apiserver",
  ),
  verify: flagsCommand("component=kube-apiserver", "--tls-|--client-ca-file"),
  lookFor: flagsLookFor(
    "No `--tls-cert-file`, `--tls-private-key-file` or `--client-ca-file`; `--tls-min-version` below VersionTLS12; a suite that begins with TLS_RSA, or has 3DES, RC4, CBC or NULL in its name. Without `--tls-cipher-suites` the suites that it was built with are offered: look whether they suit you.",
  ),
  tips: ["S1"],
  frameworks: { cis: ["1.2.24", "1.2.25", "1.2.29"], nsa: ["EN", "CP"], mitre: ["T1557"], owasp: ["K07"] },
  references: [
    "https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/",
    "https://kubernetes.io/docs/setup/best-practices/certificates/",
  ],
  aliases: ["apiserver-client-ca", "apiserver-tls-ciphers", "apiserver-insecure-port"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  check: (_cluster, context) => componentAnswer(context.view(controlPlaneView), "kube-apiserver", judge),
  remedy: null,
});
