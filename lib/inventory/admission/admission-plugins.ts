import type { ResourceRef } from "../../model/resource-ref";
import { type ComponentFlags, readFlags } from "../nodes/component-flags";
import { controlPlaneView } from "../nodes/control-plane";
import { defineView } from "../view";

/** How each API server was started, as its pod shows, or its node where no pod does. */
const apiServerFlagsView = defineView({
  reads: ["workloads", "nodes"],
  compute: (context): readonly { readonly ref: ResourceRef; readonly flags: ComponentFlags }[] => {
    const ofPods = context.slices.workloads
      .filter((workload) => workload.ref.namespace === "kube-system" && workload.ref.name.startsWith("kube-apiserver"))
      .flatMap((workload) => workload.views().flatMap((pod) => pod.containers.map((container) => ({ ref: workload.ref, flags: readFlags(container) }))));
    const given = context.view(controlPlaneView).given.of("kube-apiserver");
    return ofPods.length > 0 ? ofPods : given.map(({ workload, flags }) => ({ ref: workload.ref, flags }));
  },
});

/** An API server that takes settings of admission, such as its defaults for unlabelled namespaces, from a file that the API does not show; null = none is known. */
export const admissionFileView = defineView({
  reads: ["workloads", "nodes"],
  compute: (context): ResourceRef | null => context.view(apiServerFlagsView).find(({ flags }) => flags.get("admission-control-config-file"))?.ref ?? null,
});

/** The plugins that do what policies, webhooks and labels ask for. */
type Plugin = "PodSecurity" | "ValidatingAdmissionPolicy" | "MutatingAdmissionPolicy" | "ValidatingAdmissionWebhook" | "MutatingAdmissionWebhook";

/** An API server that has a plugin switched off: any of them may get a request. Null = none is known. */
export const pluginOffView = defineView({
  reads: ["workloads", "nodes"],
  compute: (context): ((plugin: Plugin) => ResourceRef | null) => {
    const servers = context.view(apiServerFlagsView).map(({ ref, flags }) => ({ ref, off: new Set(flags.listOf("disable-admission-plugins")) }));
    return (plugin) => servers.find(({ off }) => off.has(plugin))?.ref ?? null;
  },
});

/** Why what a plugin would do is not done, as part of a sentence; null = nothing of that kind is known. */
export const whyPluginOffView = defineView({
  reads: ["workloads", "nodes"],
  compute: (context): ((plugin: Plugin) => string | null) => {
    const findOff = context.view(pluginOffView);
    return (plugin) => (findOff(plugin) === null ? null : `the API server has the plugin ${plugin} switched off`);
  },
});
