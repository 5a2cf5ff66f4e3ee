import { RangeSet } from "../../model/ip-address";
import { texts } from "../../model/json";
import { rememberedOf } from "../../model/remembered";

/** The ranges of a list as it stands in an object, read once however many pods ask. */
export const rangeSetOf = rememberedOf((list: readonly unknown[]): RangeSet => {
  const set = new RangeSet();
  for (const cidr of texts(list)) set.add(cidr);
  return set;
});
