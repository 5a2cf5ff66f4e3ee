import { describe, expect, it } from "vitest";
import {
  networkChangeSentence,
  networkCountWords,
  networkMatrixTitle,
  networkPairTitle,
  networkPolicyTitle,
  networkProofSentence,
  networkWorkloadTitle,
  pairWords,
} from "./network-titles";

const counts = (open: number, restricted: number, closed: number, unknown = 0) => ({ open, restricted, closed, unknown });

describe("the titles of the network page", () => {
  it("say how much is open at none, one, some and all", () => {
    expect(networkMatrixTitle(0, counts(0, 0, 0))).toBe("Nothing runs here that could connect");
    expect(networkMatrixTitle(1, counts(0, 0, 0))).toBe("One namespace holds workloads, so no other can reach it");
    expect(networkMatrixTitle(2, counts(2, 0, 0))).toBe("Every namespace reaches every other: all 2 ways are open");
    expect(networkMatrixTitle(2, counts(1, 1, 0))).toBe("1 of 2 ways between namespaces is wide open");
    expect(networkMatrixTitle(40, counts(1200, 60, 300))).toBe("1,200 of 1,560 ways between namespaces are wide open");
    expect(networkMatrixTitle(2, counts(0, 1, 1))).toBe("No way between namespaces is wide open; 1 of 2 is limited");
    expect(networkMatrixTitle(2, counts(0, 0, 2))).toBe("No namespace reaches another");
    expect(networkMatrixTitle(2, counts(0, 0, 1, 1))).toBe("1 way between namespaces cannot be told");
    expect(networkCountWords(counts(1, 2, 3, 4))).toBe("2 limited, 3 closed, 4 cannot be told");
  });

  it("say what passes between two namespaces", () => {
    const cell = (state: "open" | "restricted" | "closed" | "unknown", openPairs: number, closedPairs: number) => ({
      state,
      pairs: 12,
      openPairs,
      closedPairs,
    });
    expect(networkPairTitle("shop", "bank", null)).toBe("Nothing runs at one end of shop to bank");
    expect(networkPairTitle("the outside", "bank", cell("open", 12, 0))).toBe("The outside reaches all of bank, on every port");
    expect(networkPairTitle("shop", "bank", cell("closed", 0, 12))).toBe("shop reaches nothing in bank");
    expect(networkPairTitle("the outside", "bank", cell("unknown", 0, 0))).toBe("Whether the outside reaches bank cannot be told");
    expect(networkPairTitle("shop", "bank", cell("restricted", 0, 3))).toBe("shop reaches bank in part, nowhere on every port");
    expect(networkPairTitle("shop", "bank", cell("restricted", 1, 3))).toBe("shop reaches bank in part: 1 of 12 pairs is wide open");
    expect(pairWords({ pairs: 12, openPairs: 3, closedPairs: 5 }, false)).toBe("12 pairs: 3 open, 4 limited, 5 closed");
    expect(pairWords({ pairs: 12, openPairs: 12, closedPairs: 0 }, false)).toBe("12 pairs, all open");
    expect(pairWords({ pairs: 1, openPairs: 0, closedPairs: 0 }, true)).toBe("1 pair, that cannot be told");
  });

  it("say what policies do for a workload", () => {
    expect(networkWorkloadTitle("shop/db", false, false, false)).toMatch(/^No policy limits shop\/db/);
    expect(networkWorkloadTitle("shop/db", true, false, false)).toBe("Policies limit who connects to shop/db, but not where it connects to");
    expect(networkWorkloadTitle("shop/db", false, true, false)).toBe("Policies limit where shop/db connects to, but not who connects to it");
    expect(networkWorkloadTitle("shop/db", true, true, false)).toBe("Policies limit shop/db both ways");
    expect(networkWorkloadTitle("shop/db", true, true, true)).toMatch(/network of its node$/);
  });

  it("say what a generated policy does, and whether it may be used", () => {
    const change = (openBefore: number, openAfter: number, narrowed: number) => ({ openBefore, openAfter, narrowed });
    expect(networkPolicyTitle("shop/db", 0, change(10, 10, 0))).toBe("No further policy can close more of shop/db");
    expect(networkPolicyTitle("shop/db", 1, change(10, 10, 0))).toBe("One policy would close nothing of shop/db that is open today");
    expect(networkPolicyTitle("shop/db", 1, change(10, 4, 9))).toBe(
      "One policy would close ports on 9 of the 10 connections of shop/db, 6 of them on every port",
    );
    expect(networkPolicyTitle("shop/db", 1, change(1, 0, 1))).toBe("One policy would close ports on 1 of the 1 connection of shop/db, on every port");
    expect(networkPolicyTitle("shop", 3, change(2000, 2000, 1200))).toBe("3 policies would close ports on 1,200 of the 2,000 connections of shop");
    expect(networkChangeSentence(change(0, 0, 0))).toBe("No port is open to or from these pods today.");
    expect(networkChangeSentence(change(5, 5, 0))).toBe("Some port is open between 5 pairs today. None closes.");
    expect(networkChangeSentence(change(210, 1, 209))).toBe(
      "Some port is open between 210 pairs today. Ports close on 209 of them, and 1 keeps one that is open.",
    );
    expect(networkChangeSentence(change(1, 0, 1))).toBe("Some port is open between 1 pair today. Ports close on 1 of them, and none keeps one that is open.");
    expect(networkProofSentence({ needed: 0, cut: 0, opened: 0 })).toMatch(/no object asks/);
    expect(networkProofSentence({ needed: 1, cut: 0, opened: 0 })).toMatch(/the one connection that objects ask for and that passes today still passes/);
    expect(networkProofSentence({ needed: 20, cut: 0, opened: 0 })).toMatch(/all 20 connections/);
    expect(networkProofSentence({ needed: 20, cut: 1, opened: 0 })).toMatch(/^Do not use it/);
  });
});
