import { toApiPath } from "@/lib/client/api-path";
import { type Moment, withMoment } from "../shell/posture-search";

/** The file of what a list shows: at the moment of its page, whatever was scanned since. */
export function exportHref(path: string, query: string, moment: Moment, format: "csv" | "json"): string {
  return withMoment(`${toApiPath(path)}/export`, `${query}&format=${format}`, moment);
}
