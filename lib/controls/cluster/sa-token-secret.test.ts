import { role, roleBinding, serviceAccount } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./sa-token-secret";

const rights = { rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }] };
const listed = { secrets: [{ name: "app-dockercfg-x2x2x" }, { name: "app-token-x2x2x" }] };
const pull = { secrets: [{ name: "app-dockercfg-x2x2x" }] };

const token = (name: string, labels: Record<string, string> = {}, account = "app", type = "kubernetes.io/service-account-token") => ({
  apiVersion: "v1",
  kind: "Secret",
  type,
  metadata: { name, namespace: "shop", labels, annotations: { "kubernetes.io/service-account.name": account } },
});

describeControl(control, {
  fails: [
    {
      name: "the account lists one that is there",
      objects: [serviceAccount(listed), token("app-token-x2x2x")],
      severity: "medium",
      evidence: [{ path: "secrets[1]", value: "app-token-x2x2x" }],
    },
    {
      name: "the account lists one, and Secrets are not read, in a release that switches none off",
      objects: [serviceAccount(listed)],
      missing: ["secrets"],
      kubeVersion: "1.27",
    },
    { name: "the account lists one, in a set of manifests", objects: [serviceAccount(listed)], complete: false },
    { name: "the account is strong", objects: [serviceAccount(listed), role(rights), roleBinding()], severity: "high" },
    { name: "one was made by hand", objects: [serviceAccount(), token("robot")], severity: "medium", evidence: [{ path: "type" }] },
    {
      name: "it was used in the last month",
      objects: [serviceAccount(), token("robot", { "kubernetes.io/legacy-token-last-used": "2026-11-01" })],
      severity: "high",
    },
    {
      name: "it was last used long ago",
      objects: [serviceAccount(), token("robot", { "kubernetes.io/legacy-token-last-used": "2026-01-01" })],
      severity: "medium",
    },
  ],
  passes: [
    { name: "there is none", objects: [serviceAccount()] },
    { name: "it lists pull secrets only", objects: [serviceAccount(pull)] },
    { name: "the only one is another account's", objects: [serviceAccount(), token("robot", {}, "other")] },
    { name: "a Secret of another type names the account", objects: [serviceAccount(), token("robot", {}, "app", "Opaque")] },
    {
      name: "the cluster has switched it off",
      objects: [serviceAccount(listed), token("app-token-x2x2x", { "kubernetes.io/legacy-token-invalid-since": "2026-10-27" })],
    },
  ],
  unknown: [
    {
      name: "the account lists one, which the cluster may have switched off, and Secrets are not read",
      objects: [serviceAccount(listed)],
      missing: ["secrets"],
      kubeVersion: "1.28",
      reason: "It lists the token Secret app-token-x2x2x; whether the cluster has switched that token off is in Secrets, which were not read.",
    },
    { name: "the same, in a release that is not known", objects: [serviceAccount(listed)], missing: ["secrets"] },
    { name: "it lists none, and Secrets are not read", objects: [serviceAccount()], missing: ["secrets"] },
    { name: "it lists none, in a set of manifests", objects: [serviceAccount()], complete: false },
  ],
});
