import type { ClusterCatalogue } from "../controls/cluster-catalogue";
import type { AnyControl } from "../controls/define";
import { isRecord, list, record, text } from "../model/json";
import { LAYERS } from "../model/layer";
import type { OwnControl } from "../model/own-control";
import { SEVERITIES, type Severity } from "../model/severity";
import type { ScopedControl } from "./posture";

/** What a snapshot keeps of one control: how it was scored, and what the cluster's own people had changed of it. */
export interface CatalogueEntry extends ScopedControl {
  /** Its words, for the day that a release has it no more; left out in entries of releases that did not keep them. */
  readonly title?: string;
  readonly failure?: string;
  /** Why it was switched off. */
  readonly disabled?: string;
  readonly reweighted?: { readonly from: Severity; readonly reason: string };
  readonly own?: OwnControl;
  /** The slices that it needed; left out in entries of releases that did not keep them. */
  readonly needs?: readonly string[];
}

/** What the product says of a control, by id. */
interface Product {
  /** The severity that it has in every other cluster. */
  readonly severityOf: (id: string) => Severity | null;
  readonly needsOf: (control: AnyControl) => readonly string[];
}

type Tuning = {
  readonly disabledControls: Readonly<Record<string, string>>;
  readonly reweightedControls: Readonly<Record<string, { readonly reason: string }>>;
  readonly ownControls: readonly OwnControl[];
};

function toScoped({ id, layer, severity, maxSeverity, isRollUp }: AnyControl): ScopedControl {
  return { id, layer, severity, ...(maxSeverity && { maxSeverity }), ...(isRollUp && { isRollUp }) };
}

/** What a snapshot keeps of the controls that it was judged by, those that were switched off among them. */
export function toCatalogueEntries({ controls, disabled }: ClusterCatalogue, tuning: Tuning, { severityOf, needsOf }: Product): readonly CatalogueEntry[] {
  // One whose id a release took is not judged: the entry is of the built-in control.
  const own = new Map(tuning.ownControls.filter(({ id }) => severityOf(id) === null).map((spec) => [spec.id, spec]));
  return [...controls, ...disabled].map((control): CatalogueEntry => {
    const scoped = toScoped(control);
    const reason = tuning.disabledControls[scoped.id];
    const reweighting = tuning.reweightedControls[scoped.id];
    const spec = own.get(scoped.id);
    return {
      ...scoped,
      ...{ title: control.title, failure: control.failure },
      ...(reason !== undefined && { disabled: reason }),
      ...(reweighting && { reweighted: { from: severityOf(scoped.id) ?? spec?.severity ?? scoped.severity, reason: reweighting.reason } }),
      ...(spec && { own: spec }),
      needs: needsOf(control),
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
      const [title, failure, disabled] = [text(entry.title), text(entry.failure), text(entry.disabled)];
      const changed = record(entry.reweighted);
      const from = SEVERITIES.find((known) => known === changed.from);
      const written = parseOwn(entry.own);
      // Of one whose id the product had taken, earlier releases kept what people wrote in the entry of the built-in control, which was judged.
      const own = title === undefined || title === written?.title ? written : null;
      return [
        {
          id,
          layer,
          severity,
          ...(maxSeverity && { maxSeverity }),
          ...(entry.isRollUp === true && { isRollUp: true }),
          ...(title !== undefined && { title }),
          ...(failure !== undefined && { failure }),
          ...(disabled !== undefined && { disabled }),
          ...(from && { reweighted: { from, reason: text(changed.reason) ?? "" } }),
          ...(own && { own }),
          ...(Array.isArray(entry.needs) && { needs: entry.needs.flatMap((name) => text(name) ?? []) }),
        },
      ];
    });
}
