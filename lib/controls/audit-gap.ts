import type { ComponentInstance } from "../inventory/nodes/control-plane";
import { flagWeakness } from "./component-answer";
import type { Weakness } from "./define";

/** Why an API server records nothing of what it is asked; null = it does. */
export function findAuditGap(instance: ComponentInstance): Weakness | null {
  const { flags } = instance;
  if (!flags.get("audit-log-path") && !flags.get("audit-webhook-config-file"))
    return flagWeakness(instance, "audit-log-path", "Audit events go nowhere: neither a log file nor a webhook is set.");
  if (!flags.get("audit-policy-file")) return flagWeakness(instance, "audit-policy-file", "Without a policy file nothing is written to the audit log.");
  return null;
}
