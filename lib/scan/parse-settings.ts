import "server-only";
import { DEFAULT_SETTINGS, type Settings } from "@/lib/inventory/inventory";
import { flag, record, textMap, texts } from "@/lib/model/json";

/** The settings of a cluster from the JSON that is stored; what is missing or odd is the default. */
export function parseSettings(value: unknown): Settings {
  const stored = record(value);
  return {
    trustedRegistries: texts(stored.trustedRegistries),
    platformNamespaces: texts(stored.platformNamespaces),
    requireCpuLimit: flag(stored.requireCpuLimit) ?? DEFAULT_SETTINGS.requireCpuLimit,
    disabledControls: textMap(stored.disabledControls),
  };
}
