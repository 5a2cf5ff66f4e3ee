import type { ReactNode } from "react";
import type { ResourceResponse } from "@/lib/contracts/resources";
import { formatCount } from "@/lib/format/numbers";
import { showHidden } from "@/lib/format/show-hidden";
import { LAYER_WORDS } from "@/lib/format/words";
import { ringCaption } from "@/lib/format/object-titles";
import type { LayerReading } from "../charts/layer-reading";
import { Rings } from "../charts/rings";
import { Facts } from "../primitives/facts";
import { Instant } from "../primitives/instant";
import { pageContainers } from "./page-containers";
import { RingSection } from "./ring-section";

type Ring = ResourceResponse["rings"][number];

/**
 * Share of controls met; the hatch is what was not assessed. What could not be asked again counts as it last was, but is drawn as
 * uncertain: met in stripes, failing in the hatch. A ring that no control asks about, or of which nobody counts what is met, is dotted.
 */
function toObjectReading(ring: Ring): LayerReading {
  const all = ring.met + ring.failing + ring.notAssessed;
  const share = (count: number): number => (all === 0 ? 0 : (count / all) * 100);
  const met = share(ring.met);
  return {
    layer: ring.layer,
    score: met,
    raw: met,
    lower: share(ring.met - ring.staleMet),
    upper: share(ring.met + ring.notAssessed + ring.staleFailing),
    capped: false,
    coverage: 1,
    previous: null,
    excluded: all === 0 || !ring.isMetKnown,
  };
}

function arcWords(rings: readonly Ring[]): string {
  const isStale = rings.some((ring) => ring.staleMet + ring.staleFailing > 0);
  return isStale
    ? "Arc = share of controls met, striped = met when last assessed, hatch = not assessed, or failing when last assessed."
    : "Arc = share of controls met, hatch = not assessed.";
}

interface ResourceRingsProps {
  readonly resource: ResourceResponse;
  readonly base: string;
  readonly here: string;
  /** The first container that is shown, from 1, where there are many. */
  readonly from: number;
}

/** The four rings of one object, then each ring with what is wrong in it. */
export function ResourceRings({ resource, base, here, from }: ResourceRingsProps): ReactNode {
  const { rings, moment, versions, labels, owner } = resource;
  const failing = rings.reduce((sum, ring) => sum + ring.failing, 0);
  const hasPoints = rings.some((ring) => [...ring.findings, ...ring.related.findings].some((row) => row.state === "open" && row.points !== null));
  const now = moment.at?.takenAt;
  const changed = versions[0]?.takenAt;
  const page = resource.settings === null ? null : pageContainers(resource.settings, from);
  const { team, "app.kubernetes.io/part-of": whole } = labels;
  return (
    <div className="object">
      <aside aria-label="About this object">
        <Rings
          size={216}
          label={`Rings of ${showHidden(resource.ref.name)}`}
          center={{ value: formatCount(failing), words: ["failing"] }}
          rings={rings.map((ring) => ({
            reading: toObjectReading(ring),
            href: `${here}#ring-${ring.layer}`,
            name: `${LAYER_WORDS[ring.layer]}: ${ringCaption(ring)}`,
          }))}
        />
        <p className="cap">{`${arcWords(rings)}${hasPoints ? " Points = what a finding costs; in brackets, once the cap of the layer is lifted." : ""}`}</p>
        <Facts
          kind="stacked"
          facts={[
            ...(team === undefined ? [] : [{ label: "Team", value: team }]),
            ...(whole === undefined ? [] : [{ label: "Part of", value: whole }]),
            { label: "Managed by", value: owner ?? "nothing that it names" },
            { label: "First seen", value: <Instant at={resource.firstSeenAt} kind="date" {...(now === undefined ? {} : { now })} /> },
            ...(changed === undefined ? [] : [{ label: "Last change", value: <Instant at={changed} {...(now === undefined ? {} : { now })} /> }]),
          ]}
        />
      </aside>
      <div>
        {rings.map((ring) => (
          <RingSection
            key={ring.layer}
            ring={ring}
            settings={ring.layer === "container" ? page : null}
            images={ring.layer === "code" ? page : null}
            base={base}
            here={here}
            isUnread={resource.unread !== null}
          />
        ))}
      </div>
    </div>
  );
}
