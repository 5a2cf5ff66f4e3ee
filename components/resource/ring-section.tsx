import type { ReactNode } from "react";
import type { ResourceResponse } from "@/lib/contracts/resources";
import { ringCaption } from "@/lib/format/object-titles";
import { relatedCaption } from "@/lib/format/related-titles";
import { showHidden } from "@/lib/format/show-hidden";
import { LAYER_WORDS } from "@/lib/format/words";
import { LayerTag } from "../primitives/layer-tag";
import { PostureLink } from "../shell/posture-link";
import { FindingLine, FoldedLine, RingFindings } from "./finding-line";
import { foldUnassessed } from "./fold-unassessed";
import type { ContainerPage } from "./page-containers";
import { RelatedFindings } from "./related-findings";
import { SettingsMatrix } from "./settings-matrix";
import { ObjectName } from "../primitives/object-name";
import { ColumnHeads } from "../tables/column-heads";

function Images({ page }: { readonly page: ContainerPage }): ReactNode {
  const { containers } = page.settings;
  const images = [...new Set(containers.map((container) => container.image))].filter((image) => image !== "");
  return (
    <table className="table images">
      <caption className={page.more === null ? "sr" : "cap"}>{page.more === null ? "Images" : "Images of the containers that are shown above."}</caption>
      <ColumnHeads columns={[["Image"], ["Containers"]]} />
      <tbody>
        {images.map((image) => {
          const [name = "", digest] = image.split("@sha256:");
          return (
            <tr key={image}>
              <td className="mono">
                <ObjectName name={name} />
                {digest === undefined ? null : <span className="muted">@{digest.slice(0, 7)}</span>}
              </td>
              <td>
                {containers
                  .filter((container) => container.image === image)
                  .map((container) => showHidden(container.name))
                  .join(", ")}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

interface RingSectionProps {
  readonly ring: ResourceResponse["rings"][number];
  readonly settings: ContainerPage | null;
  readonly images: ContainerPage | null;
  readonly base: string;
  /** Address of the object's page. */
  readonly here: string;
  /** The object could not be read in this snapshot. */
  readonly isUnread: boolean;
}

/** One ring: what fails, what it is made of, and the settings in effect. */
export function RingSection({ ring, settings, images, base, here, isUnread }: RingSectionProps): ReactNode {
  const facts = ring.facts.filter((fact) => settings === null || !["Containers", "Image"].includes(fact.name));
  const isQuiet = ring.findings.length === 0;
  const caption = relatedCaption({ met: ring.met, isMetKnown: ring.isMetKnown, shown: ring.findings.length, isUnread, related: ring.related });
  return (
    <section className="ring-sec" id={`ring-${ring.layer}`} aria-labelledby={`ring-${ring.layer}-t`}>
      <div>
        <h2 id={`ring-${ring.layer}-t`} className="sec-t">
          <LayerTag layer={ring.layer} />
        </h2>
        <span className="cap">{ringCaption(ring)}</span>
      </div>
      <div className={facts.length === 0 ? "wide" : undefined}>
        {isQuiet && caption === null && settings === null && images === null && (ring.met > 0 || !ring.isMetKnown) ? (
          <p className="cap">
            {ring.isMetKnown ? null : "More objects than a page looks at tell what it meets. "}
            {isUnread ? "Nothing failed here when it was last read." : "Nothing fails here."}
          </p>
        ) : null}
        {isQuiet ? null : (
          <RingFindings label={`What fails in the ${LAYER_WORDS[ring.layer].toLowerCase()} layer`}>
            {foldUnassessed(ring.findings).map(([row, ...others]) =>
              others.length === 0 ? <FindingLine key={row.id} row={row} base={base} /> : <FoldedLine key={row.id} rows={[row, ...others]} base={base} />,
            )}
          </RingFindings>
        )}
        {caption === null ? null : <RelatedFindings related={ring.related} caption={caption} layer={ring.layer} base={base} />}
        {settings === null ? null : <SettingsMatrix page={settings} base={base} here={here} isUnread={isUnread} />}
        {images === null ? null : <Images page={images} />}
      </div>
      {facts.length === 0 ? null : (
        <dl className="ring-facts">
          {facts.map((fact) => (
            <div key={`${fact.name} ${fact.value}`}>
              <dt>{fact.name}</dt>
              <dd>
                {fact.href === null ? (
                  <ObjectName name={fact.value} />
                ) : (
                  <PostureLink className="link mono" href={fact.href}>
                    <ObjectName name={fact.value} />
                  </PostureLink>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
