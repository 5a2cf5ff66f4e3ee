import { clusterRole, clusterRoleBinding, namespace, role, roleBinding, serviceAccount } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-dangling-binding";

const secrets = { rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }] };
const target = { kind: "RoleBinding", name: "app" };

describeControl(control, {
  fails: [
    {
      name: "an account that does not exist, for a shipped role that no manifest lists",
      objects: [roleBinding({ roleRef: { kind: "ClusterRole", name: "edit" } })],
      severity: "medium",
    },
    { name: "the role is gone", objects: [roleBinding(), serviceAccount()], severity: "low", evidence: [{ path: "roleRef", value: "Role/app" }] },
    { name: "the account is gone", objects: [role(), roleBinding()], severity: "low", target, evidence: [{ path: "subjects[0]", value: "app" }] },
    { name: "the account is gone and the role is strong", objects: [role(secrets), roleBinding()], severity: "medium", target },
    {
      name: "an account of no namespace, for the whole cluster",
      objects: [clusterRole(), clusterRoleBinding({ subjects: [{ kind: "ServiceAccount", name: "app" }] })],
      severity: "low",
      target: { kind: "ClusterRoleBinding", name: "app" },
      evidence: [{ path: "subjects[0]", value: "app", message: "It names a service account without a namespace, which is nobody." }],
    },
    {
      name: "the account default of a namespace that is gone",
      objects: [clusterRole(), namespace(), clusterRoleBinding({ subjects: [{ kind: "ServiceAccount", namespace: "gone", name: "default" }] })],
      severity: "low",
      target: { kind: "ClusterRoleBinding", name: "app" },
      evidence: [{ path: "subjects[0]", value: "default" }],
    },
    { name: "a ClusterRoleBinding to a Role", objects: [role(), serviceAccount(), clusterRoleBinding({ roleRef: { kind: "Role", name: "app" } })] },
  ],
  passes: [
    {
      name: "a role that every API server makes",
      objects: [clusterRoleBinding({ roleRef: { kind: "ClusterRole", name: "system:auth-delegator" } }), serviceAccount()],
    },
    {
      name: "the account of a controller, which the control plane makes for itself",
      objects: [role(), roleBinding({ subjects: [{ kind: "ServiceAccount", namespace: "kube-system", name: "horizontal-pod-autoscaler" }] })],
    },
    { name: "both are there", objects: [role(), roleBinding(), serviceAccount()] },
    {
      name: "people cannot be looked up",
      objects: [
        role(),
        roleBinding({
          subjects: [
            { kind: "User", name: "jane" },
            { kind: "Group", name: "ops" },
          ],
        }),
      ],
    },
    { name: "the default account, which is always there", objects: [role(), roleBinding({ subjects: [{ kind: "ServiceAccount", name: "default" }] })] },
    {
      name: "the default accounts of a namespace that is there, and of one that every cluster has",
      objects: [
        clusterRole(),
        namespace(),
        clusterRoleBinding({
          subjects: ["shop", "kube-system"].map((home) => ({ kind: "ServiceAccount", namespace: home, name: "default" })),
        }),
      ],
    },
  ],
  unknown: [
    { name: "a part of a cluster", objects: [roleBinding()], complete: false },
    { name: "accounts could not be read", objects: [role(), roleBinding()], missing: ["serviceAccounts"] },
  ],
});
