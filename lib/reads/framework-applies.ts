import type { Clause, Framework } from "@/lib/frameworks/framework";
import { FRAMEWORK_KEYS, FRAMEWORKS } from "@/lib/frameworks/frameworks";
import { type CloudProvider, type Platform, platformName } from "@/lib/inventory/cloud/cloud-provider";

/** Whether a benchmark is meant for a cluster. `isMeant` null = nothing tells; `sentence` null = nothing to say. */
export interface Applies {
  readonly isMeant: boolean | null;
  readonly sentence: string | null;
}

/** Whose machines the nodes of a service are. */
const CLOUDS: Readonly<Record<NonNullable<Framework["platform"]>, CloudProvider>> = { eks: "aws", gke: "gcp", aks: "azure" };

const EVERYWHERE: Applies = { isMeant: true, sentence: null };

/** Whether a service runs the control plane whose files a clause asks for. */
export function isOfProvider({ ofOwnControlPlane }: Clause, found: Platform | null): boolean {
  return ofOwnControlPlane && found?.isManaged === true;
}

/** Why much of a benchmark for control planes of one's own does not apply, and which one is meant in its place. */
function toProviderSentence({ distribution }: Platform): string {
  const own = FRAMEWORK_KEYS.map((key) => FRAMEWORKS[key]).find(({ platform }) => platform !== null && platform === distribution);
  const service = distribution ? platformName(distribution) : "The provider";
  const instead = own ? ` ${own.name} is meant for such clusters.` : "";
  return `${service} runs the control plane of this cluster: what is asked of its files and flags does not apply here.${instead}`;
}

/** What a cluster is that the service of a platform does not run; null = nothing tells. */
function toElsewhere({ distribution, provider, isManaged }: Platform, platform: NonNullable<Framework["platform"]>): string | null {
  if (distribution) return `is recognised as ${platformName(distribution)}`;
  if (isManaged === false) return "runs a control plane of its own";
  return provider === null || provider === CLOUDS[platform] ? null : `runs on machines of ${platformName(provider)}`;
}

/** A benchmark of one managed service is for clusters of that service; nothing that was judged elsewhere counts under its numbers. */
export function frameworkApplies({ platform, name, clauses }: Pick<Framework, "platform" | "name" | "clauses">, found: Platform | null): Applies {
  if (platform === null)
    return found && clauses.some((clause) => isOfProvider(clause, found)) ? { isMeant: true, sentence: toProviderSentence(found) } : EVERYWHERE;
  const service = platformName(platform);
  if (found?.distribution === platform) return { isMeant: true, sentence: `This cluster is recognised as ${service}.` };
  const what = found && toElsewhere(found, platform);
  if (what === null)
    return { isMeant: null, sentence: `${name} is for ${service}. Nothing that was read tells which service runs this cluster, so it may not apply.` };
  return { isMeant: false, sentence: `${name} is for ${service}. This cluster ${what}, so it does not apply here.` };
}
