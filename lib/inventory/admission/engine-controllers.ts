import { dig, text } from "../../model/json";
import { SELF_REGISTERING } from "../data/policy-engines";
import { findAgents } from "../workloads/find-agents";
import { listWebhooks } from "./security-webhook";
import { defineView } from "../view";
import type { Workload } from "../workloads/workload";

const COMPONENT = "app.kubernetes.io/component";

/** As the engine's chart labels its admission controller, whatever the image is called in a registry of one's own. */
function isLabelled({ podLabelSets, isDormant, isFinished }: Workload, { name, word }: { readonly name: string; readonly word: RegExp }): boolean {
  if (isDormant || isFinished) return false;
  return podLabelSets.some((own) => {
    const component = own[COMPONENT];
    const isAdmission = component === "admission-controller" || component === name.toLowerCase();
    return isAdmission && word.test(`${own["app.kubernetes.io/part-of"]} ${own["app.kubernetes.io/name"]}`);
  });
}

/** The admission controllers of engines that register their webhooks themselves, by the engine's name: by image, or by labels. */
export const engineControllersView = defineView({
  reads: ["workloads"],
  compute: (context): ReadonlyMap<string, readonly Workload[]> =>
    new Map(
      SELF_REGISTERING.map((engine) => {
        const byImage = findAgents(context, [engine]).map(({ workload }) => workload);
        return [engine.name, [...new Set([...byImage, ...context.slices.workloads.filter((workload) => isLabelled(workload, engine))])]];
      }),
    ),
});

/** The namespaces in which these engines run, by the engine's name: those of their controllers and of the Services behind their webhooks. */
export const engineHomesView = defineView({
  reads: ["webhooks", "workloads"],
  compute: (context): ReadonlyMap<string, ReadonlySet<string>> => {
    const hooks = context.slices.webhooks.flatMap(listWebhooks);
    const homesOf = (engine: string, controllers: readonly Workload[]) => [
      ...controllers.flatMap(({ ref }) => ref.namespace ?? []),
      ...hooks.flatMap((hook) => (hook.engine === engine ? (text(dig(hook.spec, "clientConfig", "service", "namespace")) ?? []) : [])),
    ];
    return new Map([...context.view(engineControllersView)].map(([engine, controllers]) => [engine, new Set(homesOf(engine, controllers))]));
  },
});

/** Whether an image is that of a program of an engine, where the engine runs. */
export type IsOwnImage = (engine: string, namespace: string, image: string) => boolean;

export const ownImagesView = defineView({
  reads: ["webhooks", "workloads"],
  compute: (context): IsOwnImage => {
    const homes = context.view(engineHomesView);
    return (engine, namespace, image) => SELF_REGISTERING.some(({ name, word }) => name === engine && homes.get(name)?.has(namespace) && word.test(image));
  },
});
