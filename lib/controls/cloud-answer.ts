import type { Platform } from "../inventory/cloud-provider";
import { outsideCloud } from "../inventory/outside-cloud";
import type { Outcome } from "./define";

/** A cloud control passes only in a known cloud: elsewhere a pass says why it means nothing. Failures stand everywhere. */
export function cloudAnswer(platform: Platform, outcome: Outcome): Outcome {
  const isPass = "state" in outcome ? outcome.state === "pass" : outcome.length === 0;
  return isPass ? (outsideCloud(platform) ?? outcome) : outcome;
}
