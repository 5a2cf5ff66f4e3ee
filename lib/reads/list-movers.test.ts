import { expect, it } from "vitest";
import type { Severity } from "@/lib/model/severity";
import type { Scope } from "@/lib/model/verdict";
import type { FindingRecord } from "@/lib/store/findings/finding-record";
import type { ChangeKind, ChangeLedger } from "@/lib/store/findings/list-changes";
import { chooseMovers, listMovers } from "./list-movers";

interface Given {
  readonly control?: string;
  readonly severity?: Severity;
  readonly openedAt?: string;
  readonly closedAt?: string;
  readonly namespace?: string | null;
  readonly scope?: Scope;
}

function change(kind: ChangeKind, name: string, { control = name, severity = "high", openedAt = "2026-03-01", ...rest }: Given = {}) {
  const { closedAt, namespace = "shop", scope = "workload" } = rest;
  const finding = {
    publicId: `f-${name}`,
    controlId: control,
    severity,
    layer: "container",
    scope,
    resource: { apiVersion: "v1", kind: "Pod", namespace, name },
    openedAt: new Date(openedAt),
    closedAt: closedAt === undefined ? null : new Date(closedAt),
  } as FindingRecord;
  return { change: kind, cause: "changed", finding };
}

const list = (changes: ChangeLedger["changes"], limit = 10) => listMovers({ counts: {} as ChangeLedger["counts"], changes }, limit, () => null);
const told = (changes: ChangeLedger["changes"], limit?: number) => list(changes, limit).map(({ change: kind, id }) => `${kind} ${id}`);

it("tells the gravest first, then what got worse, then the newest", () => {
  const changes = [
    change("fixed", "mended", { severity: "critical" }),
    change("new", "old"),
    change("new", "young", { openedAt: "2026-03-02" }),
    change("worsened", "graver", { severity: "critical" }),
  ];
  expect(told(changes)).toEqual(["worsened f-graver", "fixed f-mended", "new f-young", "new f-old"]);
  expect(told(changes, 2)).toEqual(["worsened f-graver", "fixed f-mended"]);
});

it("takes what went last for the newest of what went, whenever it had come", () => {
  const lately = change("fixed", "lately", { openedAt: "2026-01-01", closedAt: "2026-03-09" });
  const before = change("fixed", "before", { openedAt: "2026-02-01", closedAt: "2026-03-08" });
  expect(told([before, lately])).toEqual(["fixed f-lately", "fixed f-before"]);
});

it("tells two of a control, of which none is lost to what settings and releases did", () => {
  const of = (kind: ChangeKind, name: string, severity: Severity) => change(kind, name, { control: "c", severity });
  expect(
    told([
      of("opened-by-settings", "a", "critical"),
      of("worsened-by-control", "b", "critical"),
      of("other-closed", "c", "critical"),
      of("new", "d", "high"),
      of("fixed", "e", "high"),
      of("gone", "f", "low"),
    ]),
  ).toEqual(["new f-d", "fixed f-e"]);
});

it("says where each is and when it came or went", () => {
  const [closed, open] = list([change("gone", "a", { severity: "critical", closedAt: "2026-03-05", namespace: null }), change("reopened", "b")]);
  expect(closed).toMatchObject({ object: "a", at: "2026-03-05T00:00:00.000Z" });
  expect(open).toMatchObject({ object: "shop/b", at: "2026-03-01T00:00:00.000Z", title: "B" });
});

it("tells nothing of the platform, whose findings neither the counts beside it nor the comparison have", () => {
  expect(told([change("new", "of-the-platform", { severity: "critical", scope: "platform" }), change("new", "a", { severity: "low" })])).toEqual(["new f-a"]);
});

it("reads no more groups of changes than its movers can be of", () => {
  const group = (control: string, kind: ChangeKind, severity: Severity, count: number, scope: Scope = "workload") => ({
    control,
    kind,
    severity,
    count,
    scope,
  });
  const groups = [
    group("a", "fixed", "low", 9),
    group("b", "new", "high", 9),
    group("c", "gone", "high", 9),
    group("d", "new", "critical", 9, "platform"),
    group("e", "opened-by-settings", "critical", 9),
    group("f", "reopened", "high", 1),
  ];
  const chosen = (limit: number) =>
    chooseMovers(groups, limit)
      .map(({ control }) => control)
      .sort()
      .join("");
  // Of one control no more than two count; what is as grave and as bad as the last one may be newer.
  expect([1, 2, 3, 4, 5, 6, 9].map(chosen)).toEqual(["bf", "bf", "bf", "bcf", "bcf", "abcf", "abcf"]);
});
