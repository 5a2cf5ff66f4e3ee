import { type Weakness, weakness } from "../../controls/define";
import type { KubeObject } from "../../inventory/kube-object";
import { isVirtualNode } from "../../inventory/cloud/cloud-provider";
import { actingPluginsView, EKS_AUTO_MODE, type NetworkPlugin, placeOf } from "../../inventory/nodes/network-plugin";
import { type Context, defineView } from "../../inventory/view";
import { record } from "../../model/json";
import type { Direction } from "./endpoint";
import type { Isolation } from "./isolation";

export const OPPOSITE: Readonly<Record<Direction, Direction>> = { ingress: "egress", egress: "ingress" };

export function isUnselected({ state, by }: Isolation): boolean {
  return state === "open" && by.length === 0;
}

/** A plugin that closes pods that no policy selects, on some nodes at least, or may. */
interface StrictNodes {
  readonly plugin: NetworkPlugin;
  /** What tells it to, or may. */
  readonly said: Weakness;
  /** Why that is not told of pods wherever they may go; null = it is. */
  readonly doubt: string | null;
  /** The names of those on which nothing closes them. */
  readonly openNodes: ReadonlySet<string>;
}

const CLASS_LABEL = "eks.amazonaws.com/nodeclass";

function isStrictClass({ body }: KubeObject): boolean {
  return record(body.spec).networkPolicy === "DefaultDeny";
}

function sayStrict({ name }: NetworkPlugin, except = ""): string {
  return `${name} is told to close pods that no policy selects, from when they are made (strict mode)${except}.`;
}

/**
 * The agent of AWS is told on each node by itself: by the DaemonSet of Amazon VPC CNI, or by the NodeClass of a node of EKS Auto Mode, of which new nodes come at
 * any time (https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html). Null = it is told so nowhere.
 */
export const strictModeView = defineView({
  reads: ["workloads", "nodes", "configMaps", "nodeClasses"],
  compute: ({ slices, view }): StrictNodes | null => {
    const acting = view(actingPluginsView).filter(({ enforces }) => enforces !== false);
    const daemons = acting.filter(({ strictAt }) => strictAt !== undefined);
    const auto = acting.find(({ name }) => name === EKS_AUTO_MODE);
    const classes = new Map(slices.nodeClasses.map((nodeClass) => [nodeClass.ref.name, nodeClass]));
    const rest = slices.nodes.filter((node) => isVirtualNode(node) || !daemons.some(({ covers }) => covers(node)));
    const classNameOf = (node: KubeObject) => (auto?.covers(node) ? node.labels[CLASS_LABEL] : undefined);
    const classOf = (node: KubeObject) => classes.get(classNameOf(node) ?? "");
    const strictClass = rest.map(classOf).find((nodeClass) => nodeClass && isStrictClass(nodeClass));
    const unseen = rest.find((node) => classNameOf(node) !== undefined && !classOf(node));
    const open = rest.filter((node) => {
      const nodeClass = classOf(node);
      return nodeClass ? !isStrictClass(nodeClass) : classNameOf(node) === undefined;
    });
    const openClass = slices.nodeClasses.find((nodeClass) => !isStrictClass(nodeClass));

    const plugin = daemons[0] ?? (strictClass || unseen ? auto : undefined);
    if (!plugin) return null;
    const notSeen = unseen
      ? `NodeClass ${classNameOf(unseen)}, which tells ${EKS_AUTO_MODE} whether to close pods that no policy selects (strict mode), is not seen.`
      : null;
    const place = open[0] ? `on ${placeOf(open[0])}` : openClass ? `on nodes of NodeClass ${openClass.ref.name}` : null;
    const said =
      plugin.strictAt !== undefined
        ? weakness(plugin.strictAt, "strict", sayStrict(plugin), { object: plugin.ref })
        : strictClass
          ? weakness("spec.networkPolicy", "DefaultDeny", sayStrict(plugin), { object: strictClass.ref })
          : weakness(`metadata.labels["${CLASS_LABEL}"]`, unseen?.labels[CLASS_LABEL], notSeen ?? "", { ...(unseen && { object: unseen.ref }) });
    return {
      plugin,
      said,
      doubt: plugin.enforces === null ? plugin.because : (notSeen ?? (place === null ? null : sayStrict(plugin, `, but not ${place}`))),
      openNodes: new Set(open.map(({ ref }) => ref.name)),
    };
  },
});

interface StrictMode {
  readonly said: Weakness;
  /** Why that is not told of pods that are yet to be made; null = it is. */
  readonly doubt: string | null;
  /** Why it is not told of those that are there. */
  readonly ofOlder: string;
}

/**
 * Where the agent of AWS closes what no policy selects: in both directions, as a pod is made. Pods that were there before stay as they were, and whoever is
 * selected for one direction is open in the other (policyendpoints_controller of the agent). `nodeNames`: those that the pods are on; null or empty = any. Null =
 * it does not.
 */
export function findStrictMode(
  { view }: Context<"workloads" | "nodes" | "configMaps" | "nodeClasses">,
  opposite: () => Isolation,
  nodeNames: readonly string[] | null,
): StrictMode | null {
  const strict = view(strictModeView);
  if (!strict || (nodeNames && nodeNames.length > 0 && nodeNames.every((name) => strict.openNodes.has(name)))) return null;
  const other = opposite();
  if (!isUnselected(other) && other.state !== "unknown") return null;
  const { plugin, said, doubt } = strict;
  return {
    said,
    doubt: doubt ?? (other.state === "unknown" ? other.reason : null),
    ofOlder: `Whether its pods were made before ${plugin.name} was told to close those that no policy selects (strict mode) is not known.`,
  };
}
