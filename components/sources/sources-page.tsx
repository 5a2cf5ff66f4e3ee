import type { ReactNode } from "react";
import type { SourcesResponse } from "@/lib/contracts/snapshots";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { formatBytes, sourcesTitle } from "@/lib/format/source-titles";
import { capitalise } from "@/lib/format/words";
import { GapList } from "../posture/gap-list";
import { SwitchedOff } from "../posture/switched-off";
import { LinkTabs } from "../primitives/link-tabs";
import { PageHead } from "../primitives/page-head";
import { Section } from "../primitives/section";
import { PageFoot } from "../shell/page-foot";
import { KindTable } from "./kind-table";

const GAPS: ReadonlySet<string> = new Set(["forbidden", "failed", "timeout"]);

type Kind = SourcesResponse["kinds"][number];
const isMissing = ({ status }: Kind): boolean => GAPS.has(status);
const isRead = ({ status }: Kind): boolean => status === "read";

/** The title of the page. */
export function sourcesAnswer({ kinds }: SourcesResponse): string {
  return sourcesTitle(kinds.filter(isRead).length, kinds.filter(isMissing).length);
}

/** What was read and what was not, with the one action that closes each gap. */
export function SourcesPage({
  sources,
  base,
  view,
}: {
  readonly sources: SourcesResponse;
  readonly base: string;
  readonly view: string | readonly string[] | undefined;
}): ReactNode {
  const { kinds, gaps, moment, requests, bytes } = sources;
  const missing = kinds.filter(isMissing);
  const read = kinds.filter(isRead);
  const off = kinds.filter((kind) => kind.status === "not-requested");
  const left = kinds.filter((kind) => kind.status === "left-out");
  const others = kinds.filter((kind) => kind.status === "absent");
  const first = read.length === 0 && missing.length > 0 ? "gaps" : "read";
  const shown = view === "others" || view === "off" || view === "left" ? view : view === "gaps" && missing.length > 0 ? "gaps" : first;
  const rows = { gaps: missing, read, off, left, others }[shown];
  const here = `${base}/sources`;
  return (
    <>
      <PageHead
        answer={sourcesAnswer(sources)}
        sub={`${capitalise(
          formatNoun(
            read.reduce((sum, kind) => sum + kind.objects, 0),
            "object",
          ),
        )} in ${formatNoun(requests, "request")}, ${formatBytes(bytes)}. What was not read is not assessed: it never counts as a pass. The values of Secrets are never asked for.`}
      />
      {gaps.length === 0 ? null : (
        <Section title={gaps.length === 1 ? "1 gap" : `${formatNoun(gaps.length, "gap")}, costliest first`} note="Share of each layer’s weight left out">
          <GapList gaps={gaps} />
        </Section>
      )}
      <div className={gaps.length === 0 ? undefined : "sec"}>
        <LinkTabs
          label="Kinds"
          tabs={[
            { href: here, label: "Read", count: read.length, current: shown === "read" },
            { href: `${here}?view=gaps`, label: "Not readable", count: missing.length, current: shown === "gaps" },
            { href: `${here}?view=off`, label: "Not switched on", count: off.length, current: shown === "off" },
            { href: `${here}?view=left`, label: "Never listed", count: left.length, current: shown === "left" },
            { href: `${here}?view=others`, label: "Not in this cluster", count: others.length, current: shown === "others" },
          ].filter(({ count, current }) => count > 0 || current)}
        />
        {shown === "gaps" ? null : <SwitchedOff sources={sources.switchedOff} base={base} />}
        <KindTable kinds={rows} base={base} />
      </div>
      <PageFoot parts={moment.at ? [moment.at, `${formatCount(kinds.length)} kinds known`] : ["no snapshot yet"]} />
    </>
  );
}
