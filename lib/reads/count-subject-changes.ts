import "server-only";
import { isPlatformNamespace } from "@/lib/inventory/platform-scope";
import { isGap } from "@/lib/model/coverage";
import type { Tally } from "@/lib/scoring/tally";
import type { ControlChange } from "@/lib/scoring/waterfall";
import { distributionAt } from "@/lib/scan/distribution-at";
import type { SnapshotRecord } from "@/lib/store/snapshots";
import { loadNamespaceTallies } from "./namespace-tallies-at";
import type { FilledReader } from "./open-reader";
import type { PostureAt } from "./posture-at";
import { loadReasons } from "./reasons-at";
import { loadSettingsAt } from "./settings-at";

interface SubjectChange extends Pick<ControlChange, "movedBySettings" | "movedByRelease"> {
  /** Null = not known: at one of the two moments a kind of its subjects was not listed, and one subject stood for all of them. */
  readonly subjects: number | null;
}

/** By control, of workloads. */
export type SubjectChanges = ReadonlyMap<string, SubjectChange>;

interface Ends {
  readonly before: PostureAt;
  readonly after: PostureAt;
}

const sizeOf = ({ n, unknown, manual, subsumed, notApplicable }: Tally): number => n + unknown + manual + subsumed + notApplicable;

interface Moved {
  readonly by: "movedBySettings" | "movedByRelease";
  readonly subjects: ReadonlyMap<string, number>;
}

/**
 * By control, how many assessed subjects came into the scope of workloads because other namespaces are of the platform now, or other rights of its provider,
 * less those that left it.
 */
async function countMoved(reader: FilledReader, since: SnapshotRecord): Promise<Moved | null> {
  const [before, after] = [await loadSettingsAt({ ...reader, at: since }), await loadSettingsAt(reader)];
  const isByPeople = JSON.stringify(before.platformNamespaces) !== JSON.stringify(after.platformNamespaces);
  const isOfOther = distributionAt(since.facts) !== distributionAt(reader.at.facts);
  if (!isByPeople && !isOfOther && before.platformRules === after.platformRules) return null;
  const moved = new Map<string, number>();
  const add = async (at: SnapshotRecord, sign: number, other: typeof before): Promise<void> => {
    for (const { control, scope, namespace, n } of await loadNamespaceTallies(reader.pool, reader.cluster.id, at)) {
      const isShared = namespace === "";
      // Of what is in no namespace the platform has what its provider made: what it has more was of workloads.
      const isMoved = isShared ? isOfOther && scope === "platform" : scope === "workload" && isPlatformNamespace(namespace, other);
      if (isMoved) moved.set(control, (moved.get(control) ?? 0) + (isShared ? -sign : sign) * n);
    }
  };
  await add(since, -1, after);
  await add(reader.at, 1, before);
  return moved.size === 0 ? null : { by: isByPeople ? "movedBySettings" : "movedByRelease", subjects: moved };
}

/** Whether subjects of a control, by id, could not be listed at a moment, or nobody had switched its source on. */
async function findUnlisted(reader: FilledReader, posture: PostureAt): Promise<(control: string) => boolean> {
  const isOff = (control: string): boolean => posture.waiting.has(control);
  if (!posture.coverage.some((entry) => isGap(entry) || entry.status === "left-out")) return isOff;
  const reasonsOf = await loadReasons(reader, posture);
  return (control) => isOff(control) || reasonsOf(control).isUnlisted;
}

/** How the subjects of each control changed in number between two moments. What a control could not assess again stays in the scope that it had. */
export async function countSubjectChanges(reader: FilledReader, since: SnapshotRecord, { before, after }: Ends): Promise<SubjectChanges> {
  const moved = await countMoved(reader, since);
  // Of both scopes where settings moved some from one to the other: the sum is as if they had not.
  const isCounted = ({ scope }: Tally): boolean => moved !== null || scope === "workload";
  const [changes, stale] = [new Map<string, number>(), new Set<string>()];
  for (const [{ tallies }, sign] of [[before, -1] as const, [after, 1] as const])
    for (const tally of tallies.filter(isCounted)) {
      changes.set(tally.control, (changes.get(tally.control) ?? 0) + sign * sizeOf(tally));
      if (tally.stale > 0) stale.add(tally.control);
    }
  const [wasUnlisted, isUnlisted] = [await findUnlisted({ ...reader, at: since }, before), await findUnlisted(reader, after)];
  const movedOf = (control: string, by: Moved["by"]): number => (moved?.by !== by || stale.has(control) ? 0 : (moved.subjects.get(control) ?? 0));
  const toChange = ([control, more]: readonly [string, number]) => {
    const subjects = wasUnlisted(control) === isUnlisted(control) ? more : null;
    const [movedBySettings, movedByRelease] = [movedOf(control, "movedBySettings"), movedOf(control, "movedByRelease")];
    return [control, { subjects, movedBySettings, movedByRelease }] as const;
  };
  return new Map([...changes].map(toChange));
}
