import type { ReactNode } from "react";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { isWholeSince } from "../posture/to-reading";
import { LinkTabs } from "../primitives/link-tabs";
import { Section } from "../primitives/section";
import { ColumnHeads } from "../tables/column-heads";
import { type ChangeGroup, closedGroups, openedGroups, sumOf, worsenedGroups } from "./change-groups";
import type { Ends } from "./change-lines";
import { ChangeRows } from "./change-rows";
import { compareHref, type CompareShown } from "./compare-href";

interface CompareChangesProps {
  readonly compare: CompareResponse;
  readonly shown: CompareShown;
  readonly base: string;
  readonly then: string;
  readonly now: string;
}

type Tab = "opened" | "closed";

/** What was not assessed may have. */
function Nothing({ verb, isWhole }: { readonly verb: Tab; readonly isWhole: boolean }): ReactNode {
  return (
    <Section title={isWhole ? `Nothing ${verb}` : `Nothing is known to have ${verb}`}>
      <p className="cap">{isWhole ? `No finding ${verb} between the two moments.` : `Of what was assessed, no finding ${verb} between the two moments.`}</p>
    </Section>
  );
}

/** What opened, got worse and closed, kind by kind; a tab shows one kind in full. */
export function CompareChanges({ compare, shown, base, then, now }: CompareChangesProps): ReactNode {
  const filled = (groups: readonly ChangeGroup[]): readonly ChangeGroup[] => groups.filter(({ count }) => count > 0);
  const [opened, worsened, closed] = [filled(openedGroups(compare)), filled(worsenedGroups(compare)), filled(closedGroups(compare))];
  const all = [...opened, ...worsened, ...closed];
  // A kind that these two moments do not have shows all, as without it.
  const only = all.some(({ change }) => change === shown.change) ? shown.change : null;
  const ends: Ends = [
    ["before", then],
    ["after", now],
  ];
  const toRows = (groups: readonly ChangeGroup[], rows: CompareResponse["closed"], tab: Tab | null): ReactNode =>
    groups
      .filter(({ change }) => only === null || change === only)
      .map(({ change, count, words }) => {
        const own = rows.filter((row) => row.change === change);
        const href = only === null ? compareHref(base, { ...shown, change }) : null;
        return <ChangeRows key={change} count={count} words={words} rows={own} all={href} tab={tab} base={base} ends={ends} />;
      });
  return (
    <>
      {all.length < 2 ? null : (
        <div className="sec">
          <LinkTabs
            label="Kind of change"
            tabs={[
              {
                href: compareHref(base, { ...shown, change: null }),
                label: "All",
                count: sumOf(all),
                current: only === null,
              },
              ...all.map(({ change, count, tab }) => ({ href: compareHref(base, { ...shown, change }), label: tab, count, current: change === only })),
            ]}
          />
        </div>
      )}
      {opened.length > 0 || only !== null ? null : <Nothing verb="opened" isWhole={isWholeSince(compare.layers)} />}
      {all.length === 0 ? null : (
        <div className="sec">
          <table className="table rows even ends">
            <caption className="sr">Findings that changed, kind by kind</caption>
            <ColumnHeads columns={[["Severity", "w-sev"], ["Control"], ...ends.map(([, day]) => [day, "w-end"] as const)]} />
            {toRows(opened, compare.opened, "opened")}
            {toRows(worsened, compare.worsened, null)}
            {toRows(closed, compare.closed, "closed")}
          </table>
        </div>
      )}
      {closed.length > 0 || only !== null ? null : <Nothing verb="closed" isWhole={isWholeSince(compare.layers)} />}
    </>
  );
}
