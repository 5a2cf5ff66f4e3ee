import type { LoadBalancer } from "../inventory/routes/load-balancer";
import { type Outcome, safe, unknown } from "./define";

/** Of a load balancer that is internal, if the cloud that makes it heeds what asks for it: manifests alone need not tell which cloud that is. */
export function internalAnswer({ because, isAssumed }: Pick<LoadBalancer, "because" | "isAssumed">, { isComplete }: { readonly isComplete: boolean }): Outcome {
  return isAssumed && !isComplete
    ? unknown(`${because} Whether the cloud heeds that is not told: no node among these manifests shows which it is.`)
    : safe(because);
}
