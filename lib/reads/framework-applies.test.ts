import { expect, it } from "vitest";
import type { Platform } from "@/lib/inventory/cloud/cloud-provider";
import { frameworkApplies } from "./framework-applies";

const eks = { platform: "eks", name: "CIS Amazon EKS 2.0" } as const;
const platform = (some: Partial<Platform>): Platform => ({
  provider: null,
  distribution: null,
  isManaged: null,
  isLocal: false,
  isAutopilot: false,
  evidence: [],
  ...some,
});

it("is meant for every cluster when it names no service", () => {
  expect(frameworkApplies({ platform: null, name: "x" }, null)).toEqual({ isMeant: true, sentence: null });
});

it("is meant for clusters of its own service", () => {
  expect(frameworkApplies(eks, platform({ distribution: "eks", isManaged: true }))).toEqual({
    isMeant: true,
    sentence: "This cluster is recognised as Amazon EKS.",
  });
});

it("does not apply to another service or to a control plane of one's own, and says which it is", () => {
  expect(frameworkApplies(eks, platform({ distribution: "gke", isManaged: true }))).toEqual({
    isMeant: false,
    sentence: "CIS Amazon EKS 2.0 is for Amazon EKS. This cluster is recognised as Google GKE, so it does not apply here.",
  });
  expect(frameworkApplies(eks, platform({ provider: "aws", isManaged: false })).sentence).toContain("runs a control plane of its own");
});

it("leaves open what nothing tells: a cloud provider alone proves no managed service", () => {
  for (const found of [null, platform({ provider: "aws" })]) expect(frameworkApplies(eks, found).isMeant).toBeNull();
});
