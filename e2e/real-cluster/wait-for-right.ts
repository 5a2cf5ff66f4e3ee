import { dig, type JsonRecord } from "@/lib/model/json";
import type { ControlPlane } from "../control-plane/control-plane";
import { waitUntil } from "./wait-until";

/** Waits until the authoriser, which reads roles and bindings from watches of its own, knows a right that was written. */
export async function waitForRight(controlPlane: ControlPlane, asked: JsonRecord): Promise<void> {
  const body = { apiVersion: "authorization.k8s.io/v1", kind: "SubjectAccessReview", spec: asked };
  await waitUntil(`${JSON.stringify(asked)} to be granted`, async () => {
    const answer = await controlPlane.request("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", body);
    return dig(answer.body, "status", "allowed") === true;
  });
}
