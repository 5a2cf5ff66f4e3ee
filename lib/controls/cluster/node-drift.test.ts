import { node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./node-drift";

const made = (name: string, creationTimestamp: string, kubeletVersion: string) =>
  node({ name, metadata: { creationTimestamp }, labels: { "eks.amazonaws.com/nodegroup": "a" }, status: { nodeInfo: { kubeletVersion } } });
const target = { kind: "Node", name: "old" };

describeControl(control, {
  fails: [
    {
      name: "a newer node of the pool runs another build",
      objects: [made("old", "2026-09-01T00:00:00Z", "v1.34.1"), made("new", "2026-10-01T00:00:00Z", "v1.35.2")],
      target,
    },
  ],
  passes: [
    { name: "the same build", objects: [made("old", "2026-09-01T00:00:00Z", "v1.35.2"), made("new", "2026-10-01T00:00:00Z", "v1.35.2")], target },
    { name: "the update is under way", objects: [made("old", "2026-11-22T00:00:00Z", "v1.34.1"), made("new", "2026-11-24T00:00:00Z", "v1.35.2")], target },
    { name: "it is the newer one", objects: [made("old", "2026-10-01T00:00:00Z", "v1.35.2"), made("other", "2026-09-01T00:00:00Z", "v1.34.1")], target },
  ],
  unknown: [
    {
      name: "a newer node may be elsewhere",
      objects: [made("old", "2026-09-01T00:00:00Z", "v1.35.2"), made("new", "2026-10-01T00:00:00Z", "v1.35.2")],
      target,
      complete: false,
    },
  ],
  notApplicable: [{ name: "alone in its pool", objects: [made("old", "2026-09-01T00:00:00Z", "v1.34.1")], target }],
});
