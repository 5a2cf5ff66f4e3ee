"use client";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { LAYER_WORDS } from "@/lib/format/words";
import type { Layer } from "@/lib/model/layer";
import { PostureLink } from "../shell/posture-link";
import { findWeakestReadings, type LayerReading, readingName, readingScore, type RingCentre, toCentre, lowestWords } from "./layer-reading";
import { RingArc } from "./ring-arc";
import { layoutRings } from "./ring-geometry";

interface RingLink {
  readonly reading: LayerReading;
  readonly href: string;
  /** Accessible name when the standard one ("Cluster, 49, at cap, …") does not fit. */
  readonly name?: string;
}

interface RingsProps {
  readonly rings: readonly RingLink[];
  readonly size?: number;
  /** Name of the whole emblem. */
  readonly label: string;
  /** What stands in the middle; without it, the weakest layer, or all that are level there. */
  readonly center?: RingCentre;
}

/** The emblem. Every ring is a link; arrow keys move between rings, hover and focus show a ring's number. */
export function Rings({ rings, size = 248, label, center }: RingsProps): ReactNode {
  const readings = rings.map((ring) => ring.reading);
  const weakest = center === undefined ? findWeakestReadings(readings) : [];
  const [active, setActive] = useState<Layer | null>(null);
  const [stop, setStop] = useState<Layer | null>(weakest[0]?.layer ?? readings[0]?.layer ?? null);
  const shapes = layoutRings(
    readings,
    size,
    weakest.map(({ layer }) => layer),
  );
  const pointed = readings.find((r) => r.layer === active);
  const shown = pointed ? { value: readingScore(pointed), words: [LAYER_WORDS[pointed.layer]] } : (center ?? toCentre(readings));
  const lines = shown.words.length;
  const c = size / 2;

  function move(event: KeyboardEvent<SVGSVGElement>): void {
    const step = event.key === "ArrowDown" || event.key === "ArrowRight" ? 1 : event.key === "ArrowUp" || event.key === "ArrowLeft" ? -1 : 0;
    const links = [...event.currentTarget.querySelectorAll<SVGAElement>("a")];
    const index = links.indexOf(document.activeElement as SVGAElement); // safe: anything else gives -1
    const next = links[index + step];
    if (step === 0 || index < 0) return;
    event.preventDefault();
    next?.focus();
  }

  return (
    <svg
      className="rings emblem"
      width={`${size / 16}rem`}
      height={`${size / 16}rem`}
      viewBox={`0 0 ${size} ${size}`}
      role="group"
      aria-label={center === undefined ? label + lowestWords(readings) : label}
      onKeyDown={move}
    >
      {shapes.map((shape, index) => {
        const ring = rings[index];
        if (ring === undefined) return null;
        return (
          <PostureLink
            key={shape.layer}
            href={ring.href}
            className="ring"
            aria-label={ring.name ?? readingName(ring.reading)}
            tabIndex={stop === shape.layer ? 0 : -1}
            onFocus={() => {
              setActive(shape.layer);
              setStop(shape.layer);
            }}
            onBlur={() => setActive(null)}
            onMouseEnter={() => setActive(shape.layer)}
            onMouseLeave={() => setActive(null)}
          >
            <RingArc ring={shape} size={size} />
            <circle className="ring-focus" cx={c} cy={c} r={shape.radius + shape.thickness / 2 + 1.5} fill="none" stroke="var(--focus)" strokeWidth="2" />
          </PostureLink>
        );
      })}
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of SVG text takes no focus; the rings around it say the same. */}
      <g textAnchor="middle" aria-hidden="true">
        <text className={lines > 2 ? "n small" : "n"} x={c} y={c + 11 - 7 * lines}>
          {shown.value}
        </text>
        <text className={lines > 2 ? "l small" : "l"} y={c + 20 - (lines - 1) * 7}>
          {shown.words.map((word, index) => (
            <tspan key={word} x={c} dy={index === 0 ? 0 : lines > 2 ? 12 : 14}>
              {word}
            </tspan>
          ))}
        </text>
      </g>
    </svg>
  );
}
