import "server-only";
import { ownControlSchema } from "@/lib/contracts/own-controls";
import { reweightingSchema } from "@/lib/contracts/settings";
import { DEFAULT_SETTINGS, type Settings } from "@/lib/inventory/inventory";
import { flag, list, record, textMap, texts } from "@/lib/model/json";
import { OPT_IN_SOURCES } from "@/lib/model/opt-in-source";

/** The settings of a cluster from the JSON that is stored; what is missing or odd is the default. */
export function parseSettings(value: unknown): Settings {
  const stored = record(value);
  return {
    trustedRegistries: texts(stored.trustedRegistries),
    platformNamespaces: texts(stored.platformNamespaces),
    requireCpuLimit: flag(stored.requireCpuLimit) ?? DEFAULT_SETTINGS.requireCpuLimit,
    disabledControls: textMap(stored.disabledControls),
    reweightedControls: Object.fromEntries(
      Object.entries(record(stored.reweightedControls)).flatMap(([id, entry]) => {
        const parsed = reweightingSchema.safeParse(entry);
        return parsed.success ? [[id, parsed.data] as const] : [];
      }),
    ),
    ownControls: list(stored.ownControls).flatMap((entry) => ownControlSchema.safeParse(entry).data ?? []),
    optInSources: OPT_IN_SOURCES.filter((source) => texts(stored.optInSources).includes(source)),
  };
}
