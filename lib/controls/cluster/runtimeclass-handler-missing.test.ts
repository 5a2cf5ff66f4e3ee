import { node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./runtimeclass-handler-missing";

const runtime = (selector?: object) => ({
  apiVersion: "node.k8s.io/v1",
  kind: "RuntimeClass",
  metadata: { name: "gvisor" },
  handler: "runsc",
  ...(selector && { scheduling: { nodeSelector: selector } }),
});
const has = (name: string, handlers: readonly string[], labels: Record<string, string> = {}) =>
  node({ name, labels, status: { runtimeHandlers: handlers.map((handler) => ({ name: handler })) } });

describeControl(control, {
  fails: [
    {
      name: "an allowed node lacks the runtime",
      objects: [runtime(), has("a", ["", "runsc"]), has("b", [""])],
      evidence: [{ path: "handler", message: "RuntimeClass gvisor: node b, one of 2 that it allows, does not have its handler." }],
    },
    {
      name: "the only allowed node lacks the runtime",
      objects: [runtime(), has("b", [""])],
      evidence: [{ path: "handler", message: "RuntimeClass gvisor: node b, the only one that it allows, does not have its handler." }],
    },
    {
      name: "several allowed nodes lack the runtime",
      objects: [runtime(), has("a", ["", "runsc"]), has("b", [""]), has("c", [""])],
      evidence: [{ path: "handler", message: "RuntimeClass gvisor: 2 of the 3 nodes that it allows do not have its handler, b among them." }],
    },
  ],
  passes: [
    {
      name: "a node that does not report its runtimes is not allowed",
      objects: [runtime({ sandbox: "yes" }), has("a", ["", "runsc"], { sandbox: "yes" }), node({ name: "b" })],
    },
    { name: "every node has it", objects: [runtime(), has("a", ["", "runsc"])] },
    { name: "only nodes that have it are allowed", objects: [runtime({ sandbox: "yes" }), has("a", ["", "runsc"], { sandbox: "yes" }), has("b", [""])] },
  ],
  notApplicable: [{ name: "no class", objects: [has("a", [""])] }],
  unknown: [
    { name: "one of two allowed nodes does not report its runtimes", objects: [runtime(), has("a", ["", "runsc"]), node({ name: "b" })] },
    { name: "nodes do not report their runtimes", objects: [runtime(), node()] },
  ],
});
