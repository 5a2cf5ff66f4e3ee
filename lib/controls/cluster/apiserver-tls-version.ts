import { dig, text } from "../../model/json";
import { API_SERVER_ADDRESS, apiServerAnswer } from "../api-server-answer";
import { defineControl, unknown, type Weakness, weakness } from "../define";

/** A command that tries a handshake of one kind, and shows its outcome. */
function handshakeCommand(kind: string): string {
  return `openssl s_client -connect "${API_SERVER_ADDRESS}" ${kind} </dev/null 2>&1 | grep -E 'alert|Cipher is'`;
}

export default defineControl({
  id: "apiserver-tls-version",
  layer: "cluster",
  severity: "medium",
  title: "The API server accepts only TLS 1.2 or newer with forward secrecy",
  failure: "accepts old TLS versions or suites without forward secrecy",
  why: "TLS versions before 1.2, and suites without forward secrecy, let somebody in between read or change what administrators send.",
  action: "Accept current TLS with forward secrecy only",
  fix: "Set --tls-min-version=VersionTLS12 and --tls-cipher-suites to ECDHE suites, or upgrade: current releases do both by default.",
  verify: `${handshakeCommand("-tls1_1 -cipher DEFAULT:@SECLEVEL=0")}; ${handshakeCommand("-tls1_2 -cipher 'kRSA:!PSK:@SECLEVEL=0'")}`,
  lookFor:
    "First a handshake with TLS 1.1, then one without forward secrecy. An alert and `Cipher is (NONE)`: it is refused. The name of a cipher: it is accepted.",
  tips: ["S1"],
  frameworks: { nsa: ["EN"], mitre: ["T1557"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/"],
  subject: "cluster",
  reads: ["apiServerProbes"],
  check: (_cluster, context) =>
    apiServerAnswer(context.slices.apiServerProbes, ({ body, ref: object }) => {
      const [versions, suites] = [dig(body, "tls", "oldVersions"), dig(body, "tls", "weakSuites")];
      const found: Weakness[] = [];
      if (versions === "accepted") found.push(weakness("tls.oldVersions", versions, "A handshake with at most TLS 1.1 succeeds.", { object }));
      if (suites === "accepted") {
        const message = "A handshake without forward secrecy succeeds: whoever gets the server's key later can read recorded traffic.";
        found.push(weakness("tls.weakSuites", suites, message, { object, severity: "low" }));
      }
      if (found.length > 0 || (versions === "refused" && suites === "refused")) return found;
      return unknown(text(dig(body, "tls", "problem")) ?? "Whether old TLS is refused did not become clear: the handshake ended without an answer.");
    }),
  remedy: null,
});
