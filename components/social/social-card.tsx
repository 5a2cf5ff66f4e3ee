import type { ReactNode } from "react";
import { shortenName } from "@/lib/format/name-ends";
import { toImageText } from "@/lib/format/image-text";
import { LAYER_WORDS, SEVERITY_WORDS } from "@/lib/format/words";
import type { Severity } from "@/lib/model/severity";
import { type LayerReading, readingScore, toCentre } from "../charts/layer-reading";
import { IMAGE_PALETTE, IMAGE_SEVERITIES } from "../charts/palette";
import { SeverityGlyph } from "../primitives/severity-glyph";
import { CardRings } from "./card-rings";

interface SocialCardProps {
  /** As every page names it: "harbour (demo)". */
  readonly cluster: string;
  readonly isDemo: boolean;
  /** The answer of the page, as its title says it. */
  readonly answer: string;
  /** One line each. */
  readonly lines: readonly string[];
  readonly readings: readonly LayerReading[];
  /** How bad it is, of a card about one finding: what is seen first, and the rings come after. */
  readonly severity?: Severity;
  /** It is fixed, gone, judged no more or not seen yet: how bad it was, or became, is told without its colour. */
  readonly isOver?: boolean;
  /** "Snapshot 15, 24 Nov 2026, 06:00 UTC" */
  readonly stamp: string;
}

/** Letters of a name that stand in one line with the product's. */
const NAME = 54;
/** Width and height of the rings, and of those beside something that matters more, px. */
const RINGS = 300;
const SMALL_RINGS = 84;
/** Width and height of the shape of a severity, px. */
const SHAPE = 190;

const OVER = { mark: IMAGE_PALETTE.track, ink: IMAGE_PALETTE.ink2 };

const row = { display: "flex", alignItems: "center" } as const;
const column = { display: "flex", flexDirection: "column" } as const;

function Scores({ readings }: { readonly readings: readonly LayerReading[] }): ReactNode {
  return (
    <div style={{ ...row, gap: 28, fontSize: 24 }}>
      {readings.map((reading) => (
        <div key={reading.layer} style={{ ...row, gap: 10 }}>
          <div style={{ width: 14, height: 14, borderRadius: 7, background: IMAGE_PALETTE[reading.layer] }} />
          <div style={{ display: "flex", color: IMAGE_PALETTE.ink2 }}>{LAYER_WORDS[reading.layer]}</div>
          <div style={{ display: "flex" }}>{readingScore(reading)}</div>
        </div>
      ))}
    </div>
  );
}

/** Within the rings, as on the page: the score that counts and whose it is, all that are level there. */
function Centre({ readings }: { readonly readings: readonly LayerReading[] }): ReactNode {
  const { value, words } = toCentre(readings);
  const isOne = words.length === 1;
  return (
    <div style={{ ...column, position: "absolute", left: 0, top: 0, width: RINGS, height: RINGS, alignItems: "center", justifyContent: "center" }}>
      <div style={{ display: "flex", fontSize: isOne ? 40 : 30, lineHeight: 1 }}>{value}</div>
      {words.map((word) => (
        <div key={word} style={{ display: "flex", fontSize: isOne ? 15 : 13, lineHeight: 1, color: IMAGE_PALETTE.ink2 }}>
          {word}
        </div>
      ))}
    </div>
  );
}

function SeverityMark({ severity, isOver }: { readonly severity: Severity; readonly isOver: boolean }): ReactNode {
  const { mark, ink } = isOver ? OVER : IMAGE_SEVERITIES[severity];
  return (
    <div style={{ ...column, alignItems: "center", width: RINGS, gap: 16 }}>
      <SeverityGlyph severity={severity} size={SHAPE} paint={mark} />
      <div style={{ display: "flex", fontSize: 60, lineHeight: 1, color: ink }}>{SEVERITY_WORDS[severity]}</div>
    </div>
  );
}

/** What a link looks like in a chat: the answer in words, the rings, the moment. Drawn by next/og, which knows flex boxes alone. */
export function SocialCard({ cluster, isDemo, answer, lines, readings, severity, isOver = false, stamp }: SocialCardProps): ReactNode {
  return (
    <div
      style={{ ...column, width: "100%", height: "100%", background: IMAGE_PALETTE.bg, color: IMAGE_PALETTE.ink, padding: 56, justifyContent: "space-between" }}
    >
      <div style={{ ...row, justifyContent: "space-between", fontSize: 26, color: IMAGE_PALETTE.ink2 }}>
        <div style={{ ...row, gap: 24 }}>
          {severity === undefined ? null : <CardRings readings={readings} size={SMALL_RINGS} />}
          {toImageText(`Concentric  /  ${shortenName(cluster, NAME)}`, NAME + 15)}
        </div>
        {isDemo ? (
          <div style={{ display: "flex", border: `2px solid ${IMAGE_PALETTE.ink2}`, borderRadius: 24, padding: "2px 18px", fontSize: 22 }}>
            demo, nothing here is real
          </div>
        ) : null}
      </div>
      <div style={{ ...row, gap: 56 }}>
        {severity === undefined ? (
          <div style={{ display: "flex", position: "relative" }}>
            <CardRings readings={readings} size={RINGS} />
            <Centre readings={readings} />
          </div>
        ) : (
          <SeverityMark severity={severity} isOver={isOver} />
        )}
        <div style={{ ...column, flex: 1, gap: 18 }}>
          <div style={{ display: "flex", fontSize: 46, lineHeight: 1.2, letterSpacing: -1 }}>{toImageText(answer, 120)}</div>
          {lines.map((line) => (
            <div key={line} style={{ display: "flex", fontSize: 27, lineHeight: 1.3, color: IMAGE_PALETTE.ink2 }}>
              {toImageText(line, 130)}
            </div>
          ))}
        </div>
      </div>
      <div style={{ ...row, justifyContent: "space-between", color: IMAGE_PALETTE.ink2, fontSize: 22 }}>
        <Scores readings={readings} />
        <div style={{ display: "flex" }}>{toImageText(stamp, 60)}</div>
      </div>
    </div>
  );
}
