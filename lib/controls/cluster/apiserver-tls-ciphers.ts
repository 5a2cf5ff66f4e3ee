import { type ComponentInstance, controlPlaneView } from "../../inventory/nodes/control-plane";
import { findTlsFaults } from "../../inventory/nodes/tls-strength";
import { componentAnswer, flagWeakness, type InstanceAnswer, openWeakness } from "../component-answer";
import { flagsCommand, flagsFix, flagsLookFor } from "../flags-command";
import { defineControl, type Weakness } from "../define";

/** Up to the last bracket that closes one: behind each "$(" of a long text, it would be looked for to the end. */
const namesVariable = (value: string): boolean => /\$\([^)]+\)/.test(value.slice(0, value.lastIndexOf(")") + 1));

function judge(instance: ComponentInstance): InstanceAnswer {
  const { flags } = instance;
  const [lowest, suites] = [flags.get("tls-min-version")?.value, flags.listOf("tls-cipher-suites")];
  const hidden = [lowest ?? "", ...suites].find(namesVariable);
  if (hidden !== undefined) return `A TLS setting of kube-apiserver is ${hidden}, a variable whose value its manifest does not show.`;
  const faults = findTlsFaults({ lowest, suites });
  const found: Weakness[] = [];
  if (faults.lowest !== undefined) found.push(flagWeakness(instance, "tls-min-version", faults.lowest, { severity: "medium" }));
  if (faults.suites !== undefined) found.push(flagWeakness(instance, "tls-cipher-suites", faults.suites));
  if (faults.isLeftToServer) {
    const message = "No suites are listed, so those that the API server was built with are offered: look whether they suit you.";
    found.push(openWeakness(instance, "tls-cipher-suites", message));
  }
  return found;
}

export default defineControl({
  id: "apiserver-tls-ciphers",
  layer: "cluster",
  severity: "low",
  maxSeverity: "medium",
  title: "The API server is told to accept strong TLS only",
  failure: "is told to accept weak TLS at its API server",
  why: "Old versions of TLS and weak suites let somebody in between decrypt recorded traffic later, or change it: every credential of the cluster passes through this connection.",
  action: "List strong TLS suites only for the API server",
  fix: flagsFix(
    "List ECDHE suites with AES-GCM or ChaCha20-Poly1305 in --tls-cipher-suites, and leave --tls-min-version at VersionTLS12 or higher; with VersionTLS13 no list is needed.",
    "kube-apiserver",
  ),
  verify: flagsCommand("kube-apiserver", "--tls-(cipher-suites|min-version)"),
  lookFor: flagsLookFor(
    "A `--tls-min-version` other than VersionTLS12 and VersionTLS13, or, unless it is VersionTLS13, a suite that is not ECDHE with AES-GCM or ChaCha20. Without `--tls-cipher-suites` the suites that it was built with are offered: look whether they suit you.",
  ),
  tips: ["S1"],
  frameworks: { cis: ["1.2.29"], nsa: ["EN"], mitre: ["T1557"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/", "https://pkg.go.dev/crypto/tls#Config"],
  subject: "cluster",
  reads: ["workloads", "nodes"],
  wholeCluster: "pass",
  check: (_cluster, context) => componentAnswer(context.view(controlPlaneView), "kube-apiserver", judge),
  remedy: null,
});
