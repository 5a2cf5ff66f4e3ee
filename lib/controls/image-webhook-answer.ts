import { controlPlaneView, everyServerRuns } from "../inventory/nodes/control-plane";
import type { Context } from "../inventory/view";
import { type Outcome, weakness } from "./define";
import { unseenMounts } from "./unseen-mounts";

const FLAG = "enable-admission-plugins";

/** A pass where every API server that is seen asks a webhook about the images of containers; null = one does not, or nobody can see its flags. `more` is said too. */
export function imageWebhookAnswer({ view, kubeVersion }: Context<"workloads" | "nodes">, more = ""): Outcome | null {
  const plane = view(controlPlaneView);
  const [server] = everyServerRuns(plane, "ImagePolicyWebhook") ? plane.of("kube-apiserver") : [];
  if (!server) return null;
  const path = server.flags.get(FLAG, "ImagePolicyWebhook")?.path ?? server.flags.argumentsPath;
  const message = `The API server asks a webhook about the images of all containers.${more}${unseenMounts(kubeVersion)}`;
  return { state: "pass", notes: [weakness(path, "ImagePolicyWebhook", message, { object: server.workload.ref })] };
}
