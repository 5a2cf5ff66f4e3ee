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
  shownRowsWords,
} from "./network-titles";

const counts = (open: number, restricted: number, closed: number, unknown = 0) => ({ open, restricted, closed, unknown });

describe("the titles of the network page", () => {
  it("say how much is open at none, one, some and all", () => {
    expect(networkMatrixTitle(0, counts(0, 0, 0))).toBe("Nothing runs here that could connect");
    expect(networkMatrixTitle(1, counts(0, 0, 0))).toBe("Only one namespace has workloads, so no other can reach it");
    expect(networkMatrixTitle(2, counts(2, 0, 0))).toBe("Every namespace reaches every other: both ways are open");
    expect(networkMatrixTitle(2, counts(1, 1, 0))).toBe("1 of 2 ways between namespaces is wide open");
    expect(networkMatrixTitle(40, counts(1200, 60, 300))).toBe("1,200 of 1,560 ways between namespaces are wide open");
    expect(networkMatrixTitle(2, counts(0, 1, 1))).toBe("No way between namespaces is wide open; 1 of 2 is limited");
    expect(networkMatrixTitle(2, counts(0, 0, 2))).toBe("No namespace reaches another");
    expect(networkMatrixTitle(2, counts(0, 0, 1, 1))).toBe("1 way between namespaces is unknown");
    expect(networkMatrixTitle(3, counts(0, 1, 2, 3))).toBe("No way between namespaces is known to be wide open; 1 of 6 is limited");
    expect(networkMatrixTitle(3, counts(2, 1, 2, 1))).toBe("2 of 6 ways between namespaces are known to be wide open");
    expect(networkCountWords(counts(1, 2, 3, 4))).toBe("2 limited, 3 closed, 4 unknown");
  });

  it("say what passes between two namespaces", () => {
    const cell = (state: "open" | "restricted" | "closed" | "unknown", openPairs: number, closedPairs: number, unknownPairs = 0) => ({
      state,
      pairs: 12,
      openPairs,
      closedPairs,
      unknownPairs,
    });
    expect(networkPairTitle("shop", "bank", null)).toBe("Nothing runs at one end of shop to bank");
    expect(networkPairTitle("the outside", "bank", cell("open", 12, 0))).toBe("The outside reaches all of bank, on every port");
    expect(networkPairTitle("shop", "bank", cell("closed", 0, 12))).toBe("shop reaches nothing in bank");
    expect(networkPairTitle("the outside", "bank", cell("unknown", 0, 0))).toBe("Whether the outside reaches bank is unknown");
    expect(networkPairTitle("shop", "bank", cell("restricted", 0, 3))).toBe("shop reaches bank in part, nowhere on every port");
    expect(networkPairTitle("shop", "bank", cell("restricted", 1, 3))).toBe("shop reaches bank in part: 1 of 12 pairs is wide open");
    expect(pairWords({ pairs: 12, openPairs: 3, closedPairs: 5, unknownPairs: 0 })).toBe("12 pairs: 3 open, 4 limited, 5 closed");
    expect(pairWords({ pairs: 12, openPairs: 12, closedPairs: 0, unknownPairs: 0 })).toBe("12 pairs, all open");
    expect(pairWords({ pairs: 1, openPairs: 0, closedPairs: 0, unknownPairs: 1 })).toBe("1 pair, unknown");
    expect(pairWords({ pairs: 12, openPairs: 3, closedPairs: 5, unknownPairs: 1 })).toBe("12 pairs: 3 open, 3 limited, 1 unknown, 5 closed");
    expect(networkPairTitle("shop", "bank", cell("restricted", 0, 3, 1))).toBe("shop reaches bank in part, nowhere for certain on every port");
    expect(networkPairTitle("shop", "bank", cell("restricted", 2, 3, 1))).toBe("shop reaches bank in part: 2 of 12 pairs are known to be wide open");
  });

  it("say what policies do for a workload", () => {
    const side = (isLimited: boolean, isWhole = true) => ({ isLimited, isWhole });
    expect(networkWorkloadTitle("shop/db", side(false), side(false), false)).toMatch(/^No policy limits shop\/db/);
    expect(networkWorkloadTitle("shop/db", side(true), side(false), false)).toBe("Policies limit who connects to shop/db, but not where it connects to");
    expect(networkWorkloadTitle("shop/db", side(false), side(true), false)).toBe("Policies limit where shop/db connects to, but not who connects to it");
    expect(networkWorkloadTitle("shop/db", side(true), side(true), false)).toBe("Policies limit shop/db both ways");
    expect(networkWorkloadTitle("shop/db", side(true), side(true), true)).toMatch(/network of its node$/);
    const title = (ingress: ReturnType<typeof side>, egress: ReturnType<typeof side>) => networkWorkloadTitle("shop/db", ingress, egress, false);
    expect(title(side(false, false), side(false))).toBe("No policy that was read limits shop/db; whether others do is unknown");
    expect(title(side(true, false), side(false))).toBe("Policies limit who connects to shop/db, but not where it connects to");
    expect(title(side(true), side(false, false))).toBe("Policies limit who connects to shop/db, and whether they limit where it connects to is unknown");
    expect(title(side(false, false), side(true))).toBe("Policies limit where shop/db connects to, and whether they limit who connects to it is unknown");
  });

  it("say in which order some of many rows are shown", () => {
    const rows = [{ state: "open" }, { state: "unknown" }] as const;
    expect(shownRowsWords({ rows, rowCount: 80 })).toBe("The first 2 of 80 groups are shown, what is open first.");
    expect(shownRowsWords({ rows: rows.toReversed(), rowCount: 80 })).toMatch(
      / are shown, what is not assessed first, and what is open before what is closed\.$/,
    );
  });

  it("say what a generated policy does, and whether it may be used", () => {
    const change = (openBefore: number, openAfter: number, narrowed: number) => ({ openBefore, openAfter, narrowed });
    expect(networkPolicyTitle("shop/db", 0, change(10, 10, 0), true)).toBe("No further policy can close more of shop/db");
    expect(networkPolicyTitle("shop/db", 0, change(10, 10, 0), false)).toMatch(/not all that may decide there was read$/);
    expect(networkPolicyTitle("shop/db", 1, change(10, 10, 0), true)).toBe("One policy would close nothing of shop/db that is open today");
    expect(networkPolicyTitle("shop/db", 1, change(10, 4, 9), true)).toBe(
      "One policy would close ports on 9 of the 10 connections of shop/db, 6 of them on every port",
    );
    expect(networkPolicyTitle("shop/db", 1, change(1, 0, 1), true)).toBe("One policy would close ports on 1 of the 1 connection of shop/db, on every port");
    expect(networkPolicyTitle("shop", 3, change(2000, 2000, 1200), true)).toBe("3 policies would close ports on 1,200 of the 2,000 connections of shop");
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
