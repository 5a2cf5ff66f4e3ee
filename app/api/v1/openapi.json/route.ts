import { randomUUID } from "node:crypto";
import { markedAnswer } from "@/lib/http/marked-answer";
import { toOpenApi } from "@/lib/http/openapi";

export function GET(request: Request): Response {
  return markedAnswer(request, JSON.stringify(toOpenApi()), randomUUID());
}
