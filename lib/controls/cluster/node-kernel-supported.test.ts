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
      name: "a system of Microsoft that has ended",
      objects: [runs("CBL-Mariner/Linux", "5.15.186.1-1.cm2")],
      evidence: [{ path: "status.nodeInfo.kernelVersion", message: "The vendor of the operating system patches Linux 5.15 no more." }],
    },
    {
      name: "a line that has ended, on the machine of a developer",
      objects: [runs("Buildroot 2023.02.9", "5.10.207")],
      observedAt: "2027-02-01T00:00:00Z",
      evidence: [{ path: "status.nodeInfo.kernelVersion", value: "5.10.207" }],
    },
    { name: "older than seccomp of today", objects: [runs("Ubuntu 22.04 LTS", "4.4.0")], severity: "low" },
    { name: "older than seccomp of today, and patched by nobody", objects: [runs("Amazon Linux 2", "4.14.350-266.564.amzn2.x86_64")], severity: "medium" },
  ],
  passes: [
    { name: "the vendor patches it", objects: [runs("Ubuntu 22.04.5 LTS", "5.15.0-122-generic")] },
    { name: "a line with long support, on a system made for containers", objects: [runs("Talos (v1.11.2)", "6.12.1-talos")] },
    { name: "the newest line, by a table that is fresh", objects: [runs("Plan 9", "7.2.1")], observedAt: "2026-09-20T00:00:00Z" },
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
    { name: "the newest line of a table that is months old", objects: [runs("Plan 9", "7.2.1")], observedAt: "2026-11-28T00:00:00Z" },
    {
      name: "a line that has ended, on a system made for containers whose support we do not know",
      objects: [runs("Red Hat Enterprise Linux CoreOS 416.94.202410211619-0", "5.14.0-427.42.1.el9_4.x86_64")],
      reason: "Support of Linux 5.14 ended; until when the vendor of Red Hat Enterprise Linux CoreOS patches it is not in our tables.",
    },
    {
      name: "a line that has ended, on a system that we do not know, whose vendor may patch it",
      objects: [runs("Plan 9", "6.19.3")],
      reason: "Support of Linux 6.19 ended on 2026-04-22; until when the vendor of the system patches it is not in our tables.",
    },
    {
      name: "a line that has ended, in k3d, whose nodes have the kernel of their machine",
      objects: [runs("K3s v1.34.1+k3s1", "6.8.0-45-generic")],
      reason: "Support of Linux 6.8 ended; until when the vendor of the system patches it is not in our tables.",
    },
    {
      name: "a line that has ended, in kind, whose nodes are containers of Debian",
      objects: [
        node({
          spec: { providerID: "kind://docker/kind/a" },
          status: { nodeInfo: { osImage: "Debian GNU/Linux 12 (bookworm)", kernelVersion: "6.8.0-45-generic" } },
        }),
      ],
    },
    { name: "a line that has ended, on OKD", objects: [runs("CentOS Stream CoreOS 9.0.20251014-0", "5.14.0-615.el9.x86_64")] },
    { name: "a line that has ended, on a release without dates", objects: [runs("SUSE Linux Enterprise Server 15 SP6", "6.4.0-150600.23.60-default")] },
  ],
});
