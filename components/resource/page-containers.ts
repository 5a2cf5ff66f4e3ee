import type { ContainerSettings } from "@/lib/contracts/resources";

/** A page draws so many containers at once. */
const SHOWN = 100;

/** Some of an object's containers, and how to come to the others. */
export interface ContainerPage {
  readonly settings: ContainerSettings;
  /** Place of the first one, from 1. */
  readonly first: number;
  readonly total: number;
  /** Those that are not shown; null when all are. */
  readonly more: { readonly count: number; readonly failing: number } | null;
  /** First container of the pages beside this one. */
  readonly previous: number | null;
  readonly next: number | null;
}

/**
 * Up to a hundred containers as they are; of more, the hundred that hold number `from`, with those that fail a setting before the others.
 * A number that there is none of counts as the nearest one.
 */
export function pageContainers(settings: ContainerSettings, from: number): ContainerPage {
  const { containers, rows } = settings;
  const total = containers.length;
  if (total <= SHOWN) return { settings, first: 1, total, more: null, previous: null, next: null };
  const isFailing = (index: number): boolean => rows.some((row) => row.cells[index]?.severity !== null);
  const [failing, others] = [[] as number[], [] as number[]];
  for (const index of containers.keys()) (isFailing(index) ? failing : others).push(index);
  const start = Math.floor((Math.min(Math.max(1, from), total) - 1) / SHOWN) * SHOWN;
  const shown = [...failing, ...others].slice(start, start + SHOWN);
  const pick = <T>(all: readonly T[]): T[] => shown.flatMap((index) => all[index] ?? []);
  const end = start + shown.length;
  return {
    settings: { containers: pick(containers), rows: rows.map((row) => ({ ...row, cells: pick(row.cells) })) },
    first: start + 1,
    total,
    more: { count: total - shown.length, failing: failing.length - Math.max(0, Math.min(end, failing.length) - start) },
    previous: start === 0 ? null : start - SHOWN + 1,
    next: end === total ? null : end + 1,
  };
}
