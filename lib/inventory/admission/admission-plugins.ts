import { type ResourceRef, resourceKey } from "../../model/resource-ref";
import type { KubeVersion } from "../inventory";
import { heedAdmissionControl } from "../nodes/admission-control-flag";
import { type ComponentFlags, readFlags, readGate, toSwitch } from "../nodes/component-flags";
import { controlPlaneView } from "../nodes/control-plane";
import { isSinceMinor } from "../values/kube-version";
import { defineView } from "../view";

/** How each API server was started, as its pod shows, or its node where no pod does. */
const apiServerFlagsView = defineView({
  reads: ["workloads", "nodes"],
  compute: (context): readonly { readonly ref: ResourceRef; readonly flags: ComponentFlags }[] => {
    const ofPods = context.slices.workloads
      .filter((workload) => workload.ref.namespace === "kube-system" && workload.ref.name.startsWith("kube-apiserver"))
      .flatMap((workload) =>
        workload.views().flatMap((pod) => pod.containers.map((container) => ({ ref: workload.ref, flags: heedAdmissionControl(readFlags(container)) }))),
      );
    const given = context.view(controlPlaneView).given.of("kube-apiserver");
    return ofPods.length > 0 ? ofPods : given.map(({ workload, flags }) => ({ ref: workload.ref, flags }));
  },
});

/** Whether an API server is seen to run in the cluster: another, as of a hosted control plane, may look up the names of Services of the cluster that it runs in itself. */
export const isServerSeenView = defineView({
  reads: ["workloads", "nodes"],
  compute: (context): boolean => context.view(apiServerFlagsView).length > 0,
});

/** An API server that takes settings of admission, such as its defaults for unlabelled namespaces, from a file that the API does not show; null = none is known. */
export const admissionFileView = defineView({
  reads: ["workloads", "nodes"],
  compute: (context): ResourceRef | null => context.view(apiServerFlagsView).find(({ flags }) => flags.get("admission-control-config-file"))?.ref ?? null,
});

/** The plugins that do what policies, webhooks and labels ask for. */
type Plugin = "PodSecurity" | "ValidatingAdmissionPolicy" | "MutatingAdmissionPolicy" | "ValidatingAdmissionWebhook" | "MutatingAdmissionWebhook";

/** Of plugins that are features, too: the minor releases from which on each was in beta, and from which on it acts unless it is switched off. */
const FEATURES: Readonly<Partial<Record<Plugin, { readonly beta: number; readonly acts: number }>>> = {
  ValidatingAdmissionPolicy: { beta: 28, acts: 30 },
  MutatingAdmissionPolicy: { beta: 34, acts: 36 },
};

/** Every API server is told where its data is: what shows that shows all of its flags, and that no other one was given. */
const ALWAYS_GIVEN = "etcd-servers";

const ENDPOINT_ROUTING = "enable-aggregator-routing";

/** Whether a feature is off, or nothing switches it on that needs it: objects of it may be there all the same. */
function isFeatureOff(plugin: Plugin, flags: ComponentFlags, version: KubeVersion | null): boolean {
  const feature = FEATURES[plugin];
  if (!feature || flags.isOpaque || flags.isHidden("feature-gates")) return false;
  const written = readGate(flags, plugin);
  if (written !== undefined) return !written;
  if (isSinceMinor(version, feature.acts) || flags.get(ALWAYS_GIVEN) === undefined) return false;
  return readGate(flags, isSinceMinor(version, feature.beta) ? "AllBeta" : "AllAlpha") !== true;
}

/** An API server that has a plugin switched off, and why, as part of a sentence: any of them may get a request. Null = none is known. */
export const pluginOffView = defineView({
  reads: ["workloads", "nodes"],
  compute: (context): ((plugin: Plugin) => { readonly ref: ResourceRef; readonly because: string } | null) => {
    const servers = context.view(apiServerFlagsView).map((server) => ({ ...server, off: new Set(server.flags.listOf("disable-admission-plugins")) }));
    return (plugin) => {
      const without = servers.find(({ off }) => off.has(plugin));
      if (without) return { ref: without.ref, because: `the API server has the plugin ${plugin} switched off` };
      const lacking = servers.find(({ flags }) => isFeatureOff(plugin, flags, context.kubeVersion));
      return lacking ? { ref: lacking.ref, because: `the API server has the feature ${plugin} switched off` } : null;
    };
  },
});

/** Whether the API servers send what they ask webhooks to the pods of a Service by themselves, in place of its address; null = they do not all show it, or do not agree. */
export const endpointRoutingView = defineView({
  reads: ["workloads", "nodes"],
  compute: (context): boolean | null => {
    // Other containers of such a pod are told nothing of that.
    const answers = [...Map.groupBy(context.view(apiServerFlagsView), ({ ref }) => resourceKey(ref)).values()].map((containers) => {
      const flags = containers.find((container) => container.flags.get(ALWAYS_GIVEN) !== undefined)?.flags;
      if (flags === undefined || flags.isOpaque || flags.isHidden(ENDPOINT_ROUTING)) return null;
      return toSwitch(flags.get(ENDPOINT_ROUTING)) === true;
    });
    const [first = null] = answers;
    return answers.every((answer) => answer === first) ? first : null;
  },
});

/** Why what a plugin would do is not done, as part of a sentence; null = nothing of that kind is known. */
export const whyPluginOffView = defineView({
  reads: ["workloads", "nodes"],
  compute: (context): ((plugin: Plugin) => string | null) => {
    const findOff = context.view(pluginOffView);
    return (plugin) => findOff(plugin)?.because ?? null;
  },
});
