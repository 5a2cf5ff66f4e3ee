import "server-only";

const LONGEST_MS = 30_000;

/** Milliseconds named by a Retry-After header (seconds or a date), at most 30 s; null when there is none that can be read. */
export function parseRetryAfter(header: string | null, now: Date): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now.getTime();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_MS) : null;
}

/** How long to wait before try number `attempt` + 1 (from 1): doubling, spread by `random` in [0, 1) so that readers do not march in step. */
export function retryDelayMs(attempt: number, retryAfterMs: number | null, random: number): number {
  if (retryAfterMs !== null) return Math.min(retryAfterMs * (1 + random * 0.1), LONGEST_MS);
  return Math.min(250 * 2 ** (attempt - 1), 8000) * (0.5 + random / 2);
}
