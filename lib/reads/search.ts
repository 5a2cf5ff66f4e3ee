import "server-only";
import type { SearchResponse } from "@/lib/contracts/snapshots";
import type { MomentQuery } from "@/lib/contracts/words";
import { formatNoun } from "@/lib/format/numbers";
import { findingPath, resourcePath } from "@/lib/format/paths";
import { FRAMEWORK_KEYS, FRAMEWORKS } from "@/lib/frameworks/frameworks";
import { SEVERITIES } from "@/lib/model/severity";
import { findFindingCluster } from "@/lib/store/findings/find-finding";
import { listResources } from "@/lib/store/list-resources";
import { loadReaderCatalogue } from "./catalogue-at";
import { type FilledReader, openReader } from "./open-reader";
import { loadPosture } from "./posture-at";

const RESOURCES = 8;
/** Looked through for names that are closer to what was typed than those with more findings. */
const LOOKED_THROUGH = 200;
const CONTROLS = 6;

type Hits = SearchResponse["hits"];

/** Frameworks whose names hold every word, and the clauses of that id: `T1611`, `5.2.3`. */
function findFrameworks(slug: string, words: readonly string[]): Hits {
  return FRAMEWORK_KEYS.flatMap((key): Hits => {
    const { name, columns, clauses } = FRAMEWORKS[key];
    const href = `/c/${slug}/frameworks/${key}`;
    const named = words.every((word) => `${key} ${name.toLowerCase()}`.includes(word));
    const own = clauses.filter(({ id }) => id.toLowerCase() === words.join(" "));
    // In a matrix no clause has a place of its own.
    const place = `${href}${columns.length > 0 ? "?view=list" : ""}`;
    return [
      ...(named ? [{ kind: "framework" as const, title: name, note: formatNoun(clauses.length, "clause"), href }] : []),
      ...own.map(({ id, title }) => ({ kind: "clause" as const, title: `${id} ${title}`, note: name, href: `${place}#${id}` })),
    ];
  });
}

/** The controls that had a subject in a snapshot. */
async function listApplying({ pool, cluster, at }: FilledReader): Promise<ReadonlySet<string>> {
  const { tallies } = await loadPosture(pool, cluster.id, at);
  return new Set(tallies.flatMap(({ control, n, unknown, manual, subsumed }) => (n + unknown + manual + subsumed > 0 ? [control] : [])));
}

/**
 * Resources, controls and frameworks whose names hold every word, in any order, and the finding of that id; of resources, the name
 * itself comes first, of controls what their titles say; those that apply to nothing here come last. Hits are paths below the cluster.
 */
export async function search(slug: string, query: MomentQuery & { readonly q: string }): Promise<SearchResponse> {
  const reader = await openReader(slug, query);
  const { pool, cluster, at } = reader;
  const words = query.q.toLowerCase().split(/\s+/).filter(Boolean);
  const hits: Hits = [];
  const finding = await findFindingCluster(pool, query.q);
  if (finding)
    hits.push({
      kind: "finding",
      title: finding.publicId,
      note: `Finding in ${finding.slug}`,
      href: findingPath(finding.slug, finding.publicId),
    });
  const catalogue = await loadReaderCatalogue(reader);
  // Those with a word that begins so before those whose id or whose middle of a word has it, the worst first: only a few have room.
  const isSaid = (title: string): boolean => words.every((word) => ` ${title.toLowerCase()}`.includes(` ${word}`));
  const controls = catalogue
    .listAll()
    .filter((control) => {
      const names = `${control.id} ${control.aliases?.join(" ") ?? ""} ${control.title.toLowerCase()}`;
      return words.every((word) => names.includes(word));
    })
    .sort((a, b) => Number(isSaid(b.title)) - Number(isSaid(a.title)) || SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  hits.push(...findFrameworks(slug, words));
  const shown = controls.slice(0, CONTROLS).map(({ id, title }) => ({ kind: "control" as const, title, note: id, href: `/c/${slug}/controls/${id}` }));
  const applying = at ? await listApplying({ ...reader, at }) : null;
  const isIdle = ({ note }: { readonly note: string }): boolean => applying !== null && !applying.has(note);
  hits.push(...shown.filter((hit) => !isIdle(hit)));
  if (at) {
    const page = await listResources(pool, cluster.id, { seq: at.seq, q: query.q, order: "findings", isReversed: false, cursor: null, limit: LOOKED_THROUGH });
    const typed = words.join(" ");
    const distance = (name: string): number => (name === typed ? 0 : name.startsWith(typed) ? 1 : 2);
    const closest = [...page.rows].sort((a, b) => distance(a.resource.name.toLowerCase()) - distance(b.resource.name.toLowerCase()));
    for (const { resource } of closest.slice(0, RESOURCES)) {
      const note = resource.namespace ? `${resource.kind} in ${resource.namespace}` : resource.kind;
      hits.push({ kind: "resource", title: resource.name, note, href: resourcePath(slug, resource) });
    }
  }
  hits.push(...shown.filter(isIdle));
  return { hits };
}
