import { powerView } from "../../graph/rbac/power";
import { list, record, text } from "../../model/json";
import { defineControl, unknown, weakness } from "../define";

/** The names that the controller gave to token Secrets before 1.24; pull secrets are listed beside them. */
const TOKEN_NAME = /-token-[a-z0-9]{5}$/;

export default defineControl({
  id: "sa-token-secret",
  layer: "cluster",
  severity: "medium",
  maxSeverity: "high",
  title: "No service account has a token that never expires",
  failure: "has a token that never expires",
  why: "A token in a Secret is valid until somebody deletes it, also outside the cluster. It lands in backups, in Helm values, in CI variables, and works years later.",
  fix: "Delete the Secret once nothing uses it. Ask for tokens that expire: `kubectl create token`, or a projected volume with `expirationSeconds`.",
  verify: "kubectl get secrets -A --field-selector type=kubernetes.io/service-account-token",
  tips: ["S3"],
  frameworks: { cis: ["3.1.2"], nsa: ["SA"], mitre: ["T1528", "T1552.007"], owasp: ["K09"] },
  references: ["https://kubernetes.io/docs/concepts/security/service-accounts/#get-a-token"],
  subject: "service-account",
  reads: ["roles", "bindings"],
  check: (account, context) => {
    const identity = { kind: "ServiceAccount", namespace: account.ref.namespace, name: account.ref.name } as const;
    const severity = context.view(powerView).classOf(identity) <= 3 ? "high" : "medium";
    const found = list(account.body.secrets).flatMap((item, index) => {
      const name = text(record(item).name);
      return name !== undefined && TOKEN_NAME.test(name)
        ? [weakness(`secrets[${index}]`, name, `The account lists the token Secret ${name}.`, { severity })]
        : [];
    });
    return found.length > 0 ? found : unknown("It lists no token Secret. Whether one was made by hand could be told from Secrets, and those are not read.");
  },
  remedy: (account, weaknesses) => ({
    ops: weaknesses.map((w) => ({ op: "remove" as const, path: w.path })),
    remove: weaknesses.map((w) => ({ apiVersion: "v1", kind: "Secret", namespace: account.ref.namespace, name: String(w.value) })),
    risk: "may-break",
    note: "What still uses the token stops working. The label kubernetes.io/legacy-token-last-used on the Secret says when it was last seen.",
  }),
});
