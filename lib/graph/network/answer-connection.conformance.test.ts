import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { isRecord, type JsonRecord, list, record, records, text } from "../../model/json";
import { answerConnectionIn, type ConnectionQuestion } from "./answer-connection";
import { createTestContext } from "../../inventory/testing-context";

const folder = resolve(import.meta.dirname, "../../../../shared/verdicts");
const isHere = existsSync(`${folder}/np-guard-connlist.jsonl`);
if (!isHere) console.info("Connections labelled by other projects are not here: skipped.");

function readCases(file: string): readonly JsonRecord[] {
  const lines = readFileSync(`${folder}/${file}`, "utf8").split("\n");
  return lines.filter(Boolean).map((line) => record(JSON.parse(line)));
}

function createAsker(objects: unknown): (question: Omit<ConnectionQuestion, "kind">) => boolean | null {
  const context = createTestContext(list(objects).filter(isRecord));
  return (question) => answerConnectionIn(context, { kind: "connection", ...question }).allowed;
}

test.skipIf(!isHere)("the connections that the recipes show work or are blocked as shown", () => {
  let asked = 0;
  for (const line of readCases("networkpolicy-recipes.jsonl")) {
    const { from, to, port, protocol, allowed } = record(line.connection);
    if (!text(from) || !text(to)) continue;
    const question = { from: String(from), to: String(to), port: Number(port), protocol: String(protocol) };
    expect(createAsker(line.objects)(question), String(line.case)).toBe(allowed);
    asked += 1;
  }
  expect(asked).toBeGreaterThanOrEqual(10);
});

function toName(label: unknown): string | null {
  const match = /^([^/[]+)\/([^[]+)\[(\w+)\]$/.exec(String(label));
  return match ? `${match[1]}/${match[3]}/${match[2]}` : null;
}

/** What the list says of TCP: everything, some ports, or nothing. */
function expectations(connection: string | undefined): readonly { port: number; allowed: boolean }[] {
  if (connection === undefined) return [{ port: 80, allowed: false }];
  if (connection === "All Connections")
    return [
      { port: 80, allowed: true },
      { port: 65000, allowed: true },
    ];
  const ports = /TCP ([\d,-]+)/.exec(connection)?.[1];
  if (!ports) return /TCP/.test(connection) ? [{ port: 80, allowed: true }] : [{ port: 80, allowed: false }];
  const ranges = ports
    .split(",")
    .filter(Boolean)
    .map((part) => part.split("-").map(Number));
  const first = ranges[0]?.[0] ?? 0;
  const isListed = (port: number) => ranges.some(([start = 0, end = start]) => port >= start && port <= end);
  return [
    { port: first, allowed: true },
    { port: 64999, allowed: isListed(64999) },
  ];
}

const SUPPORTED = new Set(["AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "Route", "Ingress"]);

test.skipIf(!isHere)("the connections between workloads are those that np-guard lists, with admin policies too", () => {
  const wrong: string[] = [];
  let asked = 0;
  for (const line of readCases("np-guard-connlist.jsonl")) {
    if (!list(line.extraApis).every((api) => SUPPORTED.has(String(api)))) continue;
    const ask = createAsker(line.objects);
    const listed = new Map(records(line.connections).map((c) => [`${toName(c.src)} ${toName(c.dst)}`, String(c.conn)]));
    const objects = JSON.stringify(line.objects);
    const isNamed = (name: string) => objects.includes(`"${name.split("/")[2]}"`);
    const names = records(line.workloads)
      .map((w) => toName(w.workload))
      .filter((name) => name !== null);
    for (const from of names) {
      for (const to of names.filter((name) => name !== from)) {
        for (const { port, allowed } of expectations(listed.get(`${from} ${to}`))) {
          const got = ask({ from, to, port, protocol: "TCP" });
          // Three cases list workloads that are not among their objects: there no answer is right, a wrong one is not.
          if (got === null && !(isNamed(from) && isNamed(to))) continue;
          if (got !== allowed) wrong.push(`${String(line.case)}: ${from} -> ${to} port ${port}: ${got}, listed ${listed.get(`${from} ${to}`)}`);
          asked += 1;
        }
      }
    }
  }
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(asked).toBeGreaterThan(1000);
});
