import { explainIssue } from "../contracts/explain-issue";
import { settingsFileSchema } from "../contracts/settings";
import { findControl } from "../controls/registry";
import { AppError } from "../errors/app-error";
import { DEFAULT_SETTINGS, type Settings } from "../inventory/inventory";
import { readDataFile } from "./read-data-file";
import { toOwnControls } from "./read-own-controls";

const NAMING = { whole: "the file", unknown: "unknown setting", countsItems: true };

/** Entries under the ids of today. Throws bad-request for what nobody knows, each in one sentence on a line of its own. */
function byControl<T>(given: Readonly<Record<string, T>>, own: ReadonlySet<string>, where: string): Readonly<Record<string, T>> {
  const known = Object.entries(given).map(([id, value]) => ({ id, value, today: findControl(id)?.id ?? (own.has(id) ? id : null) }));
  const faults = known.filter(({ today }) => today === null).map(({ id }) => `${where}: there is no control called ${id}.`);
  if (faults.length > 0) throw new AppError("bad-request", faults.join("\n"));
  return Object.fromEntries(known.map(({ id, today, value }) => [today ?? id, value]));
}

/**
 * The settings of a file for `--settings`, as a cluster has them; `more` are own controls that another option names. Sources beyond manifests are
 * none here, whatever the file says of them. Throws bad-request: each fault in one sentence on a line of its own.
 */
export function readSettings(file: string, more: Settings["ownControls"]): Settings {
  const parsed = settingsFileSchema.safeParse(readDataFile("--settings", file) ?? {});
  if (!parsed.success) throw new AppError("bad-request", parsed.error.issues.map((issue) => `--settings: ${file}: ${explainIssue(issue, NAMING)}`).join("\n"));
  const { trustedRegistries = [], platformNamespaces = [], requireCpuLimit = DEFAULT_SETTINGS.requireCpuLimit } = parsed.data;
  const { disabledControls = {}, reweightedControls = {}, ownControls = [] } = parsed.data;
  const written = toOwnControls(ownControls, "--settings", file);
  const twice = written.find(({ id }) => more.some((other) => other.id === id));
  if (twice) throw new AppError("bad-request", `--settings and --controls both have a control called ${twice.id}.`);
  const own = [...written, ...more];
  const ids = new Set(own.map(({ id }) => id));
  return {
    trustedRegistries,
    platformNamespaces,
    requireCpuLimit,
    disabledControls: byControl(disabledControls, ids, `--settings: ${file}: disabledControls`),
    reweightedControls: byControl(reweightedControls, ids, `--settings: ${file}: reweightedControls`),
    ownControls: own,
    optInSources: [],
  };
}
