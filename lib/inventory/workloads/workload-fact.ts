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

function gather(workloads: readonly Workload[], wanted: readonly Definition<unknown>[]): Map<Definition<unknown>, Gathered> {
  const values = new Map(wanted.map((definition) => [definition, definition.start()]));
  const errors = new Map<Definition<unknown>, unknown>();
  for (const workload of workloads) {
    const pods = podsOf(workload);
    for (const [definition, value] of values) {
      try {
        definition.add(value, workload, pods);
      } catch (error) {
        errors.set(definition, error);
      }
    }
  }
  return new Map([...values].map(([definition, value]) => [definition, errors.has(definition) ? { error: errors.get(definition) } : { value }]));
}

/** Every fact, of one pass over the workloads. */
export const workloadFactsView = defineView({ reads: ["workloads"], compute: ({ slices }) => gather(slices.workloads, definitions) });

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
      const found = context.view(workloadFactsView).get(definition);
      if (found && "error" in found) throw found.error;
      return found?.value as T; // safe: made by this definition's own `start`
    },
  });
}
