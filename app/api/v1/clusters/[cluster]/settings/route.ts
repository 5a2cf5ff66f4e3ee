import { endpoint } from "@/lib/http/endpoint";
import { getSettings } from "@/lib/reads/get-settings";
import { saveSettings } from "@/lib/scan/save-settings";

export const GET = endpoint("getSettings", ({ params }) => getSettings(params.cluster));

export const PATCH = endpoint("saveSettings", async ({ params, body }) => {
  await saveSettings(params.cluster, body, new Date());
  return getSettings(params.cluster);
});
