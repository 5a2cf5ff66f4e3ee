import { clusterRole, clusterRoleBinding, deployment, role, roleBinding, serviceAccount } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-orphan-grant";

const secrets = { rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }] };
const granted = [serviceAccount(), role(secrets), roleBinding()];

function tokenSecret(lastUsed: string) {
  const annotations = { "kubernetes.io/service-account.name": "app" };
  const metadata = { name: "app-token", namespace: "shop", annotations, labels: { "kubernetes.io/legacy-token-last-used": lastUsed } };
  return { apiVersion: "v1", kind: "Secret", type: "kubernetes.io/service-account-token", metadata };
}

const DEPLOYER = { kind: "ServiceAccount", name: "deployer", namespace: "shop" };
/** As OpenShift makes them in each project. */
const ofOpenShift = [
  serviceAccount({ name: "deployer" }),
  clusterRole({ name: "system:deployer", rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["create", "get", "list"] }] }),
  roleBinding({ name: "system:deployers", roleRef: { kind: "ClusterRole", name: "system:deployer" }, subjects: [DEPLOYER] }),
];

describeControl(control, {
  fails: [
    {
      name: "an account that OpenShift makes, with more than it gives",
      objects: [...ofOpenShift, role(secrets), roleBinding({ subjects: [DEPLOYER] })],
      evidence: [{ path: "subjects[0]" }],
    },
    {
      name: "an account that OpenShift makes, with what it gives in every namespace",
      objects: [...ofOpenShift, clusterRoleBinding({ roleRef: { kind: "ClusterRole", name: "system:deployer" }, subjects: [DEPLOYER] })],
      evidence: [{ path: "subjects[0]" }],
    },
    { name: "nothing runs as it", objects: granted, severity: "low", evidence: [{ path: "subjects[0]" }] },
    { name: "nobody asked for Secrets", objects: granted, missing: ["secrets"] },
    { name: "its token was last used long ago", objects: [...granted, tokenSecret("2026-06-01")] },
  ],
  passes: [
    { name: "a workload runs as it", objects: [...granted, deployment()] },
    { name: "somebody outside used its token lately", objects: [...granted, tokenSecret("2026-11-01")] },
    { name: "its rights are weak", objects: [serviceAccount(), role(), roleBinding()] },
    { name: "it has no rights", objects: [serviceAccount()] },
  ],
  notApplicable: [
    {
      name: "an account that OpenShift makes, for pods that it makes",
      objects: ofOpenShift,
      reason: "OpenShift makes pods that run as it when something is built or deployed.",
    },
    { name: "an account of the platform", objects: [serviceAccount({ namespace: "kube-system" })] },
  ],
  unknown: [
    {
      name: "Secrets were asked for in vain",
      objects: granted,
      missing: ["secrets"],
      settings: { optInSources: ["secret-metadata"] },
      reason: "Whether somebody outside uses a token of it is in Secrets, which could not be read.",
    },
    { name: "workloads could not be read", objects: granted, missing: ["workloads"] },
    {
      name: "manifests that hold no rights for it",
      objects: [serviceAccount()],
      complete: false,
      reason: "These manifests give it no rights of note; whether others do, needs the whole cluster.",
    },
  ],
});
