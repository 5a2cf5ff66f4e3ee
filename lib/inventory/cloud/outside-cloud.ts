import { type Platform, platformName } from "./cloud-provider";

/** Why a cloud control has nothing to say here; null when the cluster runs in a known cloud. */
export function outsideCloud(platform: Platform): { readonly state: "not-applicable" | "unknown"; readonly reason: string } | null {
  if (platform.provider !== null) return null;
  const { distribution } = platform;
  if (platform.isLocal && distribution)
    return { state: "not-applicable", reason: `The cluster runs in ${platformName(distribution)} on one machine, not in a cloud.` };
  if (distribution && platform.isManaged)
    return { state: "unknown", reason: `The cloud behind ${platformName(distribution)} is not among those whose machines and load balancers are known.` };
  if (distribution) return { state: "unknown", reason: `Nothing tells which cloud, if any, runs the machines of this ${platformName(distribution)} cluster.` };
  return { state: "unknown", reason: "Nothing in the nodes tells which cloud, if any, runs this cluster." };
}
