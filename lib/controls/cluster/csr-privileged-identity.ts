import { powerView } from "../../graph/rbac/power";
import { parseCertificateLife, parseCertificateRequest } from "../../inventory/routes/certificate-request";
import { createdAtOf } from "../../inventory/nodes/node-pools";
import { dig, record, records, text } from "../../model/json";
import { defineControl, notApplicable, type Outcome, safe, unknown, type Weakness, weakness } from "../define";

const CLIENT_SIGNER = "kubernetes.io/kube-apiserver-client";
const GRACE_MS = 3_600_000;
const YEAR_SECONDS = 31_622_400;
const DAY_SECONDS = 86_400;

export default defineControl({
  id: "csr-privileged-identity",
  layer: "cluster",
  severity: "high",
  title: "Client certificates are short-lived, and none is for a powerful identity",
  failure: "asks for a client certificate of a powerful identity, or for one that lives too long",
  why: "A client certificate cannot be revoked. One for system:masters, or for a name with wide rights, works until it expires, whatever is changed in RBAC meanwhile.",
  action: "Deny certificates for powerful identities",
  fix: "Deny or delete the request. If it was approved, remove the RBAC bindings of its name and groups; for system:masters only a new CA helps.",
  verify: "kubectl get csr -o wide; kubectl get csr NAME -o jsonpath='{.spec.request}' | base64 -d | openssl req -noout -subject",
  lookFor: "CN is the user and each O a group that the certificate of a request stands for. A REQUESTEDDURATION above 365d is too long.",
  tips: ["S3", "S1"],
  frameworks: { cis: ["3.1.1"], nsa: ["AU"], mitre: ["T1098", "T1649"], owasp: ["K09"] },
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/"],
  subject: "certificate-signing-request",
  reads: ["roles", "bindings"],
  check: (request, context): Outcome => {
    const spec = record(request.body.spec);
    if (spec.signerName !== CLIENT_SIGNER) return notApplicable("Its signer issues no certificates for clients of the API.");
    const subject = parseCertificateRequest(text(spec.request) ?? "");
    if (!subject) return unknown("The request could not be read.");
    const conditions = records(record(request.body.status).conditions);
    if (conditions.some((item) => item.type === "Denied" || item.type === "Failed"))
      return safe("It was denied, or its signer failed: no certificate comes of it.");
    const isApproved = conditions.some((item) => item.type === "Approved");
    const isFresh = Date.parse(context.observedAt) - Date.parse(createdAtOf(request) ?? "") <= GRACE_MS;
    const severity = isApproved ? {} : { severity: "low" as const };
    const power = context.view(powerView);
    const groups = subject.organizations.filter((name) => name === "system:masters" || power.classOf({ kind: "Group", namespace: null, name }) <= 3);
    const isSystem = subject.commonName.startsWith("system:");
    const isPowerful = isSystem || power.classOf({ kind: "User", namespace: null, name: subject.commonName }) <= 3;
    if (!isApproved && isFresh) return [];
    const word = isApproved ? "was approved" : "waits for approval";
    const found: Weakness[] = groups.map((group) => weakness("spec.request", `O=${group}`, `A certificate for the group ${group} ${word}.`, severity));
    if (isPowerful) found.push(weakness("spec.request", `CN=${subject.commonName}`, `A certificate for ${subject.commonName} ${word}.`, severity));
    if (typeof spec.expirationSeconds === "number" && spec.expirationSeconds > YEAR_SECONDS) {
      found.push(
        weakness("spec.expirationSeconds", spec.expirationSeconds, "It asks for a certificate that lives longer than a year.", {
          severity: isApproved ? "medium" : "low",
        }),
      );
    }
    const life = parseCertificateLife(text(dig(request.body, "status", "certificate")) ?? "");
    if (life !== null && life > YEAR_SECONDS)
      found.push(
        weakness("status.certificate", `${Math.round(life / DAY_SECONDS)} days`, "The certificate that was issued lives longer than a year.", {
          severity: "medium",
        }),
      );
    return found;
  },
  remedy: null,
});
