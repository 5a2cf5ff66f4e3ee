import { type JsonRecord, record, records } from "../../model/json";
import { defineView } from "../view";

/** What admission fills into a container that sets nothing: quantities by resource name. */
export interface ContainerDefaults {
  readonly limits: JsonRecord;
  readonly requests: JsonRecord;
}

/** The API server completes an item: a limit from `max`, a request from `default`, then from `min`. */
function toDefaults(item: JsonRecord): ContainerDefaults {
  const limits = { ...record(item.max), ...record(item.default) };
  return { limits, requests: { ...record(item.min), ...limits, ...record(item.defaultRequest) } };
}

/** Defaults that LimitRanges give to containers, by namespace. */
export const limitRangeDefaults = defineView({
  reads: ["limitRanges"],
  compute: (context): ReadonlyMap<string, ContainerDefaults> => {
    const defaults = new Map<string, ContainerDefaults>();
    for (const { ref, body } of context.slices.limitRanges) {
      for (const item of records(record(body.spec).limits)) {
        if (item.type !== "Container") continue;
        const known = defaults.get(ref.namespace ?? "");
        const own = toDefaults(item);
        defaults.set(ref.namespace ?? "", { limits: { ...own.limits, ...known?.limits }, requests: { ...own.requests, ...known?.requests } });
      }
    }
    return defaults;
  },
});
