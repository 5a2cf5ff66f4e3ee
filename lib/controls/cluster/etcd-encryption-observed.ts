import { texts } from "../../model/json";
import { apiServerAnswer } from "../api-server-answer";
import { defineControl, unknown, weakness } from "../define";

export default defineControl({
  id: "etcd-encryption-observed",
  layer: "cluster",
  severity: "high",
  title: "The API server encrypts Secrets before it writes them to etcd",
  failure: "writes Secrets to etcd unencrypted",
  why: "Whoever gets a backup or a disk of etcd has every Secret of the cluster, unless the API server encrypts them before it writes.",
  action: "Encrypt Secrets before they reach etcd",
  fix: "Give the API server an --encryption-provider-config whose first provider for secrets is a KMS or another cipher, and whose last is identity, without which Secrets that are stored already cannot be read. Restart it, and write all Secrets once more: `kubectl get secrets -A -o json | kubectl replace -f -`.",
  verify: "kubectl get --raw /metrics | grep '^apiserver_storage_transformation_operations_total{resource=\"secrets\".*to_storage'",
  lookFor:
    '`transformer_prefix=""`: written unencrypted; `k8s:enc:` and a cipher: encrypted, `aesgcm` only as long as its key is changed often. No output: the API server was told of no encryption for Secrets, or has written none since it started.',
  tips: ["S1"],
  frameworks: { cis: ["1.2.28"], nsa: ["EN", "SE"], mitre: ["T1552"], owasp: ["K03"] },
  references: ["https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/"],
  subject: "cluster",
  reads: ["apiServerMetrics"],
  check: (_cluster, context) =>
    apiServerAnswer(context.slices.apiServerMetrics, ({ body, ref: object }) => {
      const prefixes = texts(body.secretsWrittenWith);
      const encrypted = prefixes.filter((prefix) => prefix.startsWith("k8s:enc:"));
      const isPlain = prefixes.includes("identity");
      const weak = encrypted.find((prefix) => prefix.startsWith("k8s:enc:aesgcm:"));
      if (weak !== undefined && !isPlain) {
        const message = "They are written with AES-GCM, whose key must be changed before 200,000 writes; whether something does is not shown.";
        return [weakness("secretsWrittenWith", weak, message, { object, severity: "low" })];
      }
      if (encrypted.length > 0 && !isPlain)
        return { state: "pass", notes: [weakness("secretsWrittenWith", encrypted.join(", "), "Secrets were written with this.", { object })] };
      if (encrypted.length > 0)
        return unknown("Since it started, the API server has written Secrets both encrypted and unencrypted; which came last is not counted.");
      if (isPlain) return [weakness("secretsWrittenWith", "identity", "Secrets were written unencrypted, and none encrypted.", { object })];
      return unknown("The API server counts no Secret that it has written since it started: it was told of no encryption for them, or has written none.");
    }),
  remedy: null,
});
