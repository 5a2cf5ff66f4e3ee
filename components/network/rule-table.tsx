import { Fragment, type ReactNode } from "react";
import type { NetworkPeers, NetworkProposal, NetworkRule } from "@/lib/contracts/network";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { resourcePath } from "@/lib/format/paths";
import { showHidden } from "@/lib/format/show-hidden";
import { joinWords } from "@/lib/model/join-words";
import { PostureLink } from "../shell/posture-link";
import { ColumnHeads } from "../tables/column-heads";
import { groupRules } from "./group-rules";

const SHOWN = 4;

function Peers({ peers }: { readonly peers: readonly NetworkPeers[] }): ReactNode {
  return (
    <ul className="net-peers">
      {peers.map((peer) => (
        <li key={`${peer.kind} ${peer.namespace} ${peer.labels}`}>
          {peer.kind === "anywhere" ? (
            "any address, inside and outside"
          ) : peer.kind === "cluster" ? (
            "every pod of the cluster"
          ) : peer.kind === "outside" ? (
            "addresses outside, but not the cloud's metadata service"
          ) : (
            <>
              {peer.labels === null ? "every pod" : <span className="mono">{showHidden(peer.labels)}</span>} in{" "}
              <span className="mono">{showHidden(peer.namespace ?? "")}</span>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function portText(ports: NetworkRule["ports"]): string {
  if (ports === null) return "every port";
  return [...Map.groupBy(ports, ({ protocol }) => protocol)].map(([protocol, own]) => `${protocol} ${own.map(({ port }) => port).join(", ")}`).join(", ");
}

function Reasons({ reasons, cluster }: { readonly reasons: NetworkRule["because"]; readonly cluster: string }): ReactNode {
  return (
    <ul className="net-why">
      {reasons.map(({ message, object, path }, index) => (
        <li key={index}>
          {object === null ? (
            showHidden(message)
          ) : (
            <PostureLink className="link" href={resourcePath(cluster, object)} title={showHidden(`${object.kind} ${object.name}`)}>
              {showHidden(message)}
            </PostureLink>
          )}
          {path === null ? null : <span className="mono soft"> {showHidden(path)}</span>}
        </li>
      ))}
    </ul>
  );
}

function Names({ names }: { readonly names: readonly string[] }): ReactNode {
  const text = (some: readonly string[]): ReactNode => (
    <span className="cap block mono">
      {some.map((name, at) => (
        <Fragment key={name}>
          {at === 0 ? null : " "}
          <span className="net-member">{`${showHidden(name)}${at === some.length - 1 ? "" : ","}`}</span>
        </Fragment>
      ))}
    </span>
  );
  // One more takes no more room than its count.
  if (names.length <= SHOWN + 1) return text(names);
  return (
    <>
      {text(names.slice(0, SHOWN))}
      <details>
        <summary className="cap">{`and ${formatCount(names.length - SHOWN)} more`}</summary>
        {text(names.slice(SHOWN))}
      </details>
    </>
  );
}

/** Each rule of the generated policies once, with the policies that share it and the objects that ask for it. */
export function RuleTable({ policies, cluster }: { readonly policies: NetworkProposal["policies"]; readonly cluster: string }): ReactNode {
  return (
    <table className="table rows even who net-rules">
      <caption className="sr">Rules, and what asks for them</caption>
      <ColumnHeads columns={[["Rule"], ["Lets through"], ["Because", "w-way"]]} />
      <tbody>
        {groupRules(policies).map(({ rule, policies: names }) => (
          <tr key={`${names[0]} ${rule.path}`}>
            <td>
              <span className="row-t mono">{rule.path}</span>
              {policies.length > 1 ? <Names names={names} /> : null}
            </td>
            <td>
              <span className="cap">{rule.direction === "ingress" ? "from " : "to "}</span>
              <Peers peers={rule.peers} />
              <span className="cap"> on </span>
              {portText(rule.ports)}
            </td>
            <td>
              <Reasons reasons={rule.because.slice(0, SHOWN)} cluster={cluster} />
              {rule.because.length > SHOWN ? (
                <details>
                  <summary className="cap">{`and ${formatNoun(rule.because.length - SHOWN, "more reason")}`}</summary>
                  <Reasons reasons={rule.because.slice(SHOWN)} cluster={cluster} />
                </details>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** "allow-web selects web and shop" */
export function targetWords({ targets, targetCount }: NetworkProposal["policies"][number]): string {
  const names = targets.map((ref) => showHidden(ref.name));
  return targetCount > names.length ? `${names.join(", ")} and ${formatCount(targetCount - names.length)} more` : joinWords(names);
}
