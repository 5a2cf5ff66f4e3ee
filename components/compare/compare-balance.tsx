import type { ReactNode } from "react";
import type { CompareResponse } from "@/lib/contracts/snapshots";
import { formatCount } from "@/lib/format/numbers";
import { countAll, SEVERITIES } from "@/lib/model/severity";
import { LayerTag } from "../primitives/layer-tag";
import { isWhole, wasWhole } from "../posture/to-reading";
import { SeverityTag } from "../primitives/severity-tag";
import { SideScroll } from "../primitives/side-scroll";
import { closedGroups, openedGroups, sumOf, worsenedGroups } from "./change-groups";

function Parts({ groups }: { readonly groups: ReturnType<typeof closedGroups> }): ReactNode {
  const shown = groups.filter(({ count }) => count > 0);
  return (
    <dl>
      {shown.map(({ change, count, words }) => (
        <div key={change}>
          <dt>{formatCount(count)}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}

function Cell({ opened, closed }: { readonly opened: number; readonly closed: number }): ReactNode {
  if (opened + closed === 0) return <span className="muted">0</span>;
  return (
    <>
      {opened > 0 ? `+${formatCount(opened)}` : ""}
      {opened > 0 && closed > 0 ? " " : ""}
      {closed > 0 ? `\u2212${formatCount(closed)}` : ""}
    </>
  );
}

/** Open before, what opened and closed and why, open after; then the same by layer and severity. */
export function CompareBalance({ compare, then, now }: { readonly compare: CompareResponse; readonly then: string; readonly now: string }): ReactNode {
  const { ledger, balance, layers } = compare;
  const openWords = (count: number, isAll: boolean): string => (count > 0 || isAll ? "open" : "known open");
  const [opened, closed, worsened] = [sumOf(openedGroups(compare)), sumOf(closedGroups(compare)), sumOf(worsenedGroups(compare))];
  return (
    <>
      <div className="balance">
        <div>
          <div className="big">{formatCount(ledger.openBefore)}</div>
          <span className="cap">
            {openWords(ledger.openBefore, wasWhole(layers))} on {then}
          </span>
        </div>
        <div className="flowing">
          <div>
            <div className="big">+ {formatCount(opened)}</div>
            <span className="cap">opened</span>
          </div>
          <Parts groups={openedGroups(compare)} />
        </div>
        <div className="flowing">
          <div>
            <div className="big">
              {"\u2212"} {formatCount(closed)}
            </div>
            <span className="cap">closed</span>
          </div>
          <Parts groups={closedGroups(compare)} />
        </div>
        <div>
          <div className="big">= {formatCount(ledger.openAfter)}</div>
          <span className="cap">
            {openWords(ledger.openAfter, isWhole(layers))} on {now}
            {worsened > 0 ? `, ${formatCount(worsened)} of them worse` : ""}
          </span>
        </div>
      </div>
      <SideScroll label="Opened and closed by layer and severity">
        <table className="table dense by-severity">
          <caption className="sr">Opened and closed by layer and severity</caption>
          <thead>
            <tr>
              <th scope="col">Opened and closed</th>
              {SEVERITIES.map((severity) => (
                <th key={severity} scope="col" className="num">
                  <SeverityTag severity={severity} />
                </th>
              ))}
              <th scope="col" className="num">
                All
              </th>
            </tr>
          </thead>
          <tbody>
            {balance.map((row) => (
              <tr key={row.layer}>
                <th scope="row">
                  <LayerTag layer={row.layer} />
                </th>
                {SEVERITIES.map((severity) => (
                  <td key={severity} className="num">
                    <Cell opened={row.opened[severity]} closed={row.closed[severity]} />
                  </td>
                ))}
                <td className="num">
                  <b>
                    <Cell opened={countAll(row.opened)} closed={countAll(row.closed)} />
                  </b>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </SideScroll>
    </>
  );
}
