import "server-only";
import { STORY } from "./story";

export const DEMO_NODES = 6;

/** The day on which a place in a node group gets its Bottlerocket node: one place every other day. */
export const replacedOn = (index: number): number => STORY.firstBottlerocket + index * 2;

/** The node in one place on a day. A replacement is another machine: it has a name, an address and an instance of its own. */
export function nodeOf(index: number, day: number): { readonly name: string; readonly address: string; readonly instance: string; readonly isNew: boolean } {
  const isNew = day >= replacedOn(index);
  const host = isNew ? 38 : 17;
  return {
    name: `ip-10-0-${index}-${host}.eu-central-1.compute.internal`,
    address: `10.0.${index}.${host}`,
    instance: `i-0a1b2c3d4e5${isNew ? "a" : "f"}6${index}`,
    isNew,
  };
}
