import "server-only";
import { messageOf } from "@/lib/model/message-of";
import { isDatabaseLost, whyRefused } from "@/lib/store/to-database-error";

const AGAIN_MS = 10 * 60_000;

/** Passes on what went wrong once, and while it is the same, whichever statement met it, again after ten minutes: whoever asks every few seconds would fill a log. */
export function tellOnce(tell: (error: unknown) => void, clock: () => number = () => performance.now()): (error: unknown) => void {
  let told: { readonly reason: string; readonly atMs: number } | null = null;
  return (error) => {
    const reason = whyRefused(error) ?? (isDatabaseLost(error) ? "lost" : messageOf(error));
    if (told?.reason === reason && clock() - told.atMs < AGAIN_MS) return;
    told = { reason, atMs: clock() };
    tell(error);
  };
}
