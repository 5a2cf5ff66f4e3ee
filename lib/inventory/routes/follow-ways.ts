import { type JsonRecord, records } from "../../model/json";
import { byExposure, type EntryPoint } from "./entry-point";
import type { KubeObject } from "../kube-object";
import type { RoutedBackend } from "./route-entry";

/** Where requests are sent next: to a Service, or to an object that sends them on. */
export type Step = { readonly part: KubeObject | undefined } | (Pick<RoutedBackend, "key" | "ports"> & { readonly untold?: string });

/** A way in, and where it leads. */
export interface Way {
  readonly entry: EntryPoint;
  readonly steps: readonly Step[];
}

/** Of what a rule or an object names, what gets requests: of several, none with a weight of 0. */
export function listSent(references: unknown): readonly JsonRecord[] {
  const all = records(references);
  return all.length > 1 ? all.filter(({ weight }) => weight !== 0) : all;
}

/** Those from outside that nothing guards and nothing leaves open first, and of these the widest. */
function byOpenness({ entry: a }: Way, { entry: b }: Way): number {
  const isInside = ({ exposure }: EntryPoint) => exposure === "internal" || exposure === "none";
  const weigh = (entry: EntryPoint) => (isInside(entry) ? 3 : entry.hasSignIn ? 2 : entry.untold === undefined ? 0 : 1);
  return weigh(a) - weigh(b) || byExposure(a, b);
}

/** All Services that ways lead to; what sends requests on is passed once, by the widest way into it. */
export function followWays(ways: readonly Way[], stepsOf: (part: KubeObject) => readonly Step[]): readonly RoutedBackend[] {
  const passed = new Set<KubeObject>();
  return ways.toSorted(byOpenness).flatMap(({ entry, steps }) => {
    const found: RoutedBackend[] = [];
    const left = [...steps];
    for (let step = left.pop(); step; step = left.pop()) {
      if ("key" in step) {
        const { key, ports, untold } = step;
        found.push({ key, ports, entry: untold === undefined ? entry : { ...entry, untold } });
      } else if (step.part && !passed.has(step.part)) {
        passed.add(step.part);
        for (const next of stepsOf(step.part)) left.push(next);
      }
    }
    return found;
  });
}
