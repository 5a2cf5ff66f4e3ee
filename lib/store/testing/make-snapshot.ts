import type { SettingsChange, SnapshotInput, StoredState, TallyInput } from "../commit/commit-input";
import { toDigest, toFingerprint } from "../digests";
import { record, text } from "@/lib/model/json";
import type { Severity } from "@/lib/model/severity";
import type { Scope } from "@/lib/model/verdict";

interface Changed {
  /** Left out = only weights changed. */
  readonly fails?: readonly string[];
  readonly controls?: readonly string[];
  readonly reweighted?: readonly string[];
  readonly isByRelease?: boolean;
}

/** A small world for tests: objects by name with a content, results by control and object. */
export interface World {
  readonly resources: readonly { readonly kind?: string; readonly name: string; readonly content: string; readonly scope?: Scope }[];
  readonly verdicts: readonly {
    readonly control: string;
    readonly on: string;
    readonly kind?: string;
    readonly state?: StoredState;
    readonly severity?: Severity;
    readonly note?: string;
  }[];
  readonly tallies?: readonly Partial<TallyInput>[];
  readonly staleKinds?: readonly string[];
  readonly catalogueVersion?: string;
  /** The settings changed: what would fail by those of before, as "control object", and the controls that changed themselves. */
  readonly settingsChange?: Changed | ((since: number) => Changed | undefined);
  /** Kinds that are read again, each with the snapshot that read it last. */
  readonly returnedKinds?: Readonly<Record<string, number | null>>;
  readonly takenAt?: Date;
}

const NO_TALLY: TallyInput = {
  dimension: "control",
  key: "",
  scope: "workload",
  n: 0,
  failing: 0,
  waived: 0,
  unknown: 0,
  subsumed: 0,
  notApplicable: 0,
  manual: 0,
  stale: 0,
  worst: null,
};

export function keyOf(name: string, kind = "Deployment"): string {
  return `apps/${kind}/shop/${name}`;
}

/** What every finding of this world is about: the part of the content before a slash. */
function fieldOf(manifest: unknown): string | undefined {
  return text(record(manifest).content)?.split("/")[0];
}

function toSettingsChange(changed: Changed | undefined): SettingsChange | null {
  if (!changed) return null;
  const fails = changed.fails?.map((text) => text.split(" ")).map(([control = "", name = ""]) => toFingerprint(control, keyOf(name), ""));
  return {
    failsByOld: fails ? new Set(fails) : null,
    isByRelease: changed.isByRelease ?? false,
    isControlChanged: (id) => changed.controls?.includes(id) ?? false,
    findRegrading: (id) => (changed.reweighted?.includes(id) ? "reweighted" : null),
  };
}

export function makeSnapshot(clusterId: number, world: World): SnapshotInput {
  const takenAt = world.takenAt ?? new Date("2026-11-25T10:00:00Z");
  const resources = world.resources.map(({ kind = "Deployment", name, content, scope = "workload" }) => ({
    key: keyOf(name, kind),
    group: "apps",
    version: "v1",
    kind,
    namespace: "shop",
    name,
    scope,
    digest: toDigest(content),
    body: () => JSON.stringify({ kind, metadata: { name }, content }),
  }));
  const scopes = new Map(resources.map(({ key, scope }) => [key, scope]));
  const verdicts = world.verdicts.map(({ control, on, kind = "Deployment", state = "fail", severity = "high", note = "" }) => ({
    fingerprint: toFingerprint(control, keyOf(on, kind), ""),
    controlId: control,
    layer: "container" as const,
    resourceKey: keyOf(on, kind),
    apiVersion: "apps/v1",
    locator: "",
    scope: scopes.get(keyOf(on, kind)) ?? "workload",
    state,
    severity,
    reason: note === "" ? null : note,
    evidence: JSON.stringify([{ path: "spec", value: note, message: "It fails." }]),
    digest: toDigest(`${state} ${severity} ${note}`),
  }));
  return {
    clusterId,
    startedAt: takenAt,
    trigger: "manual",
    kubeVersion: "1.36.0",
    catalogueVersion: world.catalogueVersion ?? "1",
    scopeHash: "all",
    settingsChangeSince: async (seq) => toSettingsChange(typeof world.settingsChange === "function" ? world.settingsChange(seq) : world.settingsChange),
    returnedKinds: new Map(Object.entries(world.returnedKinds ?? {})),
    release: { isReleased: (id) => !id.startsWith("own-"), hasChanged: (_, before, after) => fieldOf(before) !== fieldOf(after) },
    staleKinds: new Map((world.staleKinds ?? []).map((kind) => [kind, `${kind} is refused.`])),
    resources: [resources],
    verdicts: [verdicts],
    finish: () => ({
      takenAt,
      durationMs: 5,
      coverage: { kinds: 3 },
      facts: { objects: resources.length },
      tallies: (world.tallies ?? []).map((tally) => ({ ...NO_TALLY, ...tally })),
    }),
  };
}
