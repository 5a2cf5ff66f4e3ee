import "server-only";
import { cache } from "react";
import { findLatestSnapshot } from "@/lib/store/snapshots";

/**
 * The newest snapshot of a cluster; null = it was never scanned. While a page is made it is asked for once: a scan that is done in between would have the
 * frame call one snapshot "now" and the page in it show the next. Elsewhere it is asked for anew each time.
 */
export const findNewest = cache(findLatestSnapshot);
