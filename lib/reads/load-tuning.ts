import "server-only";
import type { TuningDto } from "@/lib/contracts/tuning";
import type { AnyControl } from "@/lib/controls/define";
import { CATALOGUE_VERSION } from "@/lib/controls/registry";
import { SEVERITY_WORDS } from "@/lib/format/words";
import { parseSettings } from "@/lib/scan/parse-settings";
import { toSettingsEntries } from "@/lib/scan/to-settings-entries";
import type { CatalogueEntry } from "@/lib/scoring/catalogue-entries";
import { loadReaderCatalogue, toCatalogueAt } from "./catalogue-at";
import type { Reader } from "./open-reader";

export interface Tuning {
  readonly version: string;
  /** Those of the moment, those that the product has since, and, now, those that were written since the last scan. */
  readonly controls: readonly AnyControl[];
  readonly tuningOf: (id: string) => TuningDto;
}

const isAsked = (entry: CatalogueEntry | undefined): entry is CatalogueEntry => entry !== undefined && entry.disabled === undefined;

/** What the next scan does otherwise than the last one did; null when it does the same, as with what is off in both. A release may have the control no more. */
export function toNext(id: string, before: CatalogueEntry | undefined, after: CatalogueEntry | undefined): string | null {
  if (!isAsked(after)) return isAsked(before) ? "It is not judged any more from the next scan on." : null;
  if (!before) return after.own ? "It is judged for the first time by the next scan." : null;
  if (!isAsked(before)) return "It is judged again from the next scan on.";
  if (before.own && !after.own) return "A built-in control has its id now and takes its place from the next scan on.";
  if (after.severity !== before.severity) return `It counts as ${SEVERITY_WORDS[after.severity].toLowerCase()} from the next scan on.`;
  return JSON.stringify(after.own) === JSON.stringify(before.own) ? null : `The next scan judges ${id} as it is written now.`;
}

/** What was changed of each control at the reader's moment, and, when that is now, what the next scan changes. */
export async function loadTuning(reader: Reader): Promise<Tuning> {
  const then = await loadReaderCatalogue(reader);
  const next = reader.isNow ? new Map(toSettingsEntries(parseSettings(reader.cluster.settings)).map((entry) => [entry.id, entry])) : null;
  const later = next && reader.at ? toCatalogueAt([...next.values()].filter(({ id, own }) => own && !then.entries.has(id))).listAll() : [];
  const known = new Set(then.listAll().map(({ id }) => id));
  return {
    version: reader.at?.catalogueVersion ?? CATALOGUE_VERSION,
    controls: [...then.listAll(), ...later.filter(({ id }) => !known.has(id))],
    tuningOf: (id) => {
      const entry = then.entries.get(id);
      const coming = next?.get(id);
      const own = (entry ?? coming)?.own;
      return {
        disabled: entry?.disabled ?? null,
        reweighted: entry?.reweighted ?? null,
        own: own ? { subject: own.subject, expression: own.expression, message: own.message } : null,
        next: next && reader.at ? toNext(id, entry, coming) : null,
      };
    },
  };
}
