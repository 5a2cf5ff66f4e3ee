import "server-only";
import { RBAC_GROUP, RBAC_KINDS } from "@/lib/model/rbac-kinds";
import { defineCollector, kindsOf } from "./define-collector";

/** Who may do what. */
export const accessCollector = defineCollector({
  id: "access",
  kinds: [
    ...kindsOf("", ["v1"], [["serviceaccounts", "ServiceAccount"]]),
    ...kindsOf(RBAC_GROUP, ["v1"], RBAC_KINDS),
    ...kindsOf("certificates.k8s.io", ["v1"], [["certificatesigningrequests", "CertificateSigningRequest"]]),
  ],
});
