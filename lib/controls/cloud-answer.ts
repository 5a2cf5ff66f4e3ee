import type { Platform } from "../inventory/cloud/cloud-provider";
import { outsideCloud } from "../inventory/cloud/outside-cloud";
import { type Outcome, safe } from "./define";

/**
 * A cloud control passes only in a known cloud; elsewhere it does not apply, for the reason that `cloud-provider-identified` tells once for
 * the whole cluster. Failures stand everywhere.
 */
export function cloudAnswer(platform: Platform, outcome: Outcome): Outcome {
  const isPass = "state" in outcome ? outcome.state === "pass" : outcome.length === 0;
  const outside = isPass ? outsideCloud(platform) : null;
  return outside ? safe(outside.reason) : outcome;
}
