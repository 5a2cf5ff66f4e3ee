import { toApiPath } from "@/lib/client/api-path";
import type { ClauseState } from "@/lib/model/clause-state";

type FrameworkView = "list" | "matrix";

export interface FrameworkShown {
  /** Null = every state. */
  readonly state: ClauseState | null;
  /** Null = as the framework is usually read. */
  readonly view: FrameworkView | null;
}

/** The address of one framework, filtered; the moment is added where the link is drawn. */
export function frameworkHref(base: string, key: string, { state, view }: FrameworkShown): string {
  const params = new URLSearchParams();
  if (view !== null) params.set("view", view);
  if (state !== null) params.set("state", state);
  const query = params.toString();
  return `${base}/frameworks/${key}${query === "" ? "" : `?${query}`}`;
}

/** What the export takes, up to the format. */
export function frameworkExportHref(base: string, key: string, state: ClauseState | null, at: number | null): string {
  const params = new URLSearchParams();
  if (at !== null) params.set("at", String(at));
  if (state !== null) params.set("state", state);
  params.set("format", "");
  return `${toApiPath(base)}/frameworks/${key}/export?${params}`;
}
