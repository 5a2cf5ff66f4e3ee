import type { ReactNode } from "react";
import type { WhoCanHolder } from "@/lib/contracts/who-can";
import { formatCount } from "@/lib/format/numbers";
import { resourcePath } from "@/lib/format/paths";
import { showHidden } from "@/lib/format/show-hidden";
import { groupWords, powerWords } from "@/lib/format/who-can-titles";
import { toIdentityText } from "@/lib/model/identity-text";
import { PostureLink } from "../shell/posture-link";
import { slugOf } from "../shell/posture-search";
import { askHref } from "./ask-href";
import { PathLinks, RuleWords, scopeWords } from "./right-path";
import { ObjectName } from "../primitives/object-name";
import { ColumnHeads } from "../tables/column-heads";

const SHOWN = 2;
const KINDS: Readonly<Record<WhoCanHolder["identity"]["kind"], string>> = { ServiceAccount: "service account", User: "user", Group: "group" };

function Who({
  holder,
  areAccountsRead,
  base,
  cluster,
}: {
  readonly holder: WhoCanHolder;
  readonly areAccountsRead: boolean;
  readonly base: string;
  readonly cluster: string;
}): ReactNode {
  const { identity, account, members, isPlatform } = holder;
  const kind = showHidden(`${KINDS[identity.kind]}${identity.namespace === null ? "" : ` in ${identity.namespace}`}`);
  const group = identity.kind === "Group" ? groupWords(identity.name, members) : null;
  return (
    <>
      <PostureLink className="row-t mono" href={askHref(base, { by: "subject", subject: toIdentityText(identity) })}>
        <ObjectName name={identity.name} />
      </PostureLink>
      <span className="cap block">
        {account === null ? (
          kind
        ) : (
          <PostureLink className="link" href={resourcePath(cluster, account)}>
            {kind}
          </PostureLink>
        )}
        {identity.kind === "ServiceAccount" && account === null && areAccountsRead ? ", which does not exist" : null}
        {group === null ? null : `: ${group}`}
        {isPlatform ? " · platform" : null}
      </span>
    </>
  );
}

function Paths({ paths, cluster }: { readonly paths: WhoCanHolder["paths"]; readonly cluster: string }): ReactNode {
  return (
    <ul className="ways">
      {paths.map((path) => (
        <li key={`${path.binding.kind} ${path.binding.namespace ?? ""} ${path.binding.name} ${path.subjectIndex} ${path.ruleIndex}`}>
          <PathLinks path={path} cluster={cluster} />
          <span className="cap block">
            <RuleWords path={path} />, {scopeWords(path.namespace)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Everybody who can, each with the bindings and rules that say so. */
export function HolderTable({
  holders,
  areAccountsRead,
  base,
}: {
  readonly holders: readonly WhoCanHolder[];
  readonly areAccountsRead: boolean;
  readonly base: string;
}): ReactNode {
  const cluster = slugOf(base);
  return (
    <table className="table rows even who">
      <caption className="sr">Who can</caption>
      <ColumnHeads columns={[["Identity"], ["Scope", "w-scope"], ["Binding, role and rule", "w-way"], ["All its power", "w-power"]]} />
      <tbody>
        {holders.map((holder) => (
          <tr key={toIdentityText(holder.identity)}>
            <td>
              <Who holder={holder} areAccountsRead={areAccountsRead} base={base} cluster={cluster} />
            </td>
            <td data-label="Scope">{scopeWords(holder.paths[0]?.namespace ?? null)}</td>
            <td data-label="Binding, role and rule">
              <Paths paths={holder.paths.slice(0, SHOWN)} cluster={cluster} />
              {holder.paths.length > SHOWN ? (
                <details>
                  <summary className="cap">{`${formatCount(holder.pathCount - SHOWN)} more`}</summary>
                  <Paths paths={holder.paths.slice(SHOWN)} cluster={cluster} />
                </details>
              ) : null}
              {holder.pathCount > holder.paths.length ? (
                <span className="cap block">{`${formatCount(holder.paths.length)} of ${formatCount(holder.pathCount)} paths are shown.`}</span>
              ) : null}
            </td>
            <td data-label="All its power">{powerWords(holder.power)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
