import "server-only";
import type { KnownSpan } from "./open-state";

type Staleness = ReadonlyMap<number, number>;

/** Which snapshot assessed an open finding last: asked of all of its control at once, since what grades one mostly grades them all. */
export function createJudgedLast(
  spans: ReadonlyMap<string, KnownSpan>,
  lastSeq: number,
  listLastJudged: (staleSince: Staleness) => Promise<Staleness>,
): (span: KnownSpan) => Promise<number> {
  const byControl = new Map<string, Promise<Staleness>>();
  const ask = (controlId: string): Promise<Staleness> =>
    listLastJudged(
      new Map(
        [...spans.values()].flatMap(({ controlId: of, findingId, staleSinceSeq }) =>
          of === controlId && staleSinceSeq !== null ? [[findingId, staleSinceSeq] as const] : [],
        ),
      ),
    );
  return async ({ controlId, findingId, staleSinceSeq }) => {
    if (staleSinceSeq === null) return lastSeq;
    const asked = byControl.get(controlId) ?? ask(controlId);
    byControl.set(controlId, asked);
    return (await asked).get(findingId) ?? lastSeq;
  };
}
