import { dig, list, record, records } from "@/lib/model/json";
import type { ControlPlane } from "../control-plane/control-plane";
import { waitUntil } from "./wait-until";

/** Returns when what earlier files took away is gone: controllers empty a namespace for a while after its deletion. */
export async function waitForDeletions(controlPlane: ControlPlane): Promise<void> {
  for (const path of ["/api/v1/namespaces", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"]) {
    await waitUntil(`what is being deleted of ${path} to be gone`, async () => {
      const answer = await controlPlane.request("GET", path);
      return records(list(record(answer.body).items)).every((item) => dig(item, "metadata", "deletionTimestamp") === undefined);
    });
  }
}
