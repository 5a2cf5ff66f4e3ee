import type { SettingsResponse } from "../contracts/settings";
import { apiFetch } from "./api-fetch";
import { clusterApiPath } from "./api-path";

export function settingsPath(cluster: string): string {
  return `${clusterApiPath(cluster)}/settings`;
}

/** The settings that are stored now. Throws RequestError. */
export function readSettings(cluster: string): Promise<SettingsResponse> {
  return apiFetch({ path: settingsPath(cluster), contract: async () => (await import("../contracts/settings")).settingsResponse });
}
