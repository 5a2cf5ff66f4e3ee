import type { ReactNode } from "react";
import type { ResourceResponse } from "@/lib/contracts/resources";
import { formatCount } from "@/lib/format/numbers";
import { objectWords, resourcePath } from "@/lib/format/paths";
import { joinWords } from "@/lib/model/join-words";
import type { Layer } from "@/lib/model/layer";
import { type ResourceRef, resourceKey } from "@/lib/model/resource-ref";
import { ObjectName } from "../primitives/object-name";
import { StateTag } from "../primitives/state-tag";
import { PostureLink } from "../shell/posture-link";
import { slugOf } from "../shell/posture-search";
import { FindingLine, RingFindings } from "./finding-line";

type Related = ResourceResponse["rings"][number]["related"];

/** So many kinds that could not be read are named. */
const KINDS = 4;

function ObjectLink({ to, base }: { readonly to: ResourceRef; readonly base: string }): ReactNode {
  return (
    <span className="related-on">
      {to.kind}{" "}
      <PostureLink className="link mono" href={resourcePath(slugOf(base), to)}>
        <ObjectName name={to.name} />
      </PostureLink>
    </span>
  );
}

/** "7 more: Namespace payments (4), ServiceAccount payments/api (2), others (1)", each the list of its findings in this layer. */
function More({ related, layer, base }: { readonly related: Related; readonly layer: Layer; readonly base: string }): ReactNode {
  const count = related.failing - related.findings.length;
  const others = count - related.more.reduce((sum, { failing }) => sum + failing, 0);
  if (count === 0) return null;
  return (
    <p className="cap foot-note">
      {formatCount(count)} more:{" "}
      {related.more.map(({ ref, failing }, index) => {
        const { kind, name } = objectWords(ref);
        return (
          <span key={resourceKey(ref)}>
            {index === 0 ? "" : ", "}
            <PostureLink className="link" href={`${base}/findings?resource=${encodeURIComponent(resourceKey(ref))}&layer=${layer}`}>
              {kind} {name}
            </PostureLink>{" "}
            ({formatCount(failing)})
          </span>
        );
      })}
      {others === 0 ? "" : `, others (${formatCount(others)})`}
    </p>
  );
}

interface RelatedFindingsProps {
  readonly related: Related;
  readonly caption: string;
  readonly layer: Layer;
  readonly base: string;
}

/** What fails on the objects that one hangs on, and which of these nobody could look at. */
export function RelatedFindings({ related, caption, layer, base }: RelatedFindingsProps): ReactNode {
  const { findings, unread } = related;
  return (
    <div className="related">
      <p className="cap">{findings.length + unread.length === 0 ? `${caption}.` : `${caption}:`}</p>
      {findings.length + unread.length === 0 ? null : (
        <RingFindings label={caption}>
          {findings.map((row) => (
            <FindingLine key={row.id} row={row} base={base} on={<ObjectLink to={row.resource} base={base} />} />
          ))}
          {unread.map(({ kinds, reason }) => (
            <tr key={kinds.join()}>
              <td className="w-sev">
                <StateTag state="unknown" />
              </td>
              <td>
                <span className="row-t">Related {joinWords(kinds, KINDS)} objects</span>
                <span className="read said two">{reason}</span>
              </td>
              <td className="num w-num" />
            </tr>
          ))}
        </RingFindings>
      )}
      <More related={related} layer={layer} base={base} />
    </div>
  );
}
