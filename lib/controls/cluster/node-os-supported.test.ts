import { node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./node-os-supported";

const runs = (osImage: string, part: object = {}) => node({ ...part, status: { nodeInfo: { osImage } } });

describeControl(control, {
  fails: [
    { name: "past its end", objects: [runs("Amazon Linux 2")], severity: "high" },
    { name: "past every extended support", objects: [runs("Debian GNU/Linux 11 (bullseye)")], severity: "high" },
    { name: "only extended support left", objects: [runs("Ubuntu 20.04.6 LTS")], severity: "medium" },
    { name: "the end is near", objects: [runs("Ubuntu 22.04.5 LTS")], observedAt: "2027-02-01T00:00:00Z", severity: "medium" },
    { name: "the project has ended", objects: [runs("k3OS v0.21")], severity: "high" },
  ],
  passes: [
    { name: "supported for years", objects: [runs("Red Hat Enterprise Linux 9.4 (Plow)")] },
    { name: "months before its end", objects: [runs("Amazon Linux 2")], observedAt: "2026-03-01T23:00:00Z" },
  ],
  notApplicable: [{ name: "Fargate", objects: [runs("Amazon Linux 2", { labels: { "eks.amazonaws.com/compute-type": "fargate" } })] }],
  unknown: [
    { name: "a system without support dates", objects: [runs("Talos (v1.11.2)")] },
    { name: "a release newer than the table", objects: [runs("Ubuntu 28.04 LTS")] },
    { name: "a system that we do not know", objects: [runs("Plan 9")] },
  ],
});
