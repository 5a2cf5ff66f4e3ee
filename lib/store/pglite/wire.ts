import "server-only";

/** One message of the PostgreSQL protocol, type byte and length included. */
export interface Frame {
  readonly type: string;
  readonly bytes: Uint8Array;
}

const text = new TextEncoder();

function int32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value);
  return bytes;
}

/** A copy with a buffer of its own, which may be handed to another thread. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function message(type: string, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const length = parts.reduce((sum, part) => sum + part.length, 4);
  return concatBytes([text.encode(type), int32(length), ...parts]);
}

/** The message that asks for one text of SQL. */
export function simpleQuery(sql: string): Uint8Array<ArrayBuffer> {
  return message("Q", text.encode(`${sql}\0`));
}

/** Outside of a transaction. */
const READY_FOR_QUERY = message("Z", text.encode("I"));

/** Severity ERROR and ReadyForQuery; FATAL closes the connection on the client's side. */
export function errorResponse(severity: "ERROR" | "FATAL", code: string, reason: string): Uint8Array<ArrayBuffer> {
  const fields = message("E", text.encode(`S${severity}\0V${severity}\0C${code}\0M${reason}\0\0`));
  return severity === "FATAL" ? fields : concatBytes([fields, READY_FOR_QUERY]);
}

/** What a server answers to the startup message: no password, the parameters that clients read, idle. */
export function welcome(connectionId: number): Uint8Array<ArrayBuffer> {
  const parameters = [
    ["server_version", "18.6"],
    ["server_encoding", "UTF8"],
    ["client_encoding", "UTF8"],
    ["DateStyle", "ISO, MDY"],
    ["TimeZone", "UTC"],
    ["integer_datetimes", "on"],
    ["standard_conforming_strings", "on"],
  ].map(([name, value]) => message("S", text.encode(`${name}\0${value}\0`)));
  return concatBytes([message("R", int32(0)), ...parameters, message("K", int32(connectionId), int32(0)), READY_FOR_QUERY]);
}

/** Length that the next message in `bytes` says it has, its type byte included; 0 = not told yet. */
export function declaredLength(bytes: Uint8Array, at: number, hasType: boolean): number {
  const head = hasType ? 1 : 0;
  return bytes.length - at < head + 4 ? 0 : head + new DataView(bytes.buffer, bytes.byteOffset + at + head, 4).getInt32(0);
}

/** The same; 0 = not complete. */
export function frameLength(bytes: Uint8Array, at: number, hasType: boolean): number {
  const length = declaredLength(bytes, at, hasType);
  return bytes.length - at < length ? 0 : length;
}

/** The whole messages at the start of some bytes. */
export function* frames(bytes: Uint8Array): Generator<Frame> {
  let at = 0;
  for (let length = frameLength(bytes, at, true); length > 0; length = frameLength(bytes, at, true)) {
    yield { type: String.fromCharCode(bytes[at] ?? 0), bytes: bytes.subarray(at, at + length) };
    at += length;
  }
}

/** The zero-ended string that starts at `at`, and where the next field starts. */
export function zeroEnded(bytes: Uint8Array, at: number): { readonly value: string; readonly next: number } {
  let end = bytes.indexOf(0, at);
  if (end < 0) end = bytes.length;
  return { value: Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString("utf8"), next: end + 1 };
}
