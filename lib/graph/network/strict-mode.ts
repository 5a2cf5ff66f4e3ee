import { type Weakness, weakness } from "../../controls/define";
import { enforcementView, type NetworkPlugin } from "../../inventory/nodes/network-plugin";
import type { Context } from "../../inventory/view";
import type { Direction } from "./endpoint";
import type { Isolation } from "./isolation";

export const OPPOSITE: Readonly<Record<Direction, Direction>> = { ingress: "egress", egress: "ingress" };

export function isUnselected({ state, by }: Isolation): boolean {
  return state === "open" && by.length === 0;
}

/** What that is, as a sentence. */
export function sayStrict({ name }: Pick<NetworkPlugin, "name">): string {
  return `${name} is told to close pods that no policy selects, from when they are made (strict mode).`;
}

interface StrictMode {
  readonly said: Weakness;
  /** Why that is not told of pods that are yet to be made; null = it is. */
  readonly doubt: string | null;
  /** Why it is not told of those that are there. */
  readonly ofOlder: string;
}

/**
 * Where Amazon VPC CNI closes what no policy selects: in both directions, as a pod is made. Pods that were there before stay as they were, and whoever is
 * selected for one direction is open in the other (policyendpoints_controller of its agent). Null = it does not.
 */
export function findStrictMode({ view }: Context<"workloads" | "nodes" | "configMaps">, opposite: () => Isolation): StrictMode | null {
  const { enforces, plugin } = view(enforcementView);
  if (plugin?.strictAt === undefined || enforces === false) return null;
  const other = opposite();
  if (!isUnselected(other) && other.state !== "unknown") return null;
  return {
    said: weakness(plugin.strictAt, "strict", sayStrict(plugin), { object: plugin.ref }),
    doubt: enforces === null ? plugin.because : other.state === "unknown" ? other.reason : null,
    ofOlder: `Whether its pods were made before ${plugin.name} was told to close those that no policy selects (strict mode) is not known.`,
  };
}
