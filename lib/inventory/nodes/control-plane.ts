import { splitImageReference } from "../images/image-reference";
import { heedAdmissionControl } from "./admission-control-flag";
import { type ComponentFlags, readFlags } from "./component-flags";
import { givenFlags, isSwitchedOn, readServerArgs, type ServerArgs, toContainer, valuesOf } from "./node-args";
import type { KubeObject } from "../kube-object";
import { type Distribution, platformName, platformView } from "../cloud/cloud-provider";
import { controlPlaneNodesView, isControlPlaneNode } from "../workloads/node-placement";
import { defineView } from "../view";
import type { Container, PodView, Workload } from "../workloads/workload";
import { list, text } from "../../model/json";

const COMPONENTS = ["kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd"] as const;
export type Component = (typeof COMPONENTS)[number];

/** One running instance of a component, or several that are started alike. */
export interface ComponentInstance {
  readonly component: Component;
  readonly workload: Pick<Workload, "ref">;
  readonly pod: Pick<PodView, "nodeNames" | "podName">;
  readonly container: Pick<Container, "spec" | "at">;
  readonly flags: ComponentFlags;
}

export interface ControlPlane {
  readonly of: (component: Component) => readonly ComponentInstance[];
  /** Where no pod shows it: the servers of K3s and RKE2, by the flags that they were given, which their nodes tell; all others are hidden. */
  readonly given: { readonly of: (component: Component) => readonly ComponentInstance[]; readonly isWhole: boolean };
  /** Why there is nothing to read; null when some component was found. */
  readonly absence: { readonly state: "not-applicable" | "unknown"; readonly reason: string } | null;
}

/** Any API server may get a request: what one of them does without is not done. */
export function everyServerRuns(plane: ControlPlane, plugin: string): boolean {
  const servers = plane.of("kube-apiserver");
  return servers.length > 0 && servers.every(({ flags }) => flags.listOf("enable-admission-plugins").includes(plugin));
}

/** Those that run the control plane as one program of the machine; others have pods of it, though they need not be seen. */
const WITHOUT_PODS: ReadonlySet<Distribution | null> = new Set<Distribution>(["k3s", "k0s", "microk8s"]);

function toComponent(name: string | undefined): Component | null {
  return COMPONENTS.find((component) => component === name) ?? null;
}

function lastPart(image: unknown): string | undefined {
  return splitImageReference(text(image) ?? "")
    ?.path.split("/")
    .at(-1);
}

const baseName = (word: unknown): string | undefined => text(word)?.split("/").at(-1);

/** Of etcd: tools that come in its image. */
const TOOL = /(?:^|[\s/])etcd(?:ctl|utl)(?=\s|$)/;
const SHELL = /^(?:ba|da|a)?sh$/;

/** Whether it starts something else, such as a backup, in the image or under the name of a component. Scripts and programs that start others say which. */
function startsOther({ spec }: Container, component: Component): boolean {
  const [command, args] = [list(spec.command), list(spec.args)];
  const words = command.length > 0 ? command : args;
  const program = baseName(words[0]);
  // Flags alone are for what the image starts.
  if (program === undefined || text(words[0])?.startsWith("-")) return false;
  if (TOOL.test([...command, ...args].join(" "))) return true;
  return !SHELL.test(program) && !words.some((word) => baseName(word) === component);
}

function readInstance(workload: Workload, pod: PodView): ComponentInstance | null {
  const own = pod.containers.filter(({ list: where }) => where === "containers");
  for (const container of own) {
    const program = baseName(list(container.spec.command)[0]);
    const component =
      toComponent(lastPart(container.spec.image)) ??
      toComponent(container.name) ??
      toComponent(program) ??
      (own.length === 1 ? toComponent(pod.labels.component) : null);
    // What the kubelet alone can make is what it is called.
    if (component && (workload.ref.kind === "StaticPod" || !startsOther(container, component)))
      return { component, workload, pod, container, flags: heedAdmissionControl(readFlags(container)) };
  }
  return null;
}

/** Only the kubelet can make a StaticPod; an ordinary pod that runs such a program counts only in a set of manifests, without nodes. */
function isControlPlanePod({ ref }: Workload, hasNodes: boolean): boolean {
  return ref.namespace === "kube-system" && (ref.kind === "StaticPod" || (!hasNodes && ref.kind === "Pod"));
}

/**
 * The options of a server by which it hands flags on, and the one that switches the component off. Those of etcd are left out: they become part of a
 * file, in which most of what the server itself sets stays.
 */
const SERVER_OPTIONS: Readonly<Partial<Record<Component, { readonly flags: readonly string[]; readonly off: string }>>> = {
  "kube-apiserver": { flags: ["--kube-apiserver-arg"], off: "--disable-apiserver" },
  "kube-controller-manager": { flags: ["--kube-controller-manager-arg", "--kube-controller-arg"], off: "--disable-controller-manager" },
  "kube-scheduler": { flags: ["--kube-scheduler-arg"], off: "--disable-scheduler" },
};

const ENCRYPTION = "encryption-provider-config";

/** What K3s tells its API server where its own option is set, and not otherwise. RKE2 is always told so, and runs pods that show it. */
function encryptionOf(args: ServerArgs): readonly string[] {
  const folder = valuesOf(args, "--data-dir", "-d").at(-1) ?? "/var/lib/rancher/k3s";
  return isSwitchedOn(args, "--secrets-encryption") ? [`${ENCRYPTION}=${folder}/server/cred/encryption-config.json`] : [];
}

/** What is given takes the place of what the server would have set, except under a name that ends in `+` or `-`, which adds to it. */
function readGiven(node: KubeObject, component: Component): ComponentInstance | null {
  const args = readServerArgs(node);
  const options = SERVER_OPTIONS[component];
  if (!args || !options || isSwitchedOn(args, options.off)) return null;
  const isToldOfEncryption = component === "kube-apiserver" && args.annotation === "k3s.io/node-args";
  const own = isToldOfEncryption ? encryptionOf(args) : [];
  const given = givenFlags([...own, ...valuesOf(args, ...options.flags)]);
  const names = new Set([...given.map(({ name }) => name), ...(isToldOfEncryption ? [ENCRYPTION] : [])]);
  const container = toContainer(args, given);
  return {
    component,
    workload: { ref: node.ref },
    pod: { nodeNames: [node.ref.name] },
    container,
    flags: { ...readFlags(container), isOpaque: false, isHidden: (name) => !names.has(name) || names.has(`${name}+`) || names.has(`${name}-`) },
  };
}

/** The components of a self-managed control plane, with their flags, from the mirror pods of kube-system. */
export const controlPlaneView = defineView({
  reads: ["workloads", "nodes"],
  compute: (context): ControlPlane => {
    const hasNodes = context.slices.nodes.length > 0;
    const found = context.slices.workloads
      .filter((workload) => isControlPlanePod(workload, hasNodes))
      .flatMap((workload) => workload.views().flatMap((pod) => readInstance(workload, pod) ?? []));
    const { isManaged, distribution } = context.view(platformView);
    const where = distribution ? platformName(distribution) : "the provider";
    const absence = (): ControlPlane["absence"] => {
      if (found.length > 0) return null;
      if (isManaged === true)
        return { state: "not-applicable", reason: `The control plane is run by ${where}; its own settings are shown by the provider only.` };
      if (!hasNodes) return { state: "not-applicable", reason: "The set holds no pod of the control plane." };
      if (distribution === "openshift" && context.view(controlPlaneNodesView).length > 0)
        return { state: "unknown", reason: "OpenShift runs the control plane in namespaces of its own, by settings in files, which are not read." };
      return {
        state: "unknown",
        reason: WITHOUT_PODS.has(distribution)
          ? `${where} runs the control plane outside of pods, so its flags are not in the API.`
          : "No pod of the control plane is in kube-system, so its flags are not in the API.",
      };
    };
    const why = absence();
    const nodes = why?.state === "unknown" ? context.slices.nodes : [];
    const given = (component: Component) => nodes.flatMap((node) => readGiven(node, component) ?? []);
    const isUntold = nodes.some((node) => isControlPlaneNode(node) && !readServerArgs(node));
    return {
      of: (component) => found.filter((instance) => instance.component === component),
      given: { of: given, isWhole: !isUntold },
      absence: why,
    };
  },
});
