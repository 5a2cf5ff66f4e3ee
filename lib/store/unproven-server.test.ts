import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import os from "node:os";
import path from "node:path";
import { createSecureContext, TLSSocket } from "node:tls";
import { expect, it, onTestFinished } from "vitest";
import { makeCertificate } from "@/lib/kube/testing-certificate";
import { openPool } from "./open-pool";

const number = (value: number) => Buffer.from(Uint32Array.of(value).buffer).swap32();
/** A message of the protocol of PostgreSQL. */
const say = (kind: string, ...parts: readonly Uint8Array[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(kind), number(body.length + 4), body]);
};
const ask = (code: number, words = "") => say("R", number(code), Buffer.from(words));

const OFFER = ask(10, "SCRAM-SHA-256-PLUS\0\0");
const LET_IN = Buffer.concat([ask(0), say("Z", Buffer.from("I"))]);
const challenge = (said: string) => ask(11, `r=${/r=(\S+)/.exec(said)?.[1]}more,s=${btoa("salt")},i=4096`);
const WRONG_PROOF = ask(12, `v=${btoa("x".repeat(32))}`);

/** A server with a certificate that is trusted, which says what `answers` give, one after each message of its client, and what it was told. */
async function serve(key: string, cert: string, answers: readonly ((said: string) => Uint8Array)[]) {
  const told: string[] = [];
  const ended = Promise.withResolvers<void>();
  const secureContext = createSecureContext({ key, cert });
  const server = createServer((socket: Socket) => {
    socket.on("error", () => undefined);
    socket.on("close", () => ended.resolve());
    socket.once("data", () => {
      socket.write("S");
      const secured = new TLSSocket(socket, { isServer: true, secureContext });
      secured.on("error", () => undefined);
      secured.on("data", (chunk: Buffer) => {
        const said = chunk.toString("latin1");
        const answer = answers[told.push(said) - 1];
        if (answer) secured.write(answer(said));
      });
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { told, ended: ended.promise, port: (server.address() as AddressInfo).port }; // safe: it listens on a port
}

it.for<readonly [string, readonly ((said: string) => Uint8Array)[]]>([
  ["offers channel binding and lets in before it has proven anything", [() => OFFER, () => LET_IN]],
  ["lets in after a wrong proof", [() => OFFER, challenge, () => Buffer.concat([WRONG_PROOF, LET_IN])]],
])("asks nothing of a server that %s, where channel binding is required", async ([, answers], { skip }) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "concentric-unproven-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const made = makeCertificate(folder, "20990101000000Z");
  if (made === null) return skip("openssl is not installed.");
  const authority = path.join(folder, "authority.crt");
  writeFileSync(authority, made.cert);
  const { told, port, ended } = await serve(made.key, made.cert, answers);
  const rules = `sslmode=verify-full&sslrootcert=${encodeURIComponent(authority)}&channel_binding=require`;
  const pool = openPool({ kind: "postgresql", max: 1, url: `postgresql://me:password@127.0.0.1:${port}/db?${rules}` });
  await expect(pool.query("SELECT 1")).rejects.toThrow();
  await pool.end();
  await ended; // everything that it was told has come
  expect(told).toHaveLength(answers.length);
});
