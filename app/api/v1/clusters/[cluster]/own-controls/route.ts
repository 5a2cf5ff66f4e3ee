import { endpoint } from "@/lib/http/endpoint";
import { getSettings } from "@/lib/reads/get-settings";
import { addOwnControl } from "@/lib/scan/save-own-control";

export const POST = endpoint("addOwnControl", async ({ params, body }) => {
  await addOwnControl(params.cluster, body);
  return getSettings(params.cluster);
});
