import type { ReactNode } from "react";
import { formatRelative } from "@/lib/format/relative-time";
import { DAY_MS } from "@/lib/model/day-ms";
import { Instant } from "../primitives/instant";

interface NowWordsProps {
  /** The latest snapshot, and "now" itself: ISO instants. */
  readonly at: string;
  readonly now: string;
  readonly isOtherYear: boolean;
}

/** What "now" is: the latest snapshot. Of one that is not of today a phone says the day, too: "now" alone would say that somebody has looked since. */
export function NowWords({ at, now, isOtherYear }: NowWordsProps): ReactNode {
  const isOld = Date.parse(now) - Date.parse(at) >= DAY_MS;
  return (
    <span>
      now
      <span className="only-desk">
        , <Instant at={at} kind={isOtherYear ? "full" : "short"} />
      </span>
      {isOld ? (
        <>
          <span className="only-desk ago"> · {formatRelative(new Date(at), new Date(now))}</span>
          <span className="only-phone">
            , <Instant at={at} kind={isOtherYear ? "date" : "day"} />
          </span>
        </>
      ) : null}
    </span>
  );
}
