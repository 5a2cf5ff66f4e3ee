import "server-only";
import { toRegistryPrefix } from "@/lib/contracts/registry-prefix";
import type { SettingsReadBefore } from "@/lib/contracts/settings";
import { findControl } from "@/lib/controls/registry";
import { AppError } from "@/lib/errors/app-error";
import { OPT_IN_WORDS } from "@/lib/format/opt-in-words";
import { joinWords } from "@/lib/model/join-words";
import type { Settings } from "@/lib/inventory/inventory";

const TOLD = 5;

function told(names: readonly string[], what: string): string[] {
  if (names.length === 0) return [];
  const more = names.length - TOLD;
  return [`${joinWords([...names.slice(0, TOLD), ...(more > 0 ? [`${more} more`] : [])])} ${what}`];
}

/** "the trusted registries (a.example added)"; nothing where the same entries are there, in any order. */
function listChange(what: string, now: readonly string[], was: readonly string[] | undefined): string[] {
  if (!was) return [];
  const parts = [
    ...told(
      now.filter((entry) => !was.includes(entry)),
      "added",
    ),
    ...told(
      was.filter((entry) => !now.includes(entry)),
      "taken away",
    ),
  ];
  return parts.length === 0 ? [] : [`${what} (${parts.join(", ")})`];
}

type Weighed = NonNullable<SettingsReadBefore["reweightedControls"]>[string];

/** Each control of which something else is stored than was read. */
function tunedChange({ disabledControls, reweightedControls }: Settings, was: SettingsReadBefore): string[] {
  const words = (entry: Weighed | undefined): string => (entry ? `${entry.severity} ${entry.reason}` : "");
  const known = (id: string): string => findControl(id)?.id ?? id;
  const off = Object.entries(was.disabledControls ?? {}).filter(([id, reason]) => (disabledControls[known(id)] ?? null) !== reason);
  const weighed = Object.entries(was.reweightedControls ?? {}).filter(([id, entry]) => words(reweightedControls[known(id)]) !== words(entry));
  return [...new Set([...off, ...weighed].map(([id]) => `what ${id} counts here`))];
}

/** Throws conflict, with what is another now than the caller had read, so that nobody undoes what they have not seen. */
export function refuseIfChanged(settings: Settings, was: SettingsReadBefore): void {
  const nameSources = (sources: SettingsReadBefore["optInSources"] = []): string[] => sources.map((source) => OPT_IN_WORDS[source].name);
  const changed = [
    // Saved in one form: whoever wrote another has read the same.
    ...listChange("the trusted registries", settings.trustedRegistries.map(toRegistryPrefix), was.trustedRegistries?.map(toRegistryPrefix)),
    ...listChange("the platform namespaces", settings.platformNamespaces, was.platformNamespaces),
    ...(was.requireCpuLimit === undefined || was.requireCpuLimit === settings.requireCpuLimit ? [] : ["whether a CPU limit is needed"]),
    ...listChange("the opt-in sources", nameSources([...settings.optInSources]), was.optInSources && nameSources(was.optInSources)),
    ...tunedChange(settings, was),
  ];
  if (changed.length > 0) throw new AppError("conflict", `Nothing was saved, since somebody else changed ${joinWords(changed)} meanwhile.`);
}
