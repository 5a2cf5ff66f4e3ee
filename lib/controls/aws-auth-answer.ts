import { type AwsAuth, awsAuthView, parseAwsAuth } from "../inventory/cloud/aws-auth";
import { platformView } from "../inventory/cloud/cloud-provider";
import type { KubeObject } from "../inventory/kube-object";
import { outsideCloud } from "../inventory/cloud/outside-cloud";
import type { Context } from "../inventory/view";
import { notApplicable, type Outcome, safe, unknown } from "./define";

/** What a control says of the ConfigMap aws-auth; `absent` where a whole cluster of Amazon EKS has none. */
export function awsAuthAnswer(context: Context<"nodes" | "configMaps">, absent: Outcome, judge: (auth: AwsAuth, map: KubeObject) => Outcome): Outcome {
  const platform = context.view(platformView);
  const map = context.view(awsAuthView);
  if (map) {
    const auth = parseAwsAuth(map);
    return auth ? judge(auth, map) : unknown("The ConfigMap aws-auth could not be read.");
  }
  if (platform.distribution === "eks") return context.isComplete ? absent : unknown("These manifests do not hold the ConfigMap aws-auth.");
  return context.isComplete ? safe("There is no ConfigMap aws-auth.") : (outsideCloud(platform) ?? notApplicable("The cluster is not run by Amazon EKS."));
}
