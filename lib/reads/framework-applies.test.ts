import { expect, it } from "vitest";
import type { Platform } from "@/lib/inventory/cloud/cloud-provider";
import { FRAMEWORKS } from "@/lib/frameworks/frameworks";
import { frameworkApplies, isOfProvider } from "./framework-applies";

const { cis, eks, gke, nsa } = FRAMEWORKS;
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
  for (const found of [null, platform({ isManaged: false }), platform({ provider: "aws" })]) {
    expect(frameworkApplies(cis, found)).toEqual({ isMeant: true, sentence: null });
  }
  expect(frameworkApplies(nsa, platform({ distribution: "eks", isManaged: true }))).toEqual({ isMeant: true, sentence: null });
});

it("says why files of the control plane do not count where a service runs it, and which benchmark is meant in its place", () => {
  const found = platform({ distribution: "eks", isManaged: true });
  expect(frameworkApplies(cis, found)).toEqual({
    isMeant: true,
    sentence: `Amazon EKS runs the control plane of this cluster: what is asked of its files and flags does not apply here. ${eks.name} is meant for such clusters.`,
  });
  expect(frameworkApplies(cis, platform({ isManaged: true })).sentence).toBe(
    "The provider runs the control plane of this cluster: what is asked of its files and flags does not apply here.",
  );
  const ofProvider = (some: Platform | null) => cis.clauses.filter((clause) => isOfProvider(clause, some)).map(({ id }) => id);
  expect(ofProvider(found)).toEqual([...Array.from({ length: 21 }, (_, at) => `1.1.${at + 1}`), "3.2.2"]);
  expect([ofProvider(null), ofProvider(platform({ isManaged: false }))]).toEqual([[], []]);
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

it("does not apply on machines of another cloud, whatever runs the control plane", () => {
  expect(frameworkApplies(gke, platform({ provider: "aws" }))).toEqual({
    isMeant: false,
    sentence: "CIS Google GKE 1.9 is for Google GKE. This cluster runs on machines of Amazon Web Services, so it does not apply here.",
  });
  for (const provider of ["gcp", "hetzner"] as const) expect(frameworkApplies(eks, platform({ provider })).isMeant).toBe(false);
  expect(frameworkApplies(eks, platform({ provider: "gcp", isManaged: false })).sentence).toContain("runs a control plane of its own");
});

it("leaves open what nothing tells: a cloud provider alone proves no managed service", () => {
  for (const found of [null, platform({ provider: "aws" })]) expect(frameworkApplies(eks, found).isMeant).toBeNull();
});
