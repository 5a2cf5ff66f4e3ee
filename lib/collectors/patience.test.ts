import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Answer, KubeConnection } from "@/lib/kube/kube-connection";
import { openConnection } from "@/lib/kube/open-connection";
import { type ReadFault, toStatusFault } from "@/lib/kube/read-fault";
import { type Patience, type PatientReading, readPatiently } from "./patience";

const SECOND = 1_000;
const PATIENCE: Patience = { idleMs: 60 * SECOND, kindMs: 300 * SECOND, allMs: 600 * SECOND, kindsInARow: 2 };
const OK: Answer = { ok: true, body: Buffer.from("{}") };

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

/** Answers `/N` after N seconds, refuses `/429` and `/504` at once with that status, and answers `/never` when it is told to stop. */
function connect(): KubeConnection {
  const get: KubeConnection["get"] = (path, options) =>
    new Promise((resolve, reject) => {
      options?.signal?.addEventListener("abort", () => reject(options.signal?.reason));
      if (path === "/429" || path === "/504") resolve({ ok: false, fault: toStatusFault(path, Number(path.slice(1)), "") });
      else if (path !== "/never") setTimeout(() => resolve(OK), Number(path.slice(1)) * SECOND);
    });
  return { ...openConnection({ source: "url", server: "http://127.0.0.1:1" }), get };
}

const whyOf = ({ status, reason }: ReadFault) => `${status}: ${reason}`;
/** What is said of a kind that asks for these paths, one after the other. */
const ask = (patient: PatientReading, group: string, paths: Iterable<string>) =>
  patient.within(
    group,
    async (connection) => {
      for (const path of paths) await connection.get(path);
      return "read";
    },
    whyOf,
  );
function* forever(path: string): Generator<string> {
  for (;;) yield path;
}
const advance = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * SECOND);

it("gives up a kind that gets no answer while others do, and one that has no end", async () => {
  using patient = readPatiently(connect(), PATIENCE);
  const silent = ask(patient, "apps", ["/never"]);
  const endless = ask(patient, "batch", forever("/50"));
  await advance(60);
  expect(await silent).toBe("timeout: The API server answered nothing about this kind for 60 seconds.");
  await advance(240);
  expect(await endless).toBe("timeout: Reading this kind took more than 5 minutes.");
});

it("asks for nothing more where nothing is answered, or where all of it takes too long", async () => {
  using patient = readPatiently(connect(), { ...PATIENCE, kindMs: 3_600 * SECOND });
  const first = ask(patient, "", forever("/50"));
  const slow = ask(patient, "apps", ["/20", "/20", "/20", "/20"]);
  await advance(80);
  expect(await slow).toBe("read");
  await advance(520);
  const over = "timeout: Reading this cluster took more than 10 minutes, so that the scan went on without what was left.";
  expect([await first, await ask(patient, "batch", ["/1"])]).toEqual([over, over]);

  using silent = readPatiently(connect(), { ...PATIENCE, idleMs: 30 * SECOND });
  const both = [ask(silent, "", ["/never"]), ask(silent, "apps", ["/never"])];
  await advance(30);
  const given = "timeout: The API server answered nothing for 30 seconds, so that the scan went on without what was left.";
  expect(new Set(await Promise.all([...both, ask(silent, "batch", ["/1"])]))).toEqual(new Set([given]));
});

it("asks a group again once it has answered, and never waits for it longer than for two of its kinds", async () => {
  using patient = readPatiently(connect(), PATIENCE);
  const alive = ask(patient, "", forever("/10"));
  for (const paths of [["/never"], ["/1"], ["/never"], ["/never"]]) {
    const asked = ask(patient, "apps", paths);
    await advance(60);
    expect(await asked).toBe(paths[0] === "/1" ? "read" : "timeout: The API server answered nothing about this kind for 60 seconds.");
  }
  expect(await ask(patient, "apps", ["/1"])).toBe(
    "timeout: The API server did not answer for 2 other kinds of the API group apps, so that this one was not waited for.",
  );
  await advance(60);
  expect(await alive).toBe("timeout: Reading this kind took more than 5 minutes.");
});

it("takes a gateway that waited in vain for no answer, and to be asked to come back later for one", async () => {
  using patient = readPatiently(connect(), PATIENCE);
  for (let at = 0; at < 3; at += 1) expect(await ask(patient, "batch", ["/429"])).toBe("read");
  for (const kind of ["read", "read", "timeout: The API server did not answer for 2 other kinds of the API group apps, so that this one was not waited for."])
    expect(await ask(patient, "apps", ["/504"])).toBe(kind);
});

it("lets what concerns the whole cluster through, and leaves no timer behind", async () => {
  const stop = new AbortController();
  {
    using patient = readPatiently(connect(), PATIENCE);
    const read = patient.within<unknown>("", (connection) => connection.get("/never", { signal: stop.signal }), whyOf);
    stop.abort(new Error("cancelled"));
    await expect(read).rejects.toThrow("cancelled");
  }
  expect(vi.getTimerCount()).toBe(0);
});

it("ends what is still being read when it is disposed of, and begins nothing more", async () => {
  const patient = readPatiently(connect(), PATIENCE);
  const left = ask(patient, "", ["/never"]);
  patient[Symbol.dispose]();
  const ended = "timeout: Reading this cluster came to an end.";
  expect([await left, await ask(patient, "", ["/1"])]).toEqual([ended, ended]);
  expect(vi.getTimerCount()).toBe(0);
});

it("takes a pause in which it could not listen, as when the machine slept, for no silence", async () => {
  vi.useRealTimers();
  const get: KubeConnection["get"] = (_path, options) =>
    new Promise((resolve, reject) => {
      options?.signal?.addEventListener("abort", () => reject(options.signal?.reason));
      // Timers that are due come between two rounds of these.
      setImmediate(() => {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
        setImmediate(() => resolve(OK));
      });
    });
  using patient = readPatiently({ ...connect(), get }, { ...PATIENCE, idleMs: 200 });
  expect(await ask(patient, "apps", ["/1"])).toBe("read");
});
