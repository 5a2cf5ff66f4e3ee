import "server-only";
import { STORY } from "./story";

export const DEMO_NODES = 6;

interface DemoNode {
  readonly name: string;
  readonly address: string;
  readonly instance: string;
  readonly isNew: boolean;
  /** The day on which it was made. */
  readonly sinceDay: number;
}

/** The node in one place of a node group on a day. One place gets its Bottlerocket node every other day: another machine, with a name, an address and an instance of its own. */
export function nodeOf(index: number, day: number): DemoNode {
  const replacedOn = STORY.firstBottlerocket + index * 2;
  const isNew = day >= replacedOn;
  const host = isNew ? 38 : 17;
  return {
    name: `ip-10-0-${index}-${host}.eu-central-1.compute.internal`,
    address: `10.0.${index}.${host}`,
    instance: `i-0a1b2c3d4e5${isNew ? "a" : "f"}6${index}`,
    isNew,
    sinceDay: isNew ? replacedOn : -60,
  };
}
