import { type JsonRecord, record } from "../model/json";

/** Turns the text of an object into bytes and back; the collector brings one that compresses. */
export interface BodyCodec {
  readonly pack: (text: string) => Uint8Array;
  readonly unpack: (bytes: Uint8Array) => string;
}

/** Keeps a body compact until somebody asks for it. Throws TypeError for what JSON cannot say. */
export function storeBody(body: JsonRecord, codec: BodyCodec | undefined): () => JsonRecord {
  const written = JSON.stringify(body);
  if (!codec) return () => record(JSON.parse(written));
  const bytes = codec.pack(written);
  return () => record(JSON.parse(codec.unpack(bytes)));
}
