import { fc } from "../../model/testing-properties";
import { describe, expect, it } from "vitest";
import { BatchReader } from "./batch-reader";
import { concatBytes, simpleQuery } from "./wire";

const text = new TextEncoder();
const startup = Uint8Array.of(0, 0, 0, 8, 0, 3, 0, 0);
function message(type: string, body: Uint8Array): Uint8Array {
  const head = new Uint8Array(5);
  head[0] = type.charCodeAt(0);
  new DataView(head.buffer).setInt32(1, body.length + 4);
  return concatBytes([head, body]);
}
const parse = (sql: string, name = "") => message("P", text.encode(`${name}\0${sql}\0\0\0`));
const sync = message("S", new Uint8Array(0));

describe("BatchReader", () => {
  it("finds the same batches however the bytes are cut", () => {
    const stream = concatBytes([
      startup,
      simpleQuery("SELECT 1"),
      parse("SELECT $1"),
      message("E", text.encode("\0\0\0\0\0")),
      sync,
      message("X", new Uint8Array(0)),
    ]);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 8 }), (cuts) => {
        const reader = new BatchReader();
        const edges = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const incoming = edges.slice(1).flatMap((edge, at) => reader.push(stream.slice(edges[at], edge)));
        expect(incoming.map((item) => (item.kind === "batch" ? item.batch.sql : item.kind))).toEqual(["startup", ["SELECT 1"], ["SELECT $1"], "terminate"]);
      }),
    );
  });

  it("takes the rows of a COPY as part of its statement, however the bytes are cut", () => {
    const copy = concatBytes([
      simpleQuery("SAVEPOINT page; COPY finding (id) FROM STDIN (FORMAT binary); RELEASE SAVEPOINT page"),
      message("d", new Uint8Array(3_000)),
      message("d", text.encode("rows")),
      message("c", new Uint8Array(0)),
    ]);
    const stream = concatBytes([startup, copy, simpleQuery("COMMIT")]);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 8 }), (cuts) => {
        const reader = new BatchReader();
        const edges = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const incoming = edges.slice(1).flatMap((edge, at) => reader.push(stream.slice(edges[at], edge)));
        const batches = incoming.flatMap((item) => (item.kind === "batch" ? [Buffer.from(item.batch.bytes)] : []));
        expect(batches).toEqual([Buffer.from(copy), Buffer.from(simpleQuery("COMMIT"))]);
      }),
    );
  });

  it("takes a COPY that its client gives up as one batch too", () => {
    const reader = new BatchReader();
    const given = concatBytes([simpleQuery("COPY finding FROM STDIN"), message("f", text.encode("no\0"))]);
    expect(reader.push(concatBytes([startup, given])).map((item) => (item.kind === "batch" ? Buffer.from(item.batch.bytes) : item.kind))).toEqual([
      "startup",
      Buffer.from(given),
    ]);
  });

  it("refuses named statements, which would collide between clients", () => {
    const reader = new BatchReader();
    const [, batch] = reader.push(concatBytes([startup, parse("SELECT 1", "mine"), sync]));
    expect(batch?.kind === "batch" ? batch.batch.refusal : null).toContain("no named statements");
  });
});
