import { powerView } from "../../graph/rbac/power";
import type { KubeObject } from "../../inventory/kube-object";
import { isTokenInUse, tokenSecretsView } from "../../inventory/workloads/service-account-token";
import { list, record, text } from "../../model/json";
import { defineControl, unknown, weakness } from "../define";

/** The names that the controller gave to token Secrets before 1.24; pull secrets are listed beside them. */
const TOKEN_NAME = /-token-[a-z0-9]{5}$/;

/** The first release that can switch off the tokens that accounts list. */
const CLEAN_UP_MINOR = 28;

/** The clean-up controller has switched the token off; the authenticator refuses it from then on. */
function isInvalidated(secret: KubeObject): boolean {
  return secret.labels["kubernetes.io/legacy-token-invalid-since"] !== undefined;
}

export default defineControl({
  id: "sa-token-secret",
  layer: "cluster",
  severity: "medium",
  maxSeverity: "high",
  title: "No service account has a token that never expires",
  failure: "has a token that never expires",
  why: "A token in a Secret is valid until somebody deletes it, also outside the cluster. It ends up in backups, Helm values and CI variables, and still works years later.",
  action: "Delete service account tokens that never expire",
  fix: "Delete the Secret once nothing uses it. Ask for tokens that expire: `kubectl create token`, or a projected volume with `expirationSeconds`.",
  verify:
    "kubectl get secrets -n NAMESPACE --field-selector type=kubernetes.io/service-account-token -o custom-columns='SECRET:.metadata.name,ACCOUNT:.metadata.annotations.kubernetes\\.io/service-account\\.name,USED:.metadata.labels.kubernetes\\.io/legacy-token-last-used'",
  lookFor:
    "Each Secret listed holds a token of its ACCOUNT that does not expire. USED is the last day on which it was used; `<none>`: on none since the API server notes it, as it does from 1.28 on.",
  tips: ["S3"],
  frameworks: { cis: ["3.1.2"], nsa: ["SA"], mitre: ["T1528", "T1552.007", "T1550"], owasp: ["K09"] },
  references: ["https://kubernetes.io/docs/concepts/security/service-accounts/#get-a-token"],
  subject: "service-account",
  reads: ["roles", "bindings", "secrets"],
  softReads: ["secrets"],
  wholeCluster: "pass",
  check: (account, context) => {
    const { namespace, name: own } = account.ref;
    const isStrong = context.view(powerView).classOf({ kind: "ServiceAccount", namespace, name: own }) <= 3;
    const severity = isStrong ? "high" : "medium";
    const secrets = context.view(tokenSecretsView).get(`${namespace}/${own}`) ?? [];
    const dead = new Set(secrets.filter(isInvalidated).map((secret) => secret.ref.name));
    const isTold = context.isRead("secrets") || (context.kubeVersion !== null && context.kubeVersion.minor < CLEAN_UP_MINOR);
    const listed = list(account.body.secrets).flatMap((item, index) => {
      const name = text(record(item).name);
      return name !== undefined && TOKEN_NAME.test(name) && !dead.has(name)
        ? [weakness(`secrets[${index}]`, name, `The account lists the token Secret ${name}.`, { severity, hint: name })]
        : [];
    });
    const [first] = listed;
    if (first && !isTold)
      return unknown(`It lists the token Secret ${String(first.value)}; whether the cluster has switched that token off is in Secrets, which were not read.`);
    const names = new Set(listed.map(({ hint }) => hint));
    const made = secrets.flatMap((secret) => {
      const { name } = secret.ref;
      if (names.has(name) || dead.has(name)) return [];
      const grade = isTokenInUse(secret, context.observedAt) ? "high" : severity;
      return [weakness("type", secret.body.type, `The Secret ${name} holds a token of this account.`, { severity: grade, object: secret.ref, hint: name })];
    });
    return [...listed, ...made];
  },
  remedy: (account, weaknesses) => ({
    ops: weaknesses.filter((w) => w.object === undefined).map((w) => ({ op: "remove" as const, path: w.path })),
    remove: weaknesses.map((w) => ({ apiVersion: "v1", kind: "Secret", namespace: account.ref.namespace, name: String(w.hint) })),
    risk: "may-break",
    note: "What still uses the token stops working. The label kubernetes.io/legacy-token-last-used on the Secret says when it was last seen.",
  }),
});
