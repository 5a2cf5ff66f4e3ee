import { dig, records, text } from "@/lib/model/json";
import type { ControlPlane } from "../control-plane/control-plane";
import type { KubeAnswer } from "../control-plane/kube-request";
import { waitUntil } from "./wait-until";

const GUARDS = ["validatingadmissionpolicies", "validatingwebhookconfigurations", "mutatingwebhookconfigurations"];

/** Whether a policy or a webhook refused it that is not there any more. */
async function isRefusedByGone({ request }: ControlPlane, { status, body }: KubeAnswer): Promise<boolean> {
  const [, name] = (status >= 400 && /(?:ValidatingAdmissionPolicy|webhook) ['"]([^'"]*)['"]/.exec(text(dig(body, "message")) ?? "")) || [];
  if (name === undefined) return false;
  const lists = await Promise.all(GUARDS.map((kind) => request("GET", `/apis/admissionregistration.k8s.io/v1/${kind}`)));
  const guards = lists.flatMap((list) => records(dig(list.body, "items")));
  return !guards.some((guard) => [dig(guard, "metadata", "name"), ...records(guard.webhooks).map((hook) => hook.name)].includes(name));
}

/** A server forgets what guards it some time after that was deleted: what it refuses by it meanwhile is asked again. */
export async function askUntilForgotten(controlPlane: ControlPlane, ...asked: Parameters<ControlPlane["request"]>): Promise<KubeAnswer> {
  let answer = await controlPlane.request(...asked);
  await waitUntil(`guards that are gone to be forgotten at ${asked[1]}`, async () => {
    if (!(await isRefusedByGone(controlPlane, answer))) return true;
    answer = await controlPlane.request(...asked);
    return false;
  });
  return answer;
}
