import { isRecord, list } from "../model/json";
import { LAYERS, type Layer } from "../model/layer";
import { SCOPES, type Scope } from "../model/verdict";
import type { Posture } from "./posture";

/** What a snapshot keeps of a layer's score, so that a trend is read without recomputing it. Rounded to 1/100 of a point. */
export interface StoredLayerScore {
  readonly layer: Layer;
  readonly score: number | null;
  readonly raw: number | null;
  readonly cap: number;
  readonly lower: number;
  readonly upper: number;
  /** 0 to 1. */
  readonly coverage: number;
}

export type StoredScores = Readonly<Record<Scope, readonly StoredLayerScore[]>>;

function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}

export function toStoredScores(postures: readonly Posture[]): StoredScores {
  const entries = postures.map((posture) => [
    posture.scope,
    posture.layers.map(({ layer, score, raw, cap, lower, upper, coverage }) => ({
      layer,
      score: score === null ? null : round(score, 2),
      raw: raw === null ? null : round(raw, 2),
      cap,
      lower: round(lower, 2),
      upper: round(upper, 2),
      coverage: round(coverage, 4),
    })),
  ]);
  return Object.fromEntries(entries) as StoredScores; // safe: postures hold one entry per scope
}

/** Reads what `toStoredScores` wrote; a scope that is missing has no scores. */
export function parseStoredScores(value: unknown): StoredScores {
  const body = isRecord(value) ? value : {};
  const entries = SCOPES.map((scope) => [
    scope,
    list(body[scope]).filter((item): item is StoredLayerScore => isRecord(item) && LAYERS.includes(item.layer as Layer)),
  ]);
  return Object.fromEntries(entries) as StoredScores; // safe: one entry per scope
}
