import type { ReactNode } from "react";
import type { NetworkFrame } from "@/lib/contracts/network";
import { formatNoun } from "@/lib/format/numbers";
import { resourcePath } from "@/lib/format/paths";
import { showHidden } from "@/lib/format/show-hidden";
import { joinWords } from "@/lib/model/join-words";
import { Pill } from "../primitives/pill";
import { PostureLink } from "../shell/posture-link";
import { slugOf } from "../shell/posture-search";
import { PolicyLinks } from "./ref-links";

function Enforcement({ enforcement, cluster }: { readonly enforcement: NetworkFrame["enforcement"]; readonly cluster: string }): ReactNode {
  const { enforces, plugin, because, isolatesAll } = enforcement;
  const name = plugin ? (
    <PostureLink className="link mono" href={resourcePath(cluster, plugin)}>
      {showHidden(plugin.name)}
    </PostureLink>
  ) : null;
  if (enforces === true)
    return (
      <li>
        Policies are enforced. {because} {name}
        {isolatesAll ? " It is set to close what no policy allows; what is shown as open for lack of a policy is closed in truth." : null}
      </li>
    );
  return (
    <li className="net-loud">
      <Pill kind={enforces === false ? "plain" : "not-assessed"}>{enforces === false ? "not enforced" : "enforcement unknown"}</Pill>
      <span>
        {because} {name}{" "}
        {enforces === false
          ? "Policies have no effect here: every pod reaches every pod, whatever is shown as closed."
          : "What is shown as closed is closed only if something enforces policies."}
      </span>
    </li>
  );
}

/** What qualifies every answer of the page: whether policies act at all, and what could not be read or interpreted. */
export function NetworkNotices({ frame, base }: { readonly frame: NetworkFrame; readonly base: string }): ReactNode {
  const cluster = slugOf(base);
  const { unread, gaps } = frame.policies;
  const actions = [...new Set(gaps.flatMap(({ action }) => action ?? []))];
  return (
    <ul className="net-notices">
      <Enforcement enforcement={frame.enforcement} cluster={cluster} />
      {unread.length === 0 ? null : (
        <li className="net-loud">
          <Pill kind="not-assessed">not interpreted</Pill>
          <span>
            {`${formatNoun(unread.length, "policy", "policies")} of another API could not be interpreted, so what ${unread.length === 1 ? "it decides" : "they decide"} is unknown: `}
            <PolicyLinks refs={unread} count={unread.length} cluster={cluster} />
          </span>
        </li>
      )}
      {gaps.length === 0 ? null : (
        <li className="net-loud">
          <Pill kind="not-assessed">not read</Pill>
          <span>
            {`${joinWords(
              gaps.map(({ kind }) => kind),
              6,
            )} objects could not be read: what they could change here is unknown, the rest is certain. ${actions.join(" ")}`.trim()}
          </span>
        </li>
      )}
      {frame.unread.length === 0 ? null : (
        <li className="net-loud">
          <Pill kind="not-assessed">left out</Pill>
          <span>{`${joinWords(frame.unread)} objects could not be read: their pods are in no answer here.`}</span>
        </li>
      )}
    </ul>
  );
}
