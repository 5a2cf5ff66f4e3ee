import type { ReactNode } from "react";
import type { NetworkWhy } from "@/lib/contracts/network";
import { formatCount } from "@/lib/format/numbers";
import { resourcePath } from "@/lib/format/paths";
import { showHidden } from "@/lib/format/show-hidden";
import { PostureLink } from "../shell/posture-link";

/** Links to policies, as one phrase; `count` may say that there are more than are named. */
export function PolicyLinks({ refs, count, cluster }: { readonly refs: NetworkWhy["objects"]; readonly count: number; readonly cluster: string }): ReactNode {
  return (
    <>
      {refs.map((ref, index) => (
        <span key={`${ref.kind} ${ref.namespace} ${ref.name}`}>
          {index === 0 ? "" : ", "}
          <PostureLink className="link mono" href={resourcePath(cluster, ref)} title={ref.kind}>
            {showHidden(ref.name)}
          </PostureLink>
        </span>
      ))}
      {count > refs.length ? ` and ${formatCount(count - refs.length)} more` : null}
    </>
  );
}
