import "server-only";
import { Duplex } from "node:stream";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { ConnectRequest } from "./worker-messages";
import { concatBytes } from "./wire";

/** What `pg` takes for a socket: bytes to and from the database worker, over a port of their own. */
export class PortStream extends Duplex {
  readonly #hub: MessagePort;
  #port: MessagePort | null = null;

  constructor(hub: MessagePort) {
    super();
    this.#hub = hub;
  }

  connect(): this {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.on("message", (bytes: Uint8Array) => this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
    port1.on("close", () => {
      this.push(null);
      this.destroy();
    });
    const request: ConnectRequest = { connection: port2 };
    this.#hub.postMessage(request, [port2]);
    queueMicrotask(() => this.emit("connect"));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    this.#port?.ref();
    return this;
  }

  unref(): this {
    this.#port?.unref();
    return this;
  }

  /** Copies: the client reuses its buffer, and a view would carry its whole backing store along. */
  #send(bytes: Uint8Array<ArrayBuffer>): void {
    this.#port?.postMessage(bytes, [bytes.buffer]);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#send(new Uint8Array(chunk));
    done();
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.#send(concatBytes(chunks.map(({ chunk }) => chunk)));
    done();
  }

  override _final(done: () => void): void {
    this.#port?.close();
    done();
  }

  override _read(): void {}

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#port?.close();
    this.#port = null;
    done(error);
  }
}
