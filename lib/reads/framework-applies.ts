import type { Framework } from "@/lib/frameworks/framework";
import { type Platform, platformName } from "@/lib/inventory/cloud/cloud-provider";

/** Whether a benchmark is meant for a cluster. `isMeant` null = nothing tells; `sentence` null = nothing to say. */
export interface Applies {
  readonly isMeant: boolean | null;
  readonly sentence: string | null;
}

const EVERYWHERE: Applies = { isMeant: true, sentence: null };

/** A benchmark of one managed service is for clusters of that service; nothing that was judged elsewhere counts under its numbers. */
export function frameworkApplies({ platform, name }: Pick<Framework, "platform" | "name">, found: Platform | null): Applies {
  if (platform === null) return EVERYWHERE;
  const service = platformName(platform);
  if (found?.distribution === platform) return { isMeant: true, sentence: `This cluster is recognised as ${service}.` };
  if (!found || (found.distribution === null && found.isManaged === null)) {
    return { isMeant: null, sentence: `${name} is for ${service}. Nothing that was read tells which service runs this cluster, so it may not apply.` };
  }
  const what = found.distribution ? `is recognised as ${platformName(found.distribution)}` : "runs a control plane of its own";
  return { isMeant: false, sentence: `${name} is for ${service}. This cluster ${what}, so it does not apply here.` };
}
