import { node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./node-kernel-supported";

const runs = (osImage: string, kernelVersion: string) => node({ status: { nodeInfo: { osImage, kernelVersion } } });

describeControl(control, {
  fails: [
    {
      name: "a line with long support, on a system that has ended",
      objects: [runs("Amazon Linux 2", "5.10.230-223.885.amzn2.x86_64")],
      evidence: [{ path: "status.nodeInfo.kernelVersion", message: "The vendor of the operating system patches Linux 5.10 no more." }],
    },
    {
      name: "a line that has ended, on an unknown system",
      objects: [runs("Plan 9", "6.19.3")],
      evidence: [{ path: "status.nodeInfo.kernelVersion", value: "6.19.3" }],
    },
    { name: "older than seccomp of today", objects: [runs("Ubuntu 22.04 LTS", "4.4.0")], severity: "low" },
    { name: "older than seccomp of today, and patched by nobody", objects: [runs("Amazon Linux 2", "4.14.350-266.564.amzn2.x86_64")], severity: "medium" },
  ],
  passes: [
    { name: "the vendor patches it", objects: [runs("Ubuntu 22.04.5 LTS", "5.15.0-122-generic")] },
    { name: "a system made for containers", objects: [runs("Talos (v1.11.2)", "6.12.1-talos")] },
    {
      name: "an old line with long support, on an unknown system",
      objects: [runs("Plan 9", "5.15.196")],
      observedAt: "2026-11-25T00:00:00Z",
    },
    { name: "a supported line on an unknown system", objects: [runs("Plan 9", "6.18.2")] },
  ],
  notApplicable: [{ name: "Windows", objects: [node({ status: { nodeInfo: { operatingSystem: "windows", kernelVersion: "10.0.20348" } } })] }],
  unknown: [
    { name: "newer than the table", objects: [runs("Plan 9", "7.9.0")] },
    { name: "no version", objects: [runs("Ubuntu 22.04.5 LTS", "")] },
  ],
});
