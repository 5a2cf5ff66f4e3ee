import type { KubeObject } from "../../inventory/kube-object";
import { findRedactionMarker } from "../../inventory/secrets/secret-match";
import { podSecretsView } from "../../inventory/secrets/secret-uses";
import type { PodView, Workload } from "../../inventory/workloads/workload";
import { defineWorkloadFact } from "../../inventory/workloads/workload-fact";
import { record, records } from "../../model/json";
import { defineControl, notApplicable, type Outcome, weakness } from "../define";

const CSI_DRIVERS: ReadonlySet<unknown> = new Set(["secrets-store.csi.k8s.io", "secrets-store-gke.csi.k8s.io"]);
const INJECTED = /^(?:vault\.hashicorp\.com|openbao\.org)\/agent-inject$/;

function usesStore(pod: PodView): boolean {
  return (
    records(pod.spec.volumes).some((volume) => CSI_DRIVERS.has(record(volume.csi).driver)) ||
    Object.entries(pod.annotations).some(([name, value]) => INJECTED.test(name) && value === "true")
  );
}

function holdsCredential(pod: PodView): boolean {
  const variables = pod.containers.flatMap((container) => records(container.spec.env));
  return variables.some((entry) => findRedactionMarker(entry.value) !== null);
}

/** Sealed Secrets is none: it decrypts what lies beside the manifests, by a key of the cluster. */
function comesFromStore({ ref: { kind } }: KubeObject): boolean {
  return kind !== "SecretProviderClass" && kind !== "SealedSecret";
}

/** Its operator says that it brings nothing in. */
function isFailing({ body }: KubeObject): boolean {
  return records(record(body.status).conditions).some((condition) => condition.type === "Ready" && condition.status === "False");
}

/** The first workload that takes secrets from a store, and the first that holds a credential in its spec. */
const secretUsersView = defineWorkloadFact({
  start: (): { ofStore: Workload | null; ofLiteral: Workload | null } => ({ ofStore: null, ofLiteral: null }),
  add: (users, workload, pods) => {
    if (pods.some(usesStore)) users.ofStore ??= workload;
    if (users.ofLiteral === null && workload.scope === "workload" && pods.some(holdsCredential)) users.ofLiteral = workload;
  },
});

export default defineControl({
  id: "external-secret-store-absent",
  layer: "cluster",
  severity: "low",
  title: "Secrets come from a store outside of the cluster",
  failure: "keeps its secrets in the cluster alone",
  why: "Secrets that live only in the cluster are rotated by hand, and no log tells which pod read one. An external store rotates them, logs every read, and can revoke them.",
  action: "Bring secrets from an external store",
  fix: "Use the Secrets Store CSI driver, External Secrets, or an operator of your vault; start with the credentials that matter most.",
  verify: "kubectl get crd | grep -E 'secrets-store|external-secrets|hashicorp'",
  lookFor:
    "No output: none of these operators is installed. An installed one counts once it brings in a Secret, or a workload takes one from it, as the annotation `agent-inject` of Vault or OpenBao does without any operator. Sealed Secrets do not count: they lie beside the manifests.",
  tips: ["S3", "S5"],
  frameworks: { cis: ["5.4.2"], nsa: ["SE"], mitre: ["T1552.007"], owasp: ["K03"] },
  references: ["https://secrets-store-csi-driver.sigs.k8s.io/", "https://external-secrets.io/"],
  aliases: ["cloud-external-secret-store"],
  subject: "cluster",
  reads: ["workloads", "secretStores"],
  wholeCluster: "always",
  check: (_cluster, context): Outcome => {
    const { ofStore: user, ofLiteral: literal } = context.view(secretUsersView);
    if (user)
      return {
        state: "pass",
        notes: [weakness("", undefined, `${user.ref.kind} ${user.ref.namespace}/${user.ref.name} takes secrets from a store.`, { object: user.ref })],
      };
    const synced = context.slices.secretStores.find((item) => comesFromStore(item) && !isFailing(item));
    if (synced)
      return {
        state: "pass",
        notes: [
          weakness("", undefined, `${synced.ref.kind} ${synced.ref.namespace ?? ""}/${synced.ref.name} brings a secret in from a store.`, {
            object: synced.ref,
          }),
        ],
      };
    const used = [...context.view(podSecretsView)];
    if (used.length > 0)
      return [
        weakness(
          "",
          undefined,
          `${used.length === 1 ? "Workloads use 1 Secret, which is not" : `Workloads use ${used.length} Secrets, none of which is`} known to come from a store.`,
        ),
      ];
    return literal
      ? [
          weakness(
            "",
            undefined,
            `${literal.ref.kind} ${literal.ref.namespace}/${literal.ref.name} holds a credential in its spec, which comes from no store.`,
            { object: literal.ref },
          ),
        ]
      : notApplicable("No workload uses a Secret.");
  },
  remedy: null,
});
