import { type JsonRecord, record } from "../model/json";

/** Turns the text of an object into bytes and back; the collector brings one that compresses. */
export interface BodyCodec {
  readonly pack: (text: string) => Uint8Array;
  readonly unpack: (bytes: Uint8Array) => string;
}

/** The body asked for last: subjects are judged one by one, and each is asked for several times meanwhile. */
let last: { readonly bytes: Uint8Array; readonly body: JsonRecord } | null = null;

/** Apart from storeBody, so that what one closure keeps alive is not kept by the other. */
function unpackLater(bytes: Uint8Array, codec: BodyCodec): () => JsonRecord {
  return () => {
    if (last?.bytes !== bytes) last = { bytes, body: record(JSON.parse(codec.unpack(bytes))) };
    return last.body;
  };
}

function parseLater(written: string): () => JsonRecord {
  return () => record(JSON.parse(written));
}

function keep(body: JsonRecord): () => JsonRecord {
  return () => body;
}

/** Keeps a body compact until somebody asks for it, or as it is. Throws TypeError for what JSON cannot say. */
export function storeBody(body: JsonRecord, codec: BodyCodec | "as-it-is" | undefined): () => JsonRecord {
  if (codec === "as-it-is") return keep(body);
  const written = JSON.stringify(body);
  return codec ? unpackLater(codec.pack(written), codec) : parseLater(written);
}
