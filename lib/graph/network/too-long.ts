import type { KubeObject } from "../../inventory/kube-object";
import { groupDigits } from "../../model/group-digits";
import { isRecord, type JsonRecord } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import { isCalico } from "./calico";
import { isCilium } from "./cilium";

/** Values in the rules of one policy of Cilium or Calico; those that people write have some dozens. */
const MOST_VALUES = 2_000;
/** How often these are looked at, should each of its ports need an answer of its own. */
const MOST_LOOKS = 250_000;

export const TOO_LONG = `has more than ${groupDigits(MOST_VALUES)} values, or too many of them beside too many ports, and is not weighed`;

const PORT_FIELD = /^(?:port|ports|notPorts)$/;

function count(value: unknown, isPort: boolean, counts: { values: number; ports: number }): void {
  if (Array.isArray(value)) for (const item of value) count(item, isPort, counts);
  else if (isRecord(value)) for (const key in value) count(value[key], PORT_FIELD.test(key), counts);
  else if (value !== undefined) {
    counts.values += 1;
    if (isPort) counts.ports += 1;
  }
}

const countsOf = rememberedOf((part: JsonRecord) => {
  const counts = { values: 0, ports: 0 };
  count(part, false, counts);
  return counts;
});

/** How many values an object, or a part of one, holds. */
export function countValues(part: JsonRecord): number {
  return countsOf(part).values;
}

const isLong = rememberedOf(({ spec, specs }: JsonRecord): boolean => {
  const { values, ports } = countsOf({ spec, specs });
  return values > MOST_VALUES || values * ports > MOST_LOOKS;
});

/**
 * Every pod asks every rule of such a policy about every stretch of ports: one that is as long as an object may be would take minutes.
 * Lists of addresses that policies name may be of any length.
 */
export function isTooLong(object: KubeObject): boolean {
  return (isCalico(object) || isCilium(object)) && isLong(object.body);
}
