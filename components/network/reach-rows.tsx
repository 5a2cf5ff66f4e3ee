import type { ReactNode } from "react";
import type { NetworkLine, NetworkRow, NetworkWhy } from "@/lib/contracts/network";
import { NETWORK_STATE_WORDS } from "@/lib/format/network-titles";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { portWords } from "@/lib/format/port-words";
import { showHidden } from "@/lib/format/show-hidden";
import { slugOf } from "../shell/posture-search";
import { networkHref, workloadText } from "./network-href";
import { ReachGlyph } from "./reach-glyph";
import { PolicyLinks, RefLinks } from "./ref-links";

type End = NetworkRow["from"][number];

const VERDICTS: Readonly<Record<NetworkLine["verdict"], { readonly state: NetworkRow["state"]; readonly words: string }>> = {
  allowed: { state: "open", words: NETWORK_STATE_WORDS.open },
  some: { state: "restricted", words: "some addresses or nodes only" },
  unknown: { state: "unknown", words: NETWORK_STATE_WORDS.unknown },
  closed: { state: "closed", words: NETWORK_STATE_WORDS.closed },
};
const SIDES = { ingress: "Receiver", egress: "Sender" } as const;

function EndWords({ end: { namespace, count, members }, base }: { readonly end: End; readonly base: string }): ReactNode {
  if (namespace === null) return <li>The outside</li>;
  return (
    <li>
      <span className="mono net-ns">{showHidden(namespace)}</span>{" "}
      <div className="net-members">
        <RefLinks refs={members} count={count} hrefOf={(ref) => networkHref(base, { by: "workload", workload: workloadText(ref) })} />
      </div>
    </li>
  );
}

const FIRST = 3;

function Ends({ ends, count, base }: { readonly ends: readonly End[]; readonly count: number; readonly base: string }): ReactNode {
  const item = (end: End): ReactNode => <EndWords key={end.namespace ?? ""} end={end} base={base} />;
  if (count <= FIRST + 1) return <ul className="net-ends">{ends.map(item)}</ul>;
  return (
    <>
      <ul className="net-ends">{ends.slice(0, FIRST).map(item)}</ul>
      <details>
        <summary className="cap">{`${formatCount(count - FIRST)} more namespaces`}</summary>
        <ul className="net-ends">{ends.slice(FIRST).map(item)}</ul>
        {count > ends.length ? <p className="cap">{`and ${formatNoun(count - ends.length, "other namespace")}`}</p> : null}
      </details>
    </>
  );
}

function Because({ why, cluster }: { readonly why: NetworkWhy; readonly cluster: string }): ReactNode {
  const { direction, objects, objectCount, path, message, kind } = why;
  const isSaid = objects.length > 0 && (kind === "rule" || kind === "closed");
  return (
    <li>
      <span className="cap">{SIDES[direction]}: </span>
      {isSaid ? (kind === "closed" ? "no rule of " : "") : `${showHidden(message)} `}
      <PolicyLinks refs={objects} count={objectCount} cluster={cluster} />
      {path === null ? null : (
        <>
          {" "}
          <span className="mono soft">{showHidden(path)}</span>
        </>
      )}
      {isSaid && kind === "closed" ? " allows it" : null}
    </li>
  );
}

function Lines({ lines, cluster }: { readonly lines: readonly NetworkLine[]; readonly cluster: string }): ReactNode {
  return (
    <ul className="net-lines">
      {lines.map((line, index) => {
        const { state, words } = VERDICTS[line.verdict];
        return (
          <li key={index}>
            <span className="net-ports">
              <ReachGlyph state={state} />
              <span>
                {portWords(line.spans)} <span className="cap">{words}</span>
              </span>
            </span>
            <ul className="net-why">
              {line.because.map((why) => (
                <Because key={`${why.direction} ${why.path} ${why.message}`} why={why} cluster={cluster} />
              ))}
            </ul>
          </li>
        );
      })}
    </ul>
  );
}

/** Who may connect to whom, on which ports and why. `ends` = the ends that are worth a column. */
export function ReachRows({
  rows,
  ends,
  caption,
  base,
}: {
  readonly rows: readonly NetworkRow[];
  readonly ends: readonly ("from" | "to")[];
  readonly caption: string;
  readonly base: string;
}): ReactNode {
  const cluster = slugOf(base);
  return (
    <table className="table rows even who net-rows">
      <caption className="sr">{caption}</caption>
      <thead>
        <tr>
          {ends.map((end) => (
            <th key={end} scope="col" className={ends.length === 1 ? "w-end" : "w-ends"}>
              {end === "from" ? "From" : "To"}
            </th>
          ))}
          <th scope="col">Ports, and why</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {ends.map((end) => (
              <td key={end}>
                {ends.length === 2 ? <span className="only-phone cap">{end === "from" ? "From " : "To "}</span> : null}
                <Ends ends={row[end]} count={end === "from" ? row.fromCount : row.toCount} base={base} />
              </td>
            ))}
            <td>
              <Lines lines={row.lines} cluster={cluster} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
