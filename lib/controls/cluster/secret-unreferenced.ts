import { secretReadersView } from "../../graph/rbac/secret-readers";
import { daysBetween } from "../../inventory/days";
import { createdAtOf } from "../../inventory/node-pools";
import { secretUsesView } from "../../inventory/secret-uses";
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

export default defineControl({
  id: "secret-unreferenced",
  layer: "cluster",
  severity: "low",
  title: "Every Secret is used by something",
  failure: "is used by nothing that was read",
  why: "A credential that nobody uses is one that nobody rotates and nobody misses when it is copied.",
  action: "Delete Secrets that nothing uses",
  fix: "Delete the Secret after asking its owner: custom resources that are not read may refer to it.",
  verify: "kubectl get pods,deployments,statefulsets,daemonsets,jobs,cronjobs,serviceaccounts,ingresses,roles -n NAMESPACE -o yaml | grep -nwF NAME",
  lookFor: "No output: no object of these kinds names it. Certificates, gateways and other custom resources are not searched.",
  tips: ["S3"],
  frameworks: { nsa: ["SE"], mitre: ["T1552.007"], owasp: ["K03"] },
  references: ["https://kubernetes.io/docs/concepts/security/secrets-good-practices/"],
  subject: "secret",
  reads: ["workloads", "serviceAccounts", "ingresses", "gateways", "certificates", "secretStores", "roles", "bindings"],
  extraReads: ["persistentVolumes", "storageClasses"],
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
    if (!context.isRead("persistentVolumes") || !context.isRead("storageClasses"))
      return unknown("Nothing else names it, but volumes and storage classes may, and they cannot be read.");
    return [weakness("metadata.name", secret.ref.name, "No pod, service account, Ingress, Gateway, certificate or volume names it.")];
  },
  remedy: (secret) => ({
    ops: [],
    remove: [secret.ref],
    risk: "may-break",
    note: "Ask its owner first: custom resources and programs that ask the API may use it.",
  }),
});
