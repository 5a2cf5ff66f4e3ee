import "server-only";
import type { Layer } from "@/lib/model/layer";
import type { Severity } from "@/lib/model/severity";
import type { Evidence, Scope } from "@/lib/model/verdict";

/** Results that are kept; pass, not-applicable and subsumed live in the tallies only. */
export const STORED_STATES = ["fail", "waived", "unknown", "manual"] as const;
export type StoredState = (typeof STORED_STATES)[number];

/**
 * Why a span began within an open period, and so why the one before it ended: its evidence or its state; only what is known of it; its severity, by
 * another release or an edited own control (`regraded`) or by the weight that the cluster's people gave the control (`reweighted`).
 */
type ChangedCause = "changed" | "reread" | "regraded" | "reweighted";
/**
 * `assessed` = the scan before could not tell: it may have failed at any time since the last one that could. `uncovered` = it failed before too, where a
 * graver finding of its subject showed the same.
 */
export type OpenedCause =
  | "first-scan"
  | "new-resource"
  | "changed-resource"
  | "changed-context"
  | "assessed"
  | "uncovered"
  | "new-control"
  | "new-catalogue"
  | "settings"
  | ChangedCause;
/**
 * Why what failed ended without being fixed, though its object is there: its Job is over, and nothing runs by it any more; another finding shows the same,
 * and more; or its control does not apply any more, and nothing says that what it warned of is gone.
 */
export type UnfixedCause = "finished" | "subsumed" | "not-applicable";
export type ClosedCause = "fixed" | "resource-gone" | "control-changed" | "control-off" | "settings" | "exception" | UnfixedCause | ChangedCause;

/** Pages of rows: a page is handled as one unit, so a few hundred to a few thousand rows are best. */
type Pages<Row> = AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>;

export interface ResourceInput {
  /** `resourceKey` of lib/model. */
  readonly key: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly scope: Scope;
  /** Hexadecimal; changes when and only when the body does. */
  readonly digest: string;
  /** The redacted manifest as JSON; asked only when the digest is new. */
  readonly body: () => string;
  /** Who set which field when; asked only when the digest is new. */
  readonly managers?: () => unknown;
}

export interface VerdictInput {
  /** `toFingerprint`, hexadecimal. */
  readonly fingerprint: string;
  readonly controlId: string;
  readonly layer: Layer;
  readonly resourceKey: string;
  /** As its kind is named: `v1`, `apps/v1`; empty where the subject is no kind of the API. */
  readonly apiVersion: string;
  readonly locator: string;
  readonly scope: Scope;
  readonly state: StoredState;
  readonly severity: Severity;
  readonly reason: string | null;
  /** JSON of `Evidence[]`. */
  readonly evidence: string;
  /** Hexadecimal, of state, severity, reason and evidence: verdicts that share it share these, whatever they are about. */
  readonly digest: string;
}

export const TALLY_DIMENSIONS = ["control", "namespace-control"] as const;
export type TallyDimension = (typeof TALLY_DIMENSIONS)[number];

export interface TallyInput {
  readonly dimension: TallyDimension;
  readonly key: string;
  readonly scope: string;
  readonly n: number;
  readonly failing: number;
  readonly waived: number;
  readonly unknown: number;
  readonly subsumed: number;
  readonly notApplicable: number;
  readonly manual: number;
  readonly stale: number;
  readonly worst: Severity | null;
}

/** A finding that stays open because its subject or its control could not be assessed this time. */
export interface StaleFinding {
  readonly state: StoredState;
  /** The scope of the unknown verdict that this scan gave for it; null = its subject could not be read at all. */
  readonly askedIn: Scope | null;
  /** The scope in which this scan counted it as a failure that is less grave; null = it did not. */
  readonly failedIn: Scope | null;
  readonly controlId: string;
  readonly layer: Layer;
  readonly scope: Scope;
  /** A namespace belongs to itself. */
  readonly namespace: string | null;
  readonly severity: Severity;
}

/** What is known only after the last verdict. `facts` and `coverage` are stored as JSON. */
export interface SnapshotOutcome {
  readonly takenAt: Date;
  readonly durationMs: number;
  readonly coverage: unknown;
  readonly facts: unknown;
  readonly tallies: Iterable<TallyInput>;
}

/** How this scan would have been judged by the settings of an earlier snapshot: what they alone decide was neither fixed nor broken by anybody. */
export interface SettingsChange {
  /** Fingerprints of what fails now by the settings of then; null = these settings decide the same, and differ in weights alone. */
  readonly failsByOld: ReadonlySet<string> | null;
  /** People changed nothing: a release counts other namespaces to the platform. */
  readonly isByRelease: boolean;
  /** The control itself was written, edited or switched on since, or a release decides otherwise what it is asked of. */
  readonly isControlChanged: (controlId: string) => boolean;
  /** What the cluster's people did to the severity of the control since; null = nothing. */
  readonly findRegrading: (controlId: string) => "reweighted" | "regraded" | null;
}

/** How a scan by another release of the catalogue tells what that release did. */
export interface ReleaseRules {
  /** A control of the product: those of the cluster's own people come with no release. */
  readonly isReleased: (controlId: string) => boolean;
  /** Whether a field that the evidence names differs between two versions of its object. */
  readonly hasChanged: (evidence: readonly Evidence[], before: unknown, after: unknown) => boolean;
}

/**
 * By `group/Kind`, why it could not be read. `group/Kind control` = for the findings of that control, whatever is said of the kind: why it could tell
 * nothing of them; null = it could.
 */
export type StaleKinds = ReadonlyMap<string, string | null>;

/** A graver failure that shows what another one does. */
export interface Covering {
  readonly fingerprint: string;
  /** Of one on another object: the snapshot since which all that it hangs on is as it is. Left out = it covers as long as it is open. */
  readonly sinceSeq?: number;
}

/** What says which failure a graver one would have covered. */
export type Coverable = Pick<VerdictInput, "fingerprint" | "controlId" | "resourceKey" | "locator">;

/** What graver findings covered in the last snapshot. */
export interface WereCovered {
  /** By a control, those whose findings its own cover where they are of the same subject. */
  readonly ofSubject: ReadonlyMap<string, readonly string[]>;
  /** Controls of which only findings of other objects cover any. */
  readonly ofOthers: readonly string[];
  /** Fingerprints of failures that one of another object covered, which is not as it was. */
  readonly elsewhere: readonly string[];
}

/** A failure as it is remembered. */
interface KnownSeverity {
  readonly severity: Severity;
  /** The snapshot that assessed it last. */
  readonly judgedSeq: number;
}

export interface SnapshotInput {
  readonly clusterId: number;
  /** The scan that it is of, which must still run when it is stored; left out = of none. */
  readonly scanId?: string;
  /** The snapshot that the scan took for the last one, 0 = none: what it carries forward is of that one. Left out = the last one there is. */
  readonly baseSeq?: number;
  readonly startedAt: Date;
  readonly trigger: "manual" | "schedule" | "demo" | "discovery";
  readonly kubeVersion: string | null;
  readonly catalogueVersion: string;
  readonly scopeHash: string;
  /** False for controls that this scan does not ask: their findings end without being fixed. Left out = all are asked. */
  readonly isJudged?: (controlId: string) => boolean;
  /** The layer that a control has now; null = it is not in force. Left out = none was ever moved. */
  readonly layerOf?: (controlId: string) => Layer | null;
  /**
   * What the settings changed since an earlier snapshot; null = it was judged by the same ones. Asked once all resources are taken, of the last snapshot
   * and of those that were the last to assess what is assessed again. Left out = they never changed.
   */
  readonly settingsChangeSince?: (seq: number) => Promise<SettingsChange | null>;
  readonly release: ReleaseRules;
  /**
   * `group/Kind` of what this scan read and the last one did not, with the snapshot that did last; null = none did. `group/Kind control` = for the findings
   * of that control. Asked once all resources are taken.
   */
  readonly returnedKinds?: ReadonlyMap<string, number | null>;
  /** By its fingerprint, why a finding that does not fail any more was not fixed; null = it was. Asked once all verdicts are taken. Left out = all were. */
  readonly whyUnfixed?: (fingerprint: string) => UnfixedCause | null;
  /** What would have covered a failure in the last snapshot, had it been open. Left out = nothing covers anything. */
  readonly coveredBy?: (failure: Coverable) => readonly Covering[];
  /** Asked once all verdicts are taken. Left out = nothing was. */
  readonly getWereCovered?: () => WereCovered;
  /** Why what fails by a control may still be as grave as it was, where this scan says a lower severity; null = it is not. Left out = of all controls. */
  readonly findBlur?: (controlId: string, known: KnownSeverity) => Promise<string | null>;
  /** Its resources and findings stay as they were, marked stale. */
  readonly staleKinds: StaleKinds;
  /** All resources, before any verdict. */
  readonly resources: Pages<ResourceInput>;
  readonly verdicts: Pages<VerdictInput>;
  readonly finish: (staleFindings: readonly StaleFinding[]) => SnapshotOutcome | Promise<SnapshotOutcome>;
  readonly signal?: AbortSignal;
}

/** Failing findings, per scope, layer and severity (worst first). */
export type OpenCounts = Record<Scope, Record<Layer, number[]>>;

export interface SnapshotCounts {
  readonly open: OpenCounts;
  readonly opened: Record<Scope, number>;
  readonly closed: Record<Scope, number>;
  readonly waived: number;
  readonly unknown: number;
  readonly manual: number;
  readonly stale: number;
}
