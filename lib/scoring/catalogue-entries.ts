import type { ClusterCatalogue } from "../controls/cluster-catalogue";
import { isRecord, list, record, text } from "../model/json";
import { LAYERS } from "../model/layer";
import type { OwnControl } from "../model/own-control";
import { SEVERITIES, type Severity } from "../model/severity";
import type { ScopedControl } from "./posture";
import { toScopedControls } from "./scoped-controls";

/** What a snapshot keeps of one control: how it was scored, and what the cluster's own people had changed of it. */
export interface CatalogueEntry extends ScopedControl {
  /** Why it was switched off. */
  readonly disabled?: string;
  readonly reweighted?: { readonly from: Severity; readonly reason: string };
  readonly own?: OwnControl;
}

type Tuning = {
  readonly disabledControls: Readonly<Record<string, string>>;
  readonly reweightedControls: Readonly<Record<string, { readonly reason: string }>>;
  readonly ownControls: readonly OwnControl[];
};

/** `severityOf` gives the severity that a control has in every other cluster. */
export function toCatalogueEntries(
  { controls, disabled }: ClusterCatalogue,
  tuning: Tuning,
  severityOf: (id: string) => Severity | null,
): readonly CatalogueEntry[] {
  const own = new Map(tuning.ownControls.map((spec) => [spec.id, spec]));
  return toScopedControls([...controls, ...disabled]).map((scoped): CatalogueEntry => {
    const reason = tuning.disabledControls[scoped.id];
    const reweighting = tuning.reweightedControls[scoped.id];
    const spec = own.get(scoped.id);
    return {
      ...scoped,
      ...(reason !== undefined && { disabled: reason }),
      ...(reweighting && { reweighted: { from: severityOf(scoped.id) ?? spec?.severity ?? scoped.severity, reason: reweighting.reason } }),
      ...(spec && { own: spec }),
    };
  });
}

function parseOwn(value: unknown): OwnControl | null {
  if (!isRecord(value)) return null;
  const layer = LAYERS.find((known) => known === value.layer);
  const severity = SEVERITIES.find((known) => known === value.severity);
  const [id, title, subject, expression, message, fix] = ["id", "title", "subject", "expression", "message", "fix"].map((key) => text(value[key]));
  const why = text(value.why);
  if (!layer || !severity || !id || !title || !subject || !expression || !message || !fix) return null;
  return { id, title, layer, severity, subject, expression, message, fix, ...(why !== undefined && { why }) };
}

/** Reads what `toCatalogueEntries` gave, or an older version without changes; entries of another shape are left out. */
export function parseCatalogueEntries(value: unknown): readonly CatalogueEntry[] {
  return list(value)
    .filter(isRecord)
    .flatMap((entry): CatalogueEntry[] => {
      const id = text(entry.id);
      const layer = LAYERS.find((known) => known === entry.layer);
      const severity = SEVERITIES.find((known) => known === entry.severity);
      const maxSeverity = SEVERITIES.find((known) => known === entry.maxSeverity);
      if (!id || !layer || !severity) return [];
      const disabled = text(entry.disabled);
      const changed = record(entry.reweighted);
      const from = SEVERITIES.find((known) => known === changed.from);
      const own = parseOwn(entry.own);
      return [
        {
          id,
          layer,
          severity,
          ...(maxSeverity && { maxSeverity }),
          ...(entry.isRollUp === true && { isRollUp: true }),
          ...(disabled !== undefined && { disabled }),
          ...(from && { reweighted: { from, reason: text(changed.reason) ?? "" } }),
          ...(own && { own }),
        },
      ];
    });
}
