import { controlPlaneView, everyServerRuns } from "../inventory/nodes/control-plane";
import type { Context } from "../inventory/view";
import { type Outcome, weakness } from "./define";

const FLAG = "enable-admission-plugins";

/** A pass with `message` where every API server that is seen asks a webhook about each image; null = one does not, or nobody can see its flags. */
export function imageWebhookAnswer({ view }: Context<"workloads" | "nodes">, message: string): Outcome | null {
  const plane = view(controlPlaneView);
  const [server] = everyServerRuns(plane, "ImagePolicyWebhook") ? plane.of("kube-apiserver") : [];
  if (!server) return null;
  const path = server.flags.get(FLAG, "ImagePolicyWebhook")?.path ?? server.flags.argumentsPath;
  return { state: "pass", notes: [weakness(path, "ImagePolicyWebhook", message, { object: server.workload.ref })] };
}
