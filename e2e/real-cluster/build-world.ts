import { dig, list, record, records } from "@/lib/model/json";
import type { ControlPlane } from "../control-plane/control-plane";
import { worldManifests } from "../world/world";
import { applyManifests } from "./apply-manifests";
import { waitForDeletions } from "./wait-for-deletions";
import { waitUntil } from "./wait-until";

/**
 * Applies our world and waits until it stands still: pods run, Jobs have ended (an ended Job is judged no more, so one that ends
 * between two scans would look like a change), and what earlier files took away is gone. Costs little when it was built before.
 */
export async function buildWorld(controlPlane: ControlPlane): Promise<void> {
  await waitForDeletions(controlPlane);
  await applyManifests(controlPlane, worldManifests());
  await waitUntil("every Deployment to have its pods", async () => {
    const answer = await controlPlane.request("GET", "/apis/apps/v1/deployments");
    const deployments = records(list(record(answer.body).items));
    return deployments.every((item) => (dig(item, "spec", "replicas") ?? 1) === (dig(item, "status", "readyReplicas") ?? 0));
  });
  await waitUntil("every pod to run", async () => {
    const answer = await controlPlane.request("GET", "/api/v1/pods");
    const pods = records(list(record(answer.body).items));
    return pods.length > 0 && pods.every((pod) => ["Running", "Succeeded"].includes(String(dig(pod, "status", "phase"))));
  });
  await waitUntil("every Job of ours to have ended or to be suspended", async () => {
    const answer = await controlPlane.request("GET", "/apis/batch/v1/namespaces/jobs/jobs");
    const jobs = records(list(record(answer.body).items));
    return jobs.every((job) => dig(job, "spec", "suspend") === true || dig(job, "status", "completionTime") !== undefined);
  });
}
