import "server-only";
import { defineCollector, kindsOf } from "./define-collector";

/** Certificates of cert-manager: when they end, and whether they are renewed. Their keys are in Secrets, which nobody reads. */
export const certificatesCollector = defineCollector({
  id: "certificates",
  kinds: kindsOf("cert-manager.io", ["v1"], [["certificates", "Certificate"]], { optional: true }),
});
