import type { IncomingMessage } from "node:http";
import { type ApiAnswer, toJsonAnswer } from "@/lib/demo/api-status";
import { record, records } from "@/lib/model/json";

export function wantsMetadata({ headers }: IncomingMessage): boolean {
  return headers.accept?.includes("as=PartialObjectMetadataList") === true;
}

/** `type=a` and `type!=a,type!=b`, over fields at the top of an object. */
function isSelected(selector: string, item: Readonly<Record<string, unknown>>): boolean {
  return selector.split(",").every((term) => {
    const [, field = "", operator, value] = /^([^!=]+)(!?=)(.*)$/.exec(term) ?? [];
    return (item[field] === value) === (operator === "=");
  });
}

/** A list as a server writes it to whoever asks for metadata only: of each selected object, nothing else. */
export function toMetadataAnswer(selector: string, answer: ApiAnswer): ApiAnswer {
  if (answer.status !== 200) return answer;
  const list = record(JSON.parse(answer.body.toString("utf8")));
  const items = records(list.items).filter((item) => selector === "" || isSelected(selector, item));
  const metadataOnly = { kind: "PartialObjectMetadataList", apiVersion: "meta.k8s.io/v1", metadata: list.metadata };
  return toJsonAnswer({ ...metadataOnly, items: items.map(({ metadata }) => ({ metadata })) });
}
