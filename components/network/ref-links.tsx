import { Fragment, type ReactNode } from "react";
import type { NetworkWhy } from "@/lib/contracts/network";
import { formatCount } from "@/lib/format/numbers";
import { resourcePath } from "@/lib/format/paths";
import { showHidden } from "@/lib/format/show-hidden";
import { PostureLink } from "../shell/posture-link";

type Ref = NetworkWhy["objects"][number];

const SHOWN = 6;

interface RefLinksProps {
  readonly refs: readonly Ref[];
  /** How many there are, which may be more than are known here. */
  readonly count: number;
  readonly hrefOf: (ref: Ref) => string;
}

/** Links to objects, as one phrase: the first at once, the others unfold from their count. */
export function RefLinks({ refs, count, hrefOf }: RefLinksProps): ReactNode {
  const links = (some: readonly Ref[]): ReactNode =>
    some.map((ref, index) => (
      <Fragment key={`${ref.kind} ${ref.namespace} ${ref.name}`}>
        {index === 0 ? "" : " "}
        <span className="net-member">
          <PostureLink className="link mono" href={hrefOf(ref)} title={ref.kind}>
            {showHidden(ref.name)}
          </PostureLink>
          {index === some.length - 1 ? "" : ","}
        </span>
      </Fragment>
    ));
  // One more takes no more room than its count.
  const first = count <= SHOWN + 1 ? refs : refs.slice(0, SHOWN);
  return (
    <>
      {links(first)}
      {count > first.length ? (
        <>
          {" "}
          <details className="net-more">
            <summary className="cap">{`and ${formatCount(count - first.length)} more`}</summary> {links(refs.slice(first.length))}
            {count > refs.length ? <span className="cap">{`, and ${formatCount(count - refs.length)} that are not listed`}</span> : null}
          </details>
        </>
      ) : null}
    </>
  );
}

/** The same of policies, which have their own pages. */
export function PolicyLinks({ cluster, ...of }: Omit<RefLinksProps, "hrefOf"> & { readonly cluster: string }): ReactNode {
  return <RefLinks {...of} hrefOf={(ref) => resourcePath(cluster, ref)} />;
}
