import "server-only";
import { defineCollector, kindsOf } from "./define-collector";

/** Who may do what. */
export const accessCollector = defineCollector({
  id: "access",
  kinds: [
    ...kindsOf("", ["v1"], [["serviceaccounts", "ServiceAccount"]]),
    ...kindsOf(
      "rbac.authorization.k8s.io",
      ["v1"],
      [
        ["roles", "Role"],
        ["clusterroles", "ClusterRole"],
        ["rolebindings", "RoleBinding"],
        ["clusterrolebindings", "ClusterRoleBinding"],
      ],
    ),
    ...kindsOf("certificates.k8s.io", ["v1"], [["certificatesigningrequests", "CertificateSigningRequest"]]),
  ],
});
