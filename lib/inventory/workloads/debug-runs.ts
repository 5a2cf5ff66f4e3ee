import { type JsonRecord, dig, isRecord, list, records, text } from "../../model/json";

/** How a debug container of a pod ended: it cannot be taken out of the pod, and it never starts again. */
interface EndedRun {
  /** Undefined when the status does not say. */
  readonly startedAt: string | undefined;
}

/** The debug containers of a pod that have ended, by name. */
export function listEndedRuns(status: unknown): ReadonlyMap<string, EndedRun> {
  const ended = records(isRecord(status) ? status.ephemeralContainerStatuses : undefined).filter((item) => isRecord(dig(item, "state", "terminated")));
  return new Map(ended.map((item) => [text(item.name) ?? "", { startedAt: text(dig(item, "state", "terminated", "startedAt")) }]));
}

/** A live pod's spec whose ended debug containers carry their run: only the status knows, and of a pod with an owner it is not kept. */
export function withEndedRuns(spec: JsonRecord, status: unknown): JsonRecord {
  const ended = listEndedRuns(status);
  if (ended.size === 0) return spec;
  const ephemeralContainers = list(spec.ephemeralContainers).map((container) => {
    const run = isRecord(container) ? ended.get(text(container.name) ?? "") : undefined;
    return isRecord(container) && run ? { ...container, endedRun: { startedAt: run.startedAt } } : container;
  });
  return { ...spec, ephemeralContainers };
}

/** Of a pod's status only how its debug containers ended; undefined when none has. */
export function keepEndedRuns(status: unknown): JsonRecord | undefined {
  const ended = [...listEndedRuns(status)];
  if (ended.length === 0) return undefined;
  return { ephemeralContainerStatuses: ended.map(([name, { startedAt }]) => ({ name, state: { terminated: startedAt === undefined ? {} : { startedAt } } })) };
}
