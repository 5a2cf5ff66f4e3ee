import { joinWords } from "../../model/join-words";
import { configMapUsersView } from "../../inventory/secrets/config-map-uses";
import { MAX_SCANNED_CHARACTERS } from "../../inventory/secrets/secret-in-text";
import { findRedactionMarker, readRedactedLines, redactionMarker, sayRule, type SecretMatch } from "../../inventory/secrets/secret-match";
import { formatPath } from "../../model/field-path";
import { type JsonRecord, record } from "../../model/json";
import { severityOfCredential } from "../credential-answer";
import { defineControl, notApplicable, type Weakness, weakness } from "../define";
import { toObjectName } from "../remedies/object-name";
import { remove } from "../remedies/ops";

/** Made by the cluster or a mesh; they hold certificates, which are public. */
const PUBLIC_MATERIAL = new Set([
  "kube-root-ca.crt",
  "extension-apiserver-authentication",
  "cluster-info",
  "istio-ca-root-cert",
  "linkerd-identity-trust-roots",
  "openshift-service-ca.crt",
  "cert-manager-trust",
  "trusted-ca-bundle",
]);

const NAMED_READERS = 3;

/** Whom the credential reaches. */
function sayReaders(readers: readonly string[]): string {
  if (readers.length === 0) return "";
  const rest = readers.length - NAMED_READERS;
  const names = [...readers.slice(0, NAMED_READERS), ...(rest > 0 ? [`${rest} more`] : [])];
  return ` ${joinWords(names)} ${readers.length === 1 ? "takes" : "take"} values from it.`;
}

function toWeaknesses(field: "data" | "binaryData", key: string, matches: readonly SecretMatch[]): Weakness[] {
  return matches.map((match) => {
    const where = match.key ? `Entry ${match.key} of key ${key}` : `Key ${key}`;
    return weakness(formatPath([field, key]), redactionMarker(match), `${where} holds a credential (${sayRule(match)}).`, {
      severity: severityOfCredential(match),
      on: key,
    });
  });
}

function inEntries(field: "data" | "binaryData", entries: JsonRecord): Weakness[] {
  return Object.entries(entries).flatMap(([key, value]) => {
    const match = findRedactionMarker(value);
    return match ? toWeaknesses(field, key, readRedactedLines(String(value)) ?? [match]) : [];
  });
}

function isTooLarge(value: unknown): boolean {
  return typeof value === "string" && value.length > MAX_SCANNED_CHARACTERS;
}

export default defineControl({
  id: "configmap-holds-secret",
  layer: "code",
  severity: "high",
  maxSeverity: "critical",
  title: "ConfigMaps hold no credentials",
  failure: "holds a credential",
  why: "Many more identities may read ConfigMaps than Secrets. ConfigMaps are usually left out of encryption at rest, and end up in logs and support bundles.",
  action: "Move credentials out of ConfigMaps",
  fix: "Move the value into a Secret or an external store, refer to it from there, and rotate the credential.",
  verify: "kubectl get configmap NAME -n NAMESPACE -o yaml",
  lookFor: "A password, key or token among the values. The command prints it: mind who sees your screen.",
  tips: ["S3", "S5"],
  frameworks: { cis: ["5.4.2"], nsa: ["SE"], mitre: ["T1552.001"], mstm: ["MS-TA9027"], owasp: ["K03"] },
  references: ["https://kubernetes.io/docs/concepts/configuration/configmap/", "https://kubernetes.io/docs/concepts/security/secrets-good-practices/"],
  aliases: ["secret-in-configmap"],
  subject: "config-map",
  reads: ["workloads"],
  // Variables say what a key holds whose own name does not.
  softReads: ["workloads"],
  check: ({ ref, body }, context) => {
    if (PUBLIC_MATERIAL.has(ref.name)) return notApplicable("It holds certificates of the cluster, which are public.");
    const data = record(body.data);
    const binaryData = record(body.binaryData);
    const found = [...inEntries("data", data), ...inEntries("binaryData", binaryData)];
    if (found.length === 0 && [data, binaryData].some((entries) => Object.values(entries).some(isTooLarge)))
      return { state: "unknown", reason: "A value is larger than 256 KiB and was read only in part." };
    const readers = sayReaders([...(context.view(configMapUsersView).get(`${ref.namespace ?? "default"}/${ref.name}`) ?? [])].sort());
    return found.map((item) => ({ ...item, message: item.message + readers }));
  },
  remedy: ({ ref }, weaknesses) => {
    const keys = [...new Set(weaknesses.map((w) => w.on ?? ""))];
    const secretName = toObjectName(`${ref.name}-credentials`);
    return {
      ops: [...new Set(weaknesses.map((w) => w.path))].map(remove),
      create: [
        {
          apiVersion: "v1",
          kind: "Secret",
          metadata: { name: secretName, namespace: ref.namespace ?? "default" },
          type: "Opaque",
          stringData: Object.fromEntries(keys.map((key) => [key, "<the value, moved here and rotated>"])),
        },
      ],
      risk: "may-break",
      note: `Pods that read these keys must take them from Secret ${secretName} instead. Where one of that name exists, add the keys to it: applying this would overwrite them.`,
    };
  },
});
