import type { FullConfig } from "@playwright/test";
import { findNewestSeq } from "./pages";

const DEMO_DAYS = 91;
const WITHIN_MS = 600_000;

/** The journeys need the whole history of the demo; its days are scanned while the server already answers. */
export default async function waitForDemo(config: FullConfig): Promise<void> {
  const base = config.projects[0]?.use.baseURL;
  const endMs = Date.now() + WITHIN_MS;
  while (Date.now() < endMs) {
    if ((await findNewestSeq(base)) >= DEMO_DAYS) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`the demo did not reach day ${DEMO_DAYS - 1} within ${WITHIN_MS / 1000} s`);
}
