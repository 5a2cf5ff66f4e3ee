import { secretReadersView } from "../../graph/rbac/secret-readers";
import { daysBetween } from "../../inventory/values/days";
import type { KubeObject } from "../../inventory/kube-object";
import { hiddenTextsView, mentionedSecretsView } from "../../inventory/secrets/mentioned-secrets";
import { createdAtOf } from "../../inventory/nodes/node-pools";
import { unreadSecretKindsView } from "../../inventory/secrets/secret-schemas";
import { secretUsesView, untoldSecretsView } from "../../inventory/secrets/secret-uses";
import { toKindWords } from "../../inventory/slice-kind";
import type { Context } from "../../inventory/view";
import { text } from "../../model/json";
import { defineControl, notApplicable, unknown, weakness } from "../define";

const GRACE_DAYS = 30;
const ORDINARY: ReadonlySet<string> = new Set([
  "Opaque",
  "kubernetes.io/dockerconfigjson",
  "kubernetes.io/dockercfg",
  "kubernetes.io/basic-auth",
  "kubernetes.io/ssh-auth",
  "kubernetes.io/tls",
]);

/** Kinds in the order of their names that a sentence tells before it counts. */
const MOST_NAMED = 3;

function listWords(kinds: readonly string[]): string {
  const others = kinds.length - MOST_NAMED;
  return others > 0 ? `${kinds.slice(0, MOST_NAMED).join(", ")} and ${others} more` : kinds.join(", ");
}

const BY_KIND = ["customRoutes", "routeGuards", "otherNetworkPolicies", "releases", "customSettings", "operated"] as const;
/** What else may name one, as words. */
const BESIDE = [
  ["persistentVolumes", "volumes"],
  ["storageClasses", "storage classes"],
  ["policyEngineObjects", "policies of admission engines"],
  ["customResourceDefinitions", "objects of custom kinds"],
  ["apiServices", "objects of other kinds"],
  ["configMaps", "ConfigMaps"],
] as const;

type Reads = Context<"workloads" | "gateways" | "certificates" | "secrets" | (typeof BY_KIND)[number] | (typeof BESIDE)[number][0]>;

/** What may name a Secret and was not seen; null = nothing. */
function findUnseen(secret: KubeObject, context: Reads): string | null {
  const naming = context.view(untoldSecretsView).get(secret.ref.name);
  if (naming?.ref.namespace) return `Gateway ${naming.ref.namespace}/${naming.ref.name} of Istio asks for one of this name, and no pod is seen that serves it.`;
  if (naming) return `${naming.ref.kind} ${naming.ref.name} names one that is called so, and not its namespace.`;
  const missing = BESIDE.find(([slice]) => !context.isRead(slice));
  if (missing) return `Nothing else names it, but ${missing[1]} may, and they cannot be read.`;
  const [refused] = BY_KIND.flatMap((slice) => context.listUnread(slice));
  if (refused) return `Nothing else names it, but ${toKindWords(refused)} may, which was not read: ${refused.reason}`;
  const map = context.view(mentionedSecretsView)(secret);
  if (map) return `Nothing else names it, but ConfigMap ${map.ref.namespace}/${map.ref.name} has its name among its texts.`;
  const hidden = context.view(hiddenTextsView).get(secret.ref.namespace);
  if (hidden)
    return `Nothing else names it, but ConfigMap ${hidden.ref.namespace}/${hidden.ref.name} may: it has a text that is not kept, as it holds a credential.`;
  const kinds = context.view(unreadSecretKindsView);
  return kinds.length > 0 ? `Nothing that is read names it, but objects of custom kinds may that are not: ${listWords(kinds)}.` : null;
}

export default defineControl({
  id: "secret-unreferenced",
  layer: "cluster",
  severity: "low",
  title: "Every Secret is used by something",
  failure: "is used by nothing that was read",
  why: "A credential that nobody uses is one that nobody rotates and nobody misses when it is copied.",
  action: "Delete Secrets that nothing uses",
  fix: "Delete the Secret after asking its owner: programs that ask the API for it by a name of their own may use it.",
  verify:
    "for kind in $(kubectl api-resources --verbs=list -o name | grep -vxE 'secrets|events(\\..+)?'); do kubectl get $kind -A -o yaml | grep -wF NAME | sed \"s|^ *|$kind: |\"; done",
  lookFor:
    "Each line is one that names it, after the kind of its object. No output: no object of any kind does, in any namespace. It takes a while; lines about another object of that name do not count.",
  tips: ["S3"],
  frameworks: { nsa: ["SE"], mitre: ["T1552.007"], owasp: ["K03"] },
  references: ["https://kubernetes.io/docs/concepts/security/secrets-good-practices/"],
  subject: "secret",
  reads: ["workloads", "serviceAccounts", "ingresses", "gateways", "certificates", "customRoutes", "routeGuards", "roles", "bindings"],
  extraReads: [
    "persistentVolumes",
    "storageClasses",
    "policyEngineObjects",
    "otherNetworkPolicies",
    "releases",
    "customSettings",
    "operated",
    "customResourceDefinitions",
    "apiServices",
    "configMaps",
    "secrets",
  ],
  wholeCluster: "fail",
  check: (secret, context) => {
    if (!ORDINARY.has(text(secret.body.type) || "Opaque")) return notApplicable("Secrets of its type are managed by the cluster or by a tool.");
    if (secret.scope === "platform") return notApplicable("It belongs to the platform.");
    if (context.view(secretUsesView).has(`${secret.ref.namespace}/${secret.ref.name}`)) return [];
    const createdAt = createdAtOf(secret);
    if (createdAt && daysBetween(createdAt, context.observedAt) < GRACE_DAYS) return [];
    const { named, ofAll } = context.view(secretReadersView);
    if (named.has(`${secret.ref.namespace}/${secret.ref.name}`)) return [];
    const reader = ofAll.get(secret.ref.namespace ?? "");
    if (reader !== undefined) return unknown(`Nothing names it, but pods with the service account ${reader} may read it over the API.`);
    const unseen = findUnseen(secret, context);
    if (unseen !== null) return unknown(unseen);
    return [
      weakness(
        "metadata.name",
        secret.ref.name,
        "No pod, service account, Ingress, route, certificate or volume names it, and no object of a custom kind that is read.",
      ),
    ];
  },
  remedy: (secret) => ({
    ops: [],
    remove: [secret.ref],
    risk: "may-break",
    note: "Ask its owner first: custom resources and programs that ask the API may use it.",
  }),
});
