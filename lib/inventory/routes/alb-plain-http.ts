import { albListeners } from "./ingress-tls";
import type { KubeObject } from "../kube-object";
import { defineView } from "../view";

export const ALB_REDIRECT = "alb.ingress.kubernetes.io/ssl-redirect";

const ALB_GROUP = "alb.ingress.kubernetes.io/group.name";
const ALB_ACTION = /^alb\.ingress\.kubernetes\.io\/actions\./;

function redirects({ annotations }: KubeObject): boolean {
  if (annotations[ALB_REDIRECT] !== undefined) return true;
  return Object.entries(annotations).some(([name, value]) => ALB_ACTION.test(name) && /redirect/i.test(value) && /HTTPS/.test(value));
}

/** Whether a load balancer of AWS serves over plain HTTP what an Ingress leads to: of Ingresses that share one, a redirect of one holds for all. */
export const albPlainHttpView = defineView({
  reads: ["ingresses"],
  compute: ({ slices }): ((ingress: KubeObject) => boolean) => {
    const redirected = new Set(slices.ingresses.filter(redirects).flatMap(({ annotations }) => annotations[ALB_GROUP] ?? []));
    return (ingress) => albListeners(ingress).http && !redirects(ingress) && !redirected.has(ingress.annotations[ALB_GROUP] ?? "");
  },
});
