import { inPortions } from "../../model/in-portions";
import { defineView, type View } from "../view";
import type { PodView, Workload } from "./workload";

interface Definition<T> {
  /** Of no workload. */
  readonly start: () => T;
  /** Adds what one workload shows; `pods` is empty when its pods cannot be read. Must keep nothing of a pod alive but texts. */
  readonly add: (gathered: T, workload: Workload, pods: readonly PodView[]) => void;
}

type Gathered = { readonly value: unknown } | { readonly error: unknown };

const definitions: Definition<unknown>[] = [];

function podsOf(workload: Workload): readonly PodView[] {
  try {
    return workload.views();
  } catch {
    return [];
  }
}

interface Gathering {
  /** Goes through the next workloads; false = through all. */
  readonly take: (most?: number) => boolean;
  /** Of all workloads, those included that were not gone through yet. */
  readonly finish: () => ReadonlyMap<Definition<unknown>, Gathered>;
}

function startGathering(workloads: readonly Workload[], wanted: readonly Definition<unknown>[]): Gathering {
  const values = new Map(wanted.map((definition) => [definition, definition.start()]));
  const errors = new Map<Definition<unknown>, unknown>();
  const take = inPortions(workloads, (workload) => {
    const pods = podsOf(workload);
    for (const [definition, value] of values) {
      try {
        definition.add(value, workload, pods);
      } catch (error) {
        errors.set(definition, error);
      }
    }
  });
  return {
    take,
    finish: () => {
      take();
      return new Map([...values].map(([definition, value]) => [definition, errors.has(definition) ? { error: errors.get(definition) } : { value }]));
    },
  };
}

/** What gathers the facts of a set: it may be given a start, before they are asked for all at once. */
export const gatheringView = defineView({ reads: ["workloads"], compute: ({ slices }) => startGathering(slices.workloads, definitions) });

/** Every fact, of one pass over the workloads. */
export const workloadFactsView = defineView({ reads: ["workloads"], compute: ({ view }) => view(gatheringView).finish() });

/**
 * A view over the pods of all workloads. All such views are made in one pass, because to read a workload costs more than to ask it something.
 * One that throws is an error for whoever asks for it, and for nobody else.
 */
export function defineWorkloadFact<T>({ start, add }: Definition<T>): View<"workloads", T> {
  // Safe cast: `add` only ever gets what `start` of the same definition made.
  const definition: Definition<unknown> = { start, add: (gathered, workload, pods) => add(gathered as T, workload, pods) };
  definitions.push(definition);
  return defineView({
    reads: ["workloads"],
    compute: (context): T => {
      // Routes load their own code: what one of them asks for may have been defined after the pass.
      const found = context.view(workloadFactsView).get(definition) ?? startGathering(context.slices.workloads, [definition]).finish().get(definition);
      if (found && "error" in found) throw found.error;
      return found?.value as T; // safe: made by this definition's own `start`
    },
  });
}
