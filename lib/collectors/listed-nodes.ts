import "server-only";
import { isVirtualNode } from "@/lib/inventory/cloud/cloud-provider";
import { toKubeObject } from "@/lib/inventory/kube-object";
import { dig, type JsonRecord, records } from "@/lib/model/json";
import type { CollectionSink } from "./collection-sink";
import type { ListedNode } from "./opt-in-reader";

function toListedNode(body: JsonRecord): ListedNode {
  const node = toKubeObject(body, () => "platform");
  const ready = records(dig(body, "status", "conditions")).find(({ type }) => type === "Ready");
  return { name: node.ref.name, isReady: ready?.status === "True", isVirtual: isVirtualNode(node) };
}

export interface NodeWatch {
  readonly sink: CollectionSink;
  /** Null until the list of nodes was read to its end. */
  readonly nodes: () => readonly ListedNode[] | null;
}

/** A sink that passes everything on and remembers which nodes there are. */
export function watchNodes(sink: CollectionSink): NodeWatch {
  const nodes = new Map<string, ListedNode>();
  let isRead = false;
  return {
    nodes: () => (isRead ? [...nodes.values()] : null),
    sink: {
      add: (body) => {
        if (body.kind === "Node") {
          const node = toListedNode(body);
          nodes.set(node.name, node);
        }
        sink.add(body);
      },
      markRead: (kind) => {
        if (kind === "Node") isRead = true;
        sink.markRead(kind);
      },
      markMissing: (kind, reason) => {
        if (kind === "Node") isRead = false;
        sink.markMissing(kind, reason);
      },
    },
  };
}
