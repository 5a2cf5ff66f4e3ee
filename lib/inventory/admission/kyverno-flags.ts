import { record } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import { type ComponentFlags, readFlags, toSwitch } from "../nodes/component-flags";
import { engineControllersView } from "./engine-controllers";
import type { KubeObject } from "../kube-object";
import { isGenerated } from "./kyverno-status";
import { defineView } from "../view";

/** How Kyverno's admission controllers were started: each by the containers of one pod. */
export const kyvernoFlagsView = defineView({
  reads: ["workloads"],
  compute: (context): readonly (readonly ComponentFlags[])[] =>
    (context.view(engineControllersView).get("Kyverno") ?? []).map((workload) =>
      (workload.views()[0]?.containers ?? []).filter(({ list: where }) => where === "containers").map(readFlags),
    ),
});

function toIgnoring(policy: KubeObject): KubeObject {
  const spec = record(policy.body.spec);
  const ignores = { failurePolicy: "Ignore" };
  const webhookConfiguration = { ...record(spec.webhookConfiguration), ...ignores };
  return { ...policy, body: { ...policy.body, spec: { ...spec, ...ignores, webhookConfiguration } } };
}

/** A policy of Kyverno as it acts there: a flag has all of them ignore failures, whatever they say. */
export const asStartedView = defineView({
  reads: ["workloads"],
  compute: (context): ((policy: KubeObject) => KubeObject) => {
    const isForced = context.view(kyvernoFlagsView).some((all) => all.some((flags) => toSwitch(flags.get("forceFailurePolicyIgnore")) === true));
    return isForced ? rememberedOf((policy) => (isGenerated(policy) ? policy : toIgnoring(policy))) : (policy) => policy;
  },
});
