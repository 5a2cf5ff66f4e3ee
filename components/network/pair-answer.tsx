import type { ReactNode } from "react";
import type { NetworkPairResponse } from "@/lib/contracts/network";
import { endWords, pairWords, shownRowsWords } from "@/lib/format/network-titles";
import { showHidden } from "@/lib/format/show-hidden";
import { capitalise } from "@/lib/format/words";
import { OUTSIDE } from "@/lib/model/outside";
import { Message } from "../primitives/message";
import { Section } from "../primitives/section";
import { PostureLink } from "../shell/posture-link";
import { networkHref } from "./network-href";
import { ReachRows } from "./reach-rows";

/** One cell of the matrix, row by row. */
export function PairAnswer({ answer, base }: { readonly answer: NetworkPairResponse; readonly base: string }): ReactNode {
  const { from, to, cell, pair } = answer;
  const other = showHidden(endWords(from));
  return (
    <Section
      className="net-pair"
      title={cell ? capitalise(pairWords(cell)) : "No pair"}
      note={
        <>
          {from === to ? null : <PostureLink className="link" href={networkHref(base, { from: to, to: from })}>{`The other way: to ${other}`}</PostureLink>}
          {to === OUTSIDE ? null : (
            <>
              {from === to ? "" : " · "}
              <PostureLink className="link" href={networkHref(base, { by: "policy", namespace: to })}>{`Generate policies for ${showHidden(to)}`}</PostureLink>
            </>
          )}
        </>
      }
    >
      {pair.rows.length === 0 ? (
        <Message say="Nothing runs at one of the two ends" />
      ) : (
        <ReachRows rows={pair.rows} ends={["from", "to"]} caption="Ways" base={base} />
      )}
      {pair.rows.length < pair.rowCount ? <p className="cap">{shownRowsWords(pair)}</p> : null}
    </Section>
  );
}
