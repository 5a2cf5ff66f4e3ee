import { endpoint } from "@/lib/http/endpoint";
import { getSettings } from "@/lib/reads/get-settings";
import { changeOwnControl, deleteOwnControl } from "@/lib/scan/save-own-control";

export const PUT = endpoint("changeOwnControl", async ({ params, body }) => {
  await changeOwnControl(params.cluster, params.control, body);
  return getSettings(params.cluster);
});

export const DELETE = endpoint("deleteOwnControl", async ({ params }) => {
  await deleteOwnControl(params.cluster, params.control);
  return getSettings(params.cluster);
});
